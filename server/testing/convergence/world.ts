/** One organisation for many histories, with a device of its own for each: making devices costs two statements. */
import type { RootDb } from '@/server/db/client';
import type { Ctx } from '@/server/engine/context/context';
import { uuidV4 } from '@/server/lib/uuid';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';

export interface World {
  db: RootDb;
  tenancy: TestTenancy;
  /** Plain, with a backlog cap of a few rows, and with additive changes let through. */
  fleets: string[];
}

/** The cap of the second fleet, in rows. */
export const SMALL_CAP = 5;
const POLICIES = [{}, { max_pending_rows_per_lineage: SMALL_CAP }, { allow_additive_continue: true }];

/** Makes the world in a migrated database. */
export async function makeWorld(db: RootDb): Promise<World> {
  const tenancy = await makeTenancy(db);
  const fleets: string[] = [];
  for (const fields of POLICIES) {
    const id = uuidV4();
    await db.sql`insert into tidegate.fleet (id, project_id, name) values (${id}, ${tenancy.projectId}, ${id})`;
    await db.sql`
      insert into tidegate.policy (scope, scope_id, fields)
      values ('fleet', ${id}, ${JSON.stringify(fields)}::text::jsonb)`;
    fleets.push(id);
  }
  return { db, tenancy, fleets };
}

export interface WorldDevice {
  id: string;
  rootTopic: string;
}

/** A device without credentials: what it sends goes straight into the engine. */
export async function addDevice({ db, tenancy, fleets }: World, fleet: number): Promise<WorldDevice> {
  const id = uuidV4();
  const rootTopic = `world/${id}`;
  await db.sql`
    insert into tidegate.device (id, org_id, project_id, fleet_id, name, root_topic)
    values (${id}, ${tenancy.orgId}, ${tenancy.projectId}, ${fleets[fleet] ?? tenancy.fleetId}, ${id}, ${rootTopic})`;
  return { id, rootTopic };
}

/** The operator, through another door. */
export const operatorOf = ({ tenancy }: World, db: Ctx['db']): Ctx => ({
  ...tenancy.people.operator.ctx,
  db,
});
