// The one door of the HTTP API: who calls, may they, is the request well-formed, run the verb once, answer in
// the envelope. A handler that went around it could forget one of them.
import { requirePermission } from '@/server/engine/auth/permissions';
import { requireProject } from '@/server/engine/auth/project-scope';
import { actorOf, contextInOrg } from '@/server/engine/auth/session-context';
import type { Ctx } from '@/server/engine/context/context';
import { notFound, Refusal } from '@/server/engine/errors/errors';
import { parseInput } from '@/server/engine/errors/parse-input';
import { sqlState } from '@/server/db/sqlstate';
import { isUuid, uuidV7 } from '@/server/lib/uuid';
import { authenticate, type Caller } from './authenticate';
import { isIdParam, type Route, type RouteCall } from './contract';
import { faultAnswer, refusalAnswer, refusalOf, respond, successAnswer, type Answer } from './envelope';
import { webHost, type HttpHost } from './host';
import { once } from './idempotency';
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

/** A Next route handler for `route`. `host` is the web process's own unless a test gives one. */
export function handle(route: Route, host: () => HttpHost = webHost): Handler {
  const serveRequest = async (request: Request, { params }: RouteParams): Promise<Response> => {
    const correlationId = correlationIdOf(request);
    try {
      const { answer, replayed } = await serve(route, request, (await params) ?? {}, host(), correlationId);
      return respond(answer, correlationId, replayed ? { 'idempotency-replayed': 'true' } : {});
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null) return respond(refusalAnswer(refusal), correlationId);
      logFault(route, correlationId, error);
      return respond(faultAnswer(correlationId), correlationId);
    }
  };
  return Object.assign(serveRequest, { route });
}

async function serve(
  route: Route,
  request: Request,
  given: Record<string, string | string[] | undefined>,
  host: HttpHost,
  correlationId: string,
): Promise<{ answer: Answer; replayed: boolean }> {
  const url = new URL(request.url);
  const params = pathParams(given);
  const caller = await authenticate(request, host);
  const ctx = await contextOf(route, request, params, caller, host, correlationId);
  if (params['project_id'] !== undefined) await requireProject(ctx, params['project_id']);
  if (route.permission !== null) requirePermission(ctx, route.permission);
  const query = parseInput(route.query, readQuery(url), 'query');
  const body = route.method === 'GET' ? null : await readBody(request);
  const input = route.body === null ? refuseBody(body?.value) : parseInput(route.body, body?.value, 'body');
  requireIds(params);
  const run = async (db: Ctx['db']): Promise<Answer> => {
    const call: RouteCall<unknown, unknown> = {
      ctx: { ...ctx, db },
      param: (name) => params[name] ?? '',
      query,
      body: input,
      brokerUrl: host.brokerUrl,
    };
    const { data, meta } = await route.run(call);
    return successAnswer({ status: route.status, data, meta });
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

/** Routes about oneself need no organisation; a session's follows from the project in the path. */
async function contextOf(
  route: Route,
  request: Request,
  params: Record<string, string>,
  { person, scopes, kind }: Caller,
  { db, clock }: HttpHost,
  correlationId: string,
): Promise<Ctx> {
  const base = { db, clock, correlationId };
  const wanted = request.headers.get('org-id');
  if (route.path === '/orgs' && wanted === null) {
    return { ...base, actor: actorOf(person), orgId: null, permissions: new Set() };
  }
  const projectId = params['project_id'];
  const orgId =
    wanted ?? (kind === 'session' && projectId !== undefined ? await orgOfProject(db, projectId) : null);
  const isMember = wanted !== null || person.memberships.some((membership) => membership.orgId === orgId);
  if (orgId !== null && !isMember && projectId !== undefined) throw notFound('project', projectId);
  const { actor, orgId: chosen, permissions } = contextInOrg(person, orgId, scopes);
  return { ...base, actor, orgId: chosen, permissions };
}

async function orgOfProject(db: HttpHost['db'], projectId: string): Promise<string> {
  if (!isUuid(projectId)) throw notFound('project', projectId);
  const [row] = await db.sql<{ org_id: string }[]>`
    select org_id from tidegate.project where id = ${projectId}`;
  if (row === undefined) throw notFound('project', projectId);
  return row.org_id;
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
