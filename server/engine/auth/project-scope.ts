// The scope of a tenant (invariant 10): a project is found only inside the caller's organisation, and what
// is not there and what is another's give the same answer.
import type { Fragment } from 'postgres';
import type { Sql } from '@/server/db/client';
import { isUuid } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';

export interface ProjectScope {
  id: string;
  orgId: string;
  name: string;
  topicSlug: string | null;
}

export interface FleetScope {
  id: string;
  projectId: string;
  name: string;
}

/** The project, or 404 `project_not_found`. */
export async function requireProject({ db, orgId }: Ctx, projectId: string): Promise<ProjectScope> {
  if (!isUuid(projectId)) throw notFound('project', projectId);
  const [row] = await db.sql<ProjectScope[]>`
    select id, org_id as "orgId", name, topic_slug as "topicSlug"
    from tidegate.project
    where id = ${projectId} and (${orgId}::uuid is null or org_id = ${orgId}::uuid)`;
  if (row === undefined) throw notFound('project', projectId);
  return row;
}

/** The project's id where it is that organisation's: a scope check that costs a walk by index nothing for each row. */
export const scopedProjectId = (sql: Sql, { id, orgId }: Pick<ProjectScope, 'id' | 'orgId'>): Fragment =>
  sql`(select p.id from tidegate.project p where p.id = ${id} and p.org_id = ${orgId})`;

/** The fleet of that project, or 404 `fleet_not_found`. */
export async function requireFleet({ db }: Ctx, project: ProjectScope, fleetId: string): Promise<FleetScope> {
  if (!isUuid(fleetId)) throw notFound('fleet', fleetId);
  const [row] = await db.sql<FleetScope[]>`
    select id, project_id as "projectId", name
    from tidegate.fleet where id = ${fleetId} and project_id = ${project.id}`;
  if (row === undefined) throw notFound('fleet', fleetId);
  return row;
}
