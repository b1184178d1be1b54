import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { PEER_HEADER } from '@/server/lib/client-address';
import { prepare, prepareIncomingRequests } from './incoming-requests';

it('overwrites what a client says of its own connection', async () => {
  prepareIncomingRequests();
  const server = createServer((request, response) => response.end(String(request.headers[PEER_HEADER])));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const body = await new Promise<string>((resolve, reject) => {
    const call = httpRequest(
      { host: '127.0.0.1', port, headers: { [PEER_HEADER]: '6.6.6.6' } },
      (reply: IncomingMessage) => reply.on('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    call.on('error', reject).end();
  });
  server.close();
  expect(body).toBe('127.0.0.1');
});

it.each([
  ['/core/api/v1/devices/%ED%A0%80', '/core/api/v1/path-that-is-not-utf-8'],
  ['/%', '/core/api/v1/path-that-is-not-utf-8'],
  ['/devices/%C3%A4?q=%', '/devices/%C3%A4?q=%'],
])('leads %s to %s', (url, expected) => {
  const request = { url, headers: {}, socket: { remoteAddress: '::1' } };
  prepare(request);
  expect(request.url).toBe(expected);
});

it.each(['TRACE', 'PROPFIND', 'CONNECT', 'get'])('leads the method %s to a refusal', (method) => {
  const request = { method, url: '/core/api/v1/projects', headers: {}, socket: { remoteAddress: '::1' } };
  prepare(request);
  expect(request).toMatchObject({ method: 'GET', url: '/core/api/v1/method-that-is-not-known' });
});
