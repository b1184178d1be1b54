/** One organisation for many histories; each has a project of its own, since modes and the registry are a project's. */
import type { RootDb } from '@/server/db/client';
import type { Ctx } from '@/server/engine/context/context';
import { uuidV4 } from '@/server/lib/uuid';
import { faultyDb } from '@/server/testing/faulty-db';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';

export interface World {
  db: RootDb;
  tenancy: TestTenancy;
}

/** Where a history takes place. */
export interface Place {
  projectId: string;
  fleets: readonly [string, string];
}

export interface WorldDevice {
  id: string;
  rootTopic: string;
}

/** Makes the world in a migrated database. */
export async function makeWorld(root: RootDb): Promise<World> {
  const { db } = faultyDb(root, null);
  return { db, tenancy: await makeTenancy(db) };
}

/** Makes a project with two fleets; `policy` is the project's. */
export async function makePlace({ db, tenancy }: World, policy: Record<string, unknown>): Promise<Place> {
  const [projectId, ...fleets] = [uuidV4(), uuidV4(), uuidV4()] as const;
  await db.sql`
    with made as (
      insert into tidegate.project (id, org_id, name, topic_slug)
      values (${projectId}, ${tenancy.orgId}, ${projectId}, ${`w-${projectId}`})
    ), ruled as (
      insert into tidegate.policy (scope, scope_id, fields)
      values ('project', ${projectId}, ${JSON.stringify(policy)}::text::jsonb)
    )
    insert into tidegate.fleet (id, project_id, name)
    select f, ${projectId}, f from unnest(${fleets}::uuid[]) as f`;
  return { projectId, fleets };
}

/** Devices without credentials, one in each of the named fleets: what they send goes straight into the engine. */
export async function addDevices(
  { db, tenancy }: World,
  place: Place,
  fleets: readonly (0 | 1)[],
): Promise<WorldDevice[]> {
  const made = fleets.map((fleet) => {
    const id = uuidV4();
    return { id, rootTopic: `w-${place.projectId}/${id}`, fleetId: place.fleets[fleet] };
  });
  await db.sql`
    insert into tidegate.device (id, org_id, project_id, fleet_id, name, root_topic)
    select d.id, ${tenancy.orgId}, ${place.projectId}, d."fleetId", d.id, d."rootTopic"
    from json_to_recordset(${JSON.stringify(made)}::text::json) as d(id uuid, "fleetId" uuid, "rootTopic" text)`;
  return made;
}

/** The operator, through another door. */
export const operatorOf = ({ tenancy }: World, db: Ctx['db']): Ctx => ({
  ...tenancy.people.operator.ctx,
  db,
});
