// What must be settled before the framework sees a request: who is at the other end of the connection, which a
// route handler cannot ask, and a path that no decoder takes or a method that it does not know, which would end in a
// fault instead of an answer.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { PEER_HEADER } from '@/server/lib/client-address';
import { KNOWN_METHODS, UNKNOWN_METHOD_PATH } from '@/server/lib/known-methods';

/** Below the API, and served by no route: it answers 404 in the envelope. */
const UNREADABLE_PATH = '/core/api/v1/path-that-is-not-utf-8';
const KEY = Symbol.for('tidegate.incoming-requests');
const holder = globalThis as { [KEY]?: true };

/** Notes the peer of every request in the header `PEER_HEADER`, over whatever the client sent there. */
export function prepareIncomingRequests(): void {
  if (holder[KEY]) return;
  holder[KEY] = true;
  subscribe('http.server.request.start', (message) =>
    prepare((message as { request: IncomingMessage }).request),
  );
}

/** Exported for its test. */
export function prepare(
  request: Pick<IncomingMessage, 'headers' | 'method' | 'url'> & {
    socket: { remoteAddress?: string | undefined };
  },
): void {
  const { remoteAddress } = request.socket;
  request.headers[PEER_HEADER] = remoteAddress ?? '';
  if (request.url !== undefined && !isReadable(request.url)) request.url = UNREADABLE_PATH;
  if (request.method === undefined || KNOWN_METHODS.includes(request.method)) return;
  request.method = 'GET';
  request.url = UNKNOWN_METHOD_PATH;
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
