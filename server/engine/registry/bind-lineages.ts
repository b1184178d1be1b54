// Binds lineages to an approved entry: bindings, version, and the end of what was asked about each device alone.
// One statement each, however many lineages: a fleet of a thousand is approved in one short transaction.
import type { Ctx } from '../context/context';
import { recordEvents } from '../events/record-event';
import type { EntryRow } from './entry';

/** Binds locked lineages that have a version of the entry's hash. `reviewId` is the registry review that decided. */
export async function bindLineages(
  ctx: Ctx,
  entry: EntryRow,
  lineageIds: readonly string[],
  reviewId: string | null,
): Promise<void> {
  const { sql } = ctx.db;
  const ids = [...lineageIds];
  await sql`
    delete from tidegate.column_binding
    where lineage_id = any(${ids}::uuid[]) and schema_hash = ${entry.schemaHash}`;
  await sql`
    insert into tidegate.column_binding
      (lineage_id, schema_hash, source_column_name, action, mirror_id, mirror_column_name, is_time_column)
    select l.id, ${entry.schemaHash}, b."sourceColumnName", b.action,
      case when b."mirrorColumnName" is not null then ${entry.mirrorId}::uuid end, b."mirrorColumnName",
      b."sourceColumnName" is not distinct from ${entry.timeColumn}::text
    from unnest(${ids}::uuid[]) as l(id)
    cross join json_to_recordset(${JSON.stringify(entry.bindings ?? [])}::text::json)
      as b("sourceColumnName" text, action text, "mirrorColumnName" text)`;
  await sql`
    update tidegate.schema_version set status = 'approved', registry_entry_id = ${entry.id},
      columns = ${JSON.stringify(entry.columns)}::text::jsonb
    where lineage_id = any(${ids}::uuid[]) and schema_hash = ${entry.schemaHash}`;
  await supersedeDeviceReviews(ctx, entry, ids, reviewId);
}

async function supersedeDeviceReviews(
  ctx: Ctx,
  entry: EntryRow,
  ids: string[],
  reviewId: string | null,
): Promise<void> {
  const now = ctx.clock.now().toISOString();
  const superseded = await ctx.db.sql<
    { id: string; lineage_id: string; device_id: string; fleet_id: string; claimed_by: string | null }[]
  >`
    update tidegate.schema_review set status = 'superseded', superseded_by = ${reviewId}::uuid,
      action_version = action_version + 1, decided_at = ${now}, updated_at = ${now}
    where lineage_id = any(${ids}::uuid[]) and schema_hash = ${entry.schemaHash}
      and status in ('queued', 'in_review')
    returning id, lineage_id, device_id, fleet_id, claimed_by`;
  await recordEvents(
    ctx,
    superseded.map((review) => ({
      kind: 'edge_schema_review.superseded',
      subject: { kind: 'schema_review', id: review.id },
      orgId: entry.orgId,
      projectId: entry.projectId,
      fleetId: review.fleet_id,
      deviceId: review.device_id,
      lineageId: review.lineage_id,
      data: {
        registry_id: entry.id,
        registry_review_id: reviewId,
        source_table: entry.sourceTable,
        schema_hash: entry.schemaHash,
        was_claimed_by: review.claimed_by,
      },
    })),
  );
}
