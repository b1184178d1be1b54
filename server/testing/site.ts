/**
 * Every route of the catalogue behind one function, and as a real HTTP server: what a client of the whole API talks
 * to in a test, with the routing that Next does in the product.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CATALOGUE } from '@/server/http/catalogue';
import type { Route } from '@/server/http/contract';
import { handle } from '@/server/http/handle';
import type { HttpHost } from '@/server/http/host';
import { unknownRoute } from '@/server/http/not-found';

const BASE = '/core/api/v1';

interface Place {
  route: Route;
  pattern: RegExp;
  names: string[];
  /** Fixed segments go before parameters. */
  parameters: number;
}

const PLACES: readonly Place[] = CATALOGUE.map((route) => {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = new RegExp(`^${BASE}${route.path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  return { route, pattern, names, parameters: names.length };
}).sort((a, b) => a.parameters - b.parameters);

/** Answers a request as the product would, on the test's database. */
export async function answer(host: HttpHost, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { route, pattern, names } of PLACES) {
    if (route.method !== request.method) continue;
    const found = pattern.exec(pathname);
    if (found === null) continue;
    const params = Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]),
    );
    return handle(route, () => host)(request, {
      params: Promise.resolve(names.length > 0 ? params : undefined),
    });
  }
  return unknownRoute(request);
}

export interface Site {
  /** http://127.0.0.1:port */
  url: string;
  close(): Promise<void>;
}

/** Serves the API on a free port. */
export async function serveSite(host: HttpHost): Promise<Site> {
  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    void requestOf(incoming, gone.signal)
      .then((request) => answer(host, request))
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        for await (const chunk of response.body ?? []) outgoing.write(chunk);
        outgoing.end();
      })
      .catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function requestOf(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && name !== 'content-length' ? [[name, value]] : [],
  );
  return new Request(`http://${headers.host ?? '127.0.0.1'}${url}`, {
    method,
    signal,
    headers: given,
    ...(body.length > 0 && method !== 'GET' ? { body } : {}),
  });
}
