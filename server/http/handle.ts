// The one door of the HTTP API: who calls, may they, is the request well-formed, run the verb once, answer in
// the envelope. A handler that went around it could forget one of them.
import { requirePermission } from '@/server/engine/auth/permissions';
import { requireProject } from '@/server/engine/auth/project-scope';
import { actorOf } from '@/server/engine/auth/session-context';
import type { Ctx } from '@/server/engine/context/context';
import { notFound, Refusal } from '@/server/engine/errors/errors';
import { parseInput } from '@/server/engine/errors/parse-input';
import { sqlState } from '@/server/db/sqlstate';
import { assert } from '@/server/lib/assert';
import { clientAddress } from '@/server/lib/client-address';
import { isUuid, uuidV7 } from '@/server/lib/uuid';
import { auditRefusal } from './audit-refusal';
import { authenticate, type Caller } from './authenticate';
import { callerContext } from './caller-context';
import { isIdParam, type LiveCall, type Route, type RouteCall, type StreamOutcome } from './contract';
import {
  faultAnswer,
  refusalAnswer,
  refusalOf,
  respond,
  respondStream,
  successAnswer,
  type Answer,
} from './envelope';
import { webHost, type CallRates, type HttpHost } from './host';
import { once, type KeyedAnswer } from './idempotency';
import { readBody, readQuery } from './read-request';

/** What Next gives a handler beside the request. */
export interface RouteParams {
  /** Undefined for a path without parameters. */
  params: Promise<Record<string, string | string[] | undefined> | undefined>;
}

export interface Handler {
  (request: Request, context: RouteParams): Promise<Response>;
  /** What it serves. */
  readonly route: Route;
}

/** One call on its way; filled in as far as it got, which is what a refusal is recorded with. */
interface Passage {
  route: Route;
  request: Request;
  params: Record<string, string>;
  host: HttpHost;
  correlationId: string;
  address: string;
  ctx: Ctx | null;
  /** True once the project in the path is known to be the caller's. */
  isInProject: boolean;
}

/** A Next route handler for `route`. `host` is the web process's own unless a test gives one. */
export function handle(route: Route, host: () => HttpHost = webHost): Handler {
  const serveRequest = async (request: Request, context: RouteParams): Promise<Response> => {
    const correlationId = correlationIdOf(request);
    try {
      const passage = await enter(route, request, context, host(), correlationId);
      try {
        const served = await serve(passage);
        if ('stream' in served) return await streamed(served, request, correlationId);
        const { answer, replayed, refusal } = served;
        if (refusal !== undefined && !replayed) await keepRefusal(passage, refusal);
        return respond(answer, correlationId, replayed ? { 'idempotency-replayed': 'true' } : {});
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal !== null) await keepRefusal(passage, refusal);
        throw error;
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null) return respond(refusalAnswer(refusal), correlationId);
      logFault(route, correlationId, error);
      return respond(faultAnswer(correlationId), correlationId);
    }
  };
  return Object.assign(serveRequest, { route });
}

async function enter(
  route: Route,
  request: Request,
  { params }: RouteParams,
  host: HttpHost,
  correlationId: string,
): Promise<Passage> {
  return {
    route,
    request,
    params: pathParams((await params) ?? {}),
    host,
    correlationId,
    address: clientAddress((name) => request.headers.get(name), host.trustedProxies),
    ctx: null,
    isInProject: false,
  };
}

async function serve(passage: Passage): Promise<KeyedAnswer | StreamOutcome> {
  const { route, request, params, host } = passage;
  const url = new URL(request.url);
  const ctx = await admit(passage);
  const query = parseInput(route.query, readQuery(url), 'query');
  const body = route.method === 'GET' ? null : await readBody(request);
  const input = route.body === null ? refuseBody(body?.value) : parseInput(route.body, body?.value, 'body');
  requireIds(params);
  const callIn = (db: Ctx['db']): RouteCall<unknown, unknown> => ({
    ctx: { ...ctx, db },
    param: (name) => params[name] ?? '',
    query,
    body: input,
    brokerUrl: host.brokerUrl,
    webhooks: { consoleUrl: host.consoleUrl, mayReachPrivate: host.webhooksToPrivate },
    oidc: host.oidcSetup,
    ...(route.streams.length > 0 ? { live: liveCall(passage, ctx) } : {}),
  });
  if (route.streams.length > 0) {
    const outcome = await route.run(callIn(ctx.db));
    if ('stream' in outcome) return outcome;
  }
  const run = async (db: Ctx['db']): Promise<Answer> => {
    const outcome = await route.run(callIn(db));
    assert('data' in outcome, 'a route that streams says so in its contract');
    return successAnswer({ status: route.status, data: outcome.data, meta: outcome.meta });
  };
  const key = route.method === 'GET' ? null : request.headers.get('idempotency-key');
  if (key === null) return { answer: await run(ctx.db), replayed: false };
  return once(
    {
      db: ctx.db,
      clock: ctx.clock,
      owner: ctx.actor.id,
      key,
      fingerprint: [request.method, url.pathname, url.search, ctx.orgId ?? '', body?.bytes ?? ''],
    },
    run,
  );
}

