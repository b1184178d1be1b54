/** Calls a route as a client does, against a test's own database, and holds every answer to the description. */
import { systemClock } from '@/server/lib/clock';
import type { Db } from '@/server/db/client';
import type { Route } from '@/server/http/contract';
import { handle } from '@/server/http/handle';
import type { HttpHost } from '@/server/http/host';
import { CATALOGUE } from '@/server/http/catalogue';
import { streamHost } from '@/server/http/stream-host';
import { answerFaults } from './answers';

export const TEST_SECRET = 'a-secret-for-tests-only-000000000';

export const testHost = (db: Db): HttpHost => ({
  db,
  clock: systemClock,
  sessionSecret: TEST_SECRET,
  publicUrl: undefined,
  brokerUrl: 'mqtt://broker.test:1883',
  consoleUrl: 'http://console.test',
  webhooksToPrivate: false,
  trustedProxies: 0,
  rates: null,
  oidc: null,
  oidcSetup: null,
  streams: streamHost({ bell: null }),
});

export interface Call {
  token?: string;
  params?: Record<string, string>;
  query?: string;
  /** Sent as JSON; a string or bytes are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: {
    ok: 0 | 1;
    message?: string;
    detail?: string;
    data?: unknown;
    meta?: unknown;
    errors?: { path: string; code: string; detail: string }[];
  };
}

const DESCRIBED = new Set(CATALOGUE);

function expectDescribed({ method, path }: Route, status: number, json: unknown): void {
  const faults = answerFaults(method, path, status, json);
  if (faults.length === 0) return;
  throw new Error(`${method} ${path} answered ${status} other than described:\n${faults.join('\n')}`);
}

/** The answer of `route` to one call. Throws where it is not as the description says. */
export async function call(host: HttpHost, route: Route, options: Call = {}): Promise<Reply> {
  const { token, params = {}, query = '', body, headers = {} } = options;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const init: RequestInit = {
    method: route.method,
    headers: {
      host: 'tidegate.test',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
  };
  const request = new Request(`http://tidegate.test/core/api/v1${path}${query}`, init);
  // As Next does: no parameters, no object.
  const given = route.path.includes('{') ? params : undefined;
  const response = await handle(route, () => host)(request, { params: Promise.resolve(given) });
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) await response.body?.cancel();
  const text = type.startsWith('text/event-stream') ? '' : await response.text();
  const isEnvelope = type.startsWith('application/json');
  const json = (isEnvelope ? JSON.parse(text) : { ok: 1 }) as Reply['json'];
  if (isEnvelope && DESCRIBED.has(route)) expectDescribed(route, response.status, json);
  return { status: response.status, headers: response.headers, text, json };
}
