// The rows that a fresh installation needs before anybody can sign in.
// Every one is found by its own fixed name, so running this again finds them and makes nothing twice.
import type { Db } from '@/server/db/client';
import { only } from '@/server/lib/assert';
import { uuidV4 } from '@/server/lib/uuid';

export interface DefaultPlaces {
  orgId: string;
  projectId: string;
  fleetId: string;
  createdNow: boolean;
}

const DEFAULT_ORG = 'Default organisation';
const DEFAULT_PROJECT = 'Default project';
const DEFAULT_PROJECT_SLUG = 'default';
const DEFAULT_FLEET = 'Default fleet';

/** The oldest organisation, project and fleet; makes what is missing. Call it under the bootstrap lock. */
export async function ensureDefaultPlaces({ sql }: Db): Promise<DefaultPlaces> {
  const [org] = await sql<{ id: string }[]>`
    select id from tidegate.org order by created_at, id limit 1`;
  if (org === undefined) return createDefaultPlaces(sql);
  const [place] = await sql<{ project_id: string; fleet_id: string }[]>`
    select p.id as project_id, f.id as fleet_id
    from tidegate.project p join tidegate.fleet f on f.project_id = p.id
    where p.org_id = ${org.id}
    order by p.created_at, p.id, f.created_at, f.id
    limit 1`;
  if (place !== undefined) {
    return { orgId: org.id, projectId: place.project_id, fleetId: place.fleet_id, createdNow: false };
  }
  return { orgId: org.id, ...(await createProjectAndFleet(sql, org.id)), createdNow: false };
}

async function createDefaultPlaces(sql: Db['sql']): Promise<DefaultPlaces> {
  const { id: orgId } = only(
    await sql<{ id: string }[]>`
      insert into tidegate.org (id, name) values (${uuidV4()}, ${DEFAULT_ORG}) returning id`,
  );
  return { orgId, ...(await createProjectAndFleet(sql, orgId)), createdNow: true };
}

async function createProjectAndFleet(
  sql: Db['sql'],
  orgId: string,
): Promise<{ projectId: string; fleetId: string }> {
  const { id: projectId } = only(
    await sql<{ id: string }[]>`
      insert into tidegate.project (id, org_id, name, topic_slug)
      values (${uuidV4()}, ${orgId}, ${DEFAULT_PROJECT}, ${DEFAULT_PROJECT_SLUG})
      on conflict (org_id, name) do update set name = excluded.name
      returning id`,
  );
  const { id: fleetId } = only(
    await sql<{ id: string }[]>`
      insert into tidegate.fleet (id, project_id, name) values (${uuidV4()}, ${projectId}, ${DEFAULT_FLEET})
      on conflict (project_id, name) do update set name = excluded.name
      returning id`,
  );
  return { projectId, fleetId };
}