/** Who calls, in which organisation, whose project, and may they: in this order, so that no refusal tells more. */
async function admit(passage: Passage): Promise<Ctx> {
  const { request, host, correlationId, address } = passage;
  await limitCalls(host, 'perAddress', address);
  const caller = await authenticate(request, host, correlationId);
  await limitCalls(host, 'perToken', caller.tokenId ?? caller.person.userId);
  const unscoped = { db: host.db, clock: host.clock, correlationId, permissions: new Set<never>() };
  const origin = { tokenId: caller.tokenId, address };
  passage.ctx = { ...unscoped, actor: actorOf(caller.person), orgId: null, origin };
  return scope(passage, caller);
}

async function scope(passage: Passage, caller: Caller): Promise<Ctx> {
  const { route, request, params, host, correlationId, address } = passage;
  const ctx = await callerContext({
    request,
    path: route.path,
    params,
    caller,
    host,
    address,
    correlationId,
  });
  passage.ctx = ctx;
  if (params['project_id'] !== undefined) await requireProject(ctx, params['project_id']);
  passage.isInProject = params['project_id'] !== undefined;
  if (route.permission !== null) requirePermission(ctx, route.permission);
  return ctx;
}

function liveCall(passage: Passage, ctx: Ctx): LiveCall {
  const { request, host, correlationId, address } = passage;
  return {
    lastEventId: request.headers.get('last-event-id'),
    signal: request.signal,
    recheck: async () => {
      await scope(passage, await authenticate(request, host, correlationId));
    },
    holder: { caller: ctx.origin?.tokenId ?? ctx.actor.id, address },
    streams: host.streams,
  };
}

async function streamed(
  outcome: StreamOutcome,
  { method }: Request,
  correlationId: string,
): Promise<Response> {
  if (method === 'HEAD') await outcome.stream.cancel();
  return respondStream(outcome, correlationId, method === 'HEAD');
}

async function limitCalls({ rates, db }: HttpHost, which: keyof CallRates, key: string): Promise<void> {
  const seconds = rates === null ? 0 : await rates[which].take(db, key);
  if (seconds === 0) return;
  const whose = which === 'perToken' ? 'with this token or session' : 'from this address';
  throw new Refusal(
    429,
    'too_many_requests',
    `Too many calls ${whose} in this minute. Go on in ${seconds} s; the header Retry-After says it too.`,
    { data: { retry_after_seconds: seconds } },
  );
}

/** A fault while recording must not take the refusal's own answer away. */
async function keepRefusal(passage: Passage, refusal: Refusal): Promise<void> {
  const { route, request, params, host, correlationId, ctx, address, isInProject } = passage;
  const projectId = isInProject ? (params['project_id'] ?? null) : null;
  try {
    await auditRefusal({ host, correlationId, ctx, address }, refusal, {
      method: request.method,
      path: route.path,
      params,
      projectId,
    });
  } catch (error) {
    logFault(route, correlationId, error);
  }
}

/** The parameters that are one segment each. */
function pathParams(given: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** What is named by a UUID is not looked for under anything else. */
function requireIds(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) {
    if (!isIdParam(name) || isUuid(value)) continue;
    throw notFound(name.replace(/_id$/, '').replaceAll('_', ' '), value);
  }
}

/** The body of a method that takes none: nothing, or an empty object. */
function refuseBody(value: unknown): undefined {
  const names = Object.keys((value ?? {}) as object);
  if (names.length > 0) {
    throw new Refusal(
      400,
      'unknown_parameter',
      `This call takes no body; "${names.join('", "')}" is not known here. Leave it out.`,
    );
  }
  return undefined;
}

const correlationIdOf = (request: Request): string => {
  const given = request.headers.get('x-correlation-id') ?? '';
  return /^[\w.-]{8,100}$/.test(given) ? given : uuidV7();
};

/** A database's message can quote row values, which no log may hold: of its errors only the code is kept. */
function logFault({ method, path }: Route, correlationId: string, error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = sqlState(error);
  const entry = {
    level: 'error',
    correlation_id: correlationId,
    route: `${method} ${path}`,
    error: code === null ? `${name}: ${message}` : `SQLSTATE ${code}`,
    at: stack?.split('\n').filter((line) => line.startsWith('    at ')),
  };
  console.error(JSON.stringify(entry));
}
