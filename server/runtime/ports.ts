/**
 * Ports on the loopback interface. A port in use is found before a part is started on it: a part that finds out
 * by itself dies, is started again and dies again, and the operator sees only restarts.
 */
import { connect, createServer, type AddressInfo } from 'node:net';

import { portHolder } from '@/server/runtime/port-holder';

const HOST = '127.0.0.1';

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}

/** True when a server could listen on this port of 127.0.0.1 now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== undefined;
}

/** True when something accepts connections on this port. Binds nothing: it never is in the way of who starts there. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port }, () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
  });
}

/** A port that is free now, chosen by the system. */
export async function anyFreePort(): Promise<number> {
  const port = await tryListen(0);
  if (port === undefined) throw new Error(`no port of ${HOST} is free`);
  return port;
}

/** A port that the operator chose is taken by something else. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

const TRIED_MAX = 20;

/**
 * The port to use: the wanted one where it is free. Where it is taken, a given one is an error, and a default one
 * gives way to one of the next, which is said.
 */
export async function choosePort(wanted: {
  variable: string;
  port: number;
  isGiven: boolean;
  say: (line: string) => void;
}): Promise<number> {
  const { variable, port, isGiven, say } = wanted;
  if (await isPortFree(port)) return port;
  const holder = portHolder(port);
  if (isGiven) {
    throw new PortInUse(
      `Port ${port} (${variable}) is in use by ${holder}. Stop it, or set ${variable} to another port.`,
    );
  }
  for (let next = port + 1; next <= Math.min(port + TRIED_MAX, 65_535); next += 1) {
    if (!(await isPortFree(next))) continue;
    say(`Port ${port} is in use by ${holder}; taking ${next}. (${variable} sets it.)`);
    return next;
  }
  throw new PortInUse(
    `Port ${port} (${variable}) and the ${TRIED_MAX} after it are in use, ${port} by ${holder}.`,
  );
}
