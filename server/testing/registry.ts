/** The shortest ways through the registry's verbs, for tests against Postgres. */
import type { Db, RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import type { ColumnAction } from '@/server/contract/governance';
import type { RegistryReview } from '@/server/contract/registry';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import { approveRegistryReview } from '@/server/engine/registry/approve-registry-review';
import { claimRegistryReview } from '@/server/engine/registry/claim-registry-review';
import { listRegistryReviews } from '@/server/engine/registry/list-registry-reviews';
import type { TestTable } from './engine';
import type { TestPlace, TestTenancy } from './tenancy';

export type Mode = 'none' | 'project' | 'fleet';

/** Sets the coalescing mode of the project, or of one of its fleets. */
export async function setMode(tenancy: TestTenancy, mode: Mode | null, fleetId?: string): Promise<void> {
  await patchPolicy({
    ctx: tenancy.people.operator.ctx,
    projectId: tenancy.projectId,
    ...(fleetId === undefined ? {} : { fleetId }),
    input: { schema_coalescing_mode: mode },
  });
}

/** Every registry review of a project, the oldest first. */
export async function registryReviews(
  tenancy: TestTenancy,
  status?: RegistryReview['status'] | 'open',
): Promise<RegistryReview[]> {
  const { items } = await listRegistryReviews({
    ctx: tenancy.people.operator.ctx,
    projectId: tenancy.projectId,
    input: { limit: 500, ...(status === undefined ? {} : { status }) },
  });
  return items;
}

/** The only open registry review of a project. */
export async function openRegistryReview(tenancy: TestTenancy): Promise<RegistryReview> {
  const [review, more] = await registryReviews(tenancy, 'open');
  if (review === undefined || more !== undefined) throw new Error('not exactly one open registry review');
  return review;
}

export const mirrorEvery = (
  table: TestTable,
  actions: Record<string, Partial<ColumnAction>> = {},
): ColumnAction[] =>
  table.columns.map((c) => ({ source_column_name: c.name, action: 'mirror', ...actions[c.name] }));

/** Claims the only open registry review. */
export async function claimOpen(tenancy: TestTenancy): Promise<RegistryReview> {
  const review = await openRegistryReview(tenancy);
  return claimRegistryReview({
    ctx: tenancy.people.operator.ctx,
    projectId: tenancy.projectId,
    reviewId: review.id,
    input: { action_version: review.action_version },
  });
}

/** Claims and approves the only open registry review: `mirror` for every column, but for `actions`. */
export async function approveShared(
  tenancy: TestTenancy,
  table: TestTable,
  actions: Record<string, Partial<ColumnAction>> = {},
): Promise<RegistryReview> {
  const review = await claimOpen(tenancy);
  return approveRegistryReview({
    ctx: tenancy.people.operator.ctx,
    projectId: tenancy.projectId,
    reviewId: review.id,
    input: { action_version: review.action_version, column_actions: mirrorEvery(table, actions) },
  });
}

/** The rows of the newest shared mirror of a table, of all devices, with the device's id, in key order. */
export async function sharedRows(
  db: RootDb,
  scopeId: string,
  sourceTable: string,
): Promise<Record<string, unknown>[]> {
  const [mirror] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror
    where scope_id = ${scopeId} and source_table = ${sourceTable} order by generation desc limit 1`;
  if (mirror === undefined) return [];
  const rows = await db.sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(m) - 'version_epoch' - 'version_seq' - 'created_at' - 'updated_at' as row
    from tidegate_mirror.${db.sql(mirror.table_name)} m order by m.device_id, m.id`;
  return rows.map(({ row }) => row);
}

/** An entry of a fleet with an open review and a shared mirror, made directly; the ids by the names of path parameters. */
export async function makeRegistry(
  { sql }: Db,
  place: TestPlace,
): Promise<Record<'registry_id' | 'registry_review_id' | 'coalesced_mirror' | 'consolidation_id', string>> {
  const made = {
    registry_id: uuidV4(),
    registry_review_id: uuidV4(),
    coalesced_mirror: uuidV4(),
    consolidation_id: uuidV4(),
  };
  const { orgId, projectId, fleetId } = place;
  await sql`
    insert into tidegate.mirror (id, project_id, scope, scope_id, source_table, generation, table_name)
    values (${made.coalesced_mirror}, ${projectId}, 'fleet', ${fleetId}, 'shared', 1, ${`t_${uuidV4()}`})`;
  await sql`
    insert into tidegate.registry_entry
      (id, org_id, project_id, fleet_id, scope, scope_id, source_table, schema_hash, capture, classification,
       verified, columns, reasons, status, mirror_id)
    values (${made.registry_id}, ${orgId}, ${projectId}, ${fleetId}, 'fleet', ${fleetId}, 'shared', 'hash', 'rows',
      'ambiguous', true, '[]', '[]', 'pending', ${made.coalesced_mirror})`;
  await sql`
    insert into tidegate.registry_review
      (id, org_id, project_id, fleet_id, registry_id, scope, scope_id, source_table, schema_hash, classification,
       reasons, status)
    values (${made.registry_review_id}, ${orgId}, ${projectId}, ${fleetId}, ${made.registry_id}, 'fleet', ${fleetId},
      'shared', 'hash', 'ambiguous', '[]', 'queued')`;
  await sql`
    insert into tidegate.consolidation
      (id, org_id, project_id, fleet_id, scope, scope_id, source_table, status, not_before)
    values (${made.consolidation_id}, ${orgId}, ${projectId}, ${fleetId}, 'fleet', ${fleetId}, 'shared', 'completed', now())`;
  return made;
}
