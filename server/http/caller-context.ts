// From a caller to what a verb is given: in which organisation, and with which permissions.
import { actorOf, contextInOrg } from '@/server/engine/auth/session-context';
import type { Ctx } from '@/server/engine/context/context';
import { notFound } from '@/server/engine/errors/errors';
import { isUuid } from '@/server/lib/uuid';
import type { Caller } from './authenticate';
import type { HttpHost } from './host';

export interface CallerContextInput {
  request: Request;
  /** The route's, below the API's base path. */
  path: string;
  params: Readonly<Record<string, string>>;
  caller: Caller;
  host: HttpHost;
  address: string;
  correlationId: string;
}

/** Routes about oneself need no organisation; a session's follows from the project in the path. */
export async function callerContext(input: CallerContextInput): Promise<Ctx> {
  const { request, path, params, caller, host, address, correlationId } = input;
  const { person, scopes, kind, tokenId } = caller;
  const { db, clock } = host;
  const base = { db, clock, correlationId, origin: { tokenId, address } };
  const wanted = request.headers.get('org-id');
  if (path === '/orgs' && wanted === null) {
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
