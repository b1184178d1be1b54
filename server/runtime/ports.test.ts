import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { portHolder } from '@/server/runtime/port-holder';
import { choosePort, isListening, isPortFree, PortInUse } from '@/server/runtime/ports';

let server: Server;
let taken: number;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  taken = (server.address() as AddressInfo).port;
});

afterEach(() => {
  server.close();
});

test('a port that something listens on is not free, and it is said who does', async () => {
  expect(await isPortFree(taken)).toBe(false);
  expect(portHolder(taken)).toContain(`process ${process.pid}`);
});

test('a given port that is taken is an error that names variable, port and holder', async () => {
  const chosen = choosePort({ variable: 'PORT', port: taken, isGiven: true, say: () => undefined });
  await expect(chosen).rejects.toThrow(PortInUse);
  await expect(chosen).rejects.toThrow(
    new RegExp(`^Port ${taken} \\(PORT\\) is in use by process ${process.pid} `),
  );
});

test('a default port that is taken gives way to a free one, and that is said', async () => {
  const lines: string[] = [];
  const port = await choosePort({
    variable: 'PORT',
    port: taken,
    isGiven: false,
    say: (line) => lines.push(line),
  });
  expect(port).not.toBe(taken);
  expect(await isPortFree(port)).toBe(true);
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^Port ${taken} is in use by .*; taking ${port}`)),
  ]);
});

test('a free port is taken without a word', async () => {
  await new Promise((resolve) => server.close(resolve));
  const say = () => {
    throw new Error('nothing to say');
  };
  expect(await choosePort({ variable: 'PORT', port: taken, isGiven: true, say })).toBe(taken);
});

test('it is seen whether something accepts connections', async () => {
  expect(await isListening(taken)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await isListening(taken)).toBe(false);
});
