// Everything that a lineage's page shows, read in one transaction: a review that was approved meanwhile must
// not be seen beside bindings from before.
import type { z } from 'zod';
import type { columnBinding, LineageDetail, schemaVersion } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { settleAll } from '@/server/lib/settle-all';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { inSnapshot } from '../paging/snapshot';
import { controlColumns, toControl, type ControlRow } from '../control/control-row';
import { toLineage } from '../lineages/read-lineage';
import { requireLineageView } from '../lineages/require-lineage';
import { mirrorOfLineage, toMirror } from '../mirror/read-mirror';
import { newestReplay } from '../staging/read-replay';
import { reviewColumns, reviewFrom, toSchemaReview, type ReviewRow } from './review-row';

/** 404 `lineage_not_found`. */
export async function getLineage({
  ctx,
  projectId,
  lineageId,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
}): Promise<LineageDetail> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  return inSnapshot(ctx, async (tx) => {
    const project = await requireProject(tx, projectId);
    const lineage = await requireLineageView(tx, project, lineageId);
    const { sql } = tx.db;
    const { id, device_id: deviceId } = lineage;
    // Side by side: those that have a name in the session share one round trip.
    const [versions, bindings, replay, controls, mirror, review, refused, failed, registryReview] =
      await settleAll([
        schemaVersions(sql, id),
        columnBindings(sql, id),
        newestReplay(tx.db, id),
        pendingControls(sql, deviceId, id),
        mirrorOfLineage(sql, id),
        openReview(sql, id),
        refusedBatches(tx, lineage),
        failedRows(sql, id),
        registryReviewOf(sql, id),
      ]);
    return {
      lineage: toLineage(lineage),
      schema_versions: versions,
      column_bindings: bindings,
      replay_intent: replay,
      pending_controls: controls,
      mirror: mirror === null ? null : toMirror(mirror),
      open_review: review,
      refused_batches: refused,
      failed_row_count: failed,
      registry_review_id: review?.use_registry_review_id ?? registryReview,
    };
  });
}

const REFUSED_MS = 24 * 3_600_000;
const REFUSED_MAX = 1_000;
const FAILED_MAX = 10_000;

/** What of the table was refused lately and is not in yet; a batch whose table could not be read is nobody's. */
async function refusedBatches(
  { db: { sql }, clock }: Ctx,
  lineage: { device_id: string; source_table: string },
): Promise<LineageDetail['refused_batches']> {
  const since = new Date(clock.now().getTime() - REFUSED_MS).toISOString();
  const [row] = await sql<{ n: number; last: string | null }[]>`
    select count(*)::int as n, max(received_at) as last from (
      select r.received_at from tidegate.rejected_batch r
      where r.device_id = ${lineage.device_id} and r.source_table = ${lineage.source_table}
        and r.received_at > ${since}::text::timestamptz and r.retry_outcome is distinct from 'accepted'
      order by r.received_at desc limit ${REFUSED_MAX}) waiting`;
  return { waiting: row?.n ?? 0, last_at: rfc3339OrNull(row?.last ?? null) };
}

async function failedRows(sql: Sql, lineageId: string): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from (
      select from tidegate.staged_row
      where lineage_id = ${lineageId} and staging_reason = 'materialization_failed' limit ${FAILED_MAX}) failed`;
  return row?.n ?? 0;
}

type SchemaVersion = z.infer<typeof schemaVersion>;

async function schemaVersions(sql: Sql, lineageId: string): Promise<SchemaVersion[]> {
  const rows = await sql<(Omit<SchemaVersion, 'staged_row_count'> & { staged_rows: string })[]>`
    select id, lineage_id, schema_hash, classification, verified, columns, status,
      registry_entry_id as registry_id, staged_rows, first_seen_at
    from tidegate.schema_version where lineage_id = ${lineageId}
    order by first_seen_at desc, id desc`;
  return rows.map(({ staged_rows, ...row }) => ({
    ...row,
    staged_row_count: Number(staged_rows),
    first_seen_at: rfc3339(row.first_seen_at),
  }));
}

async function columnBindings(sql: Sql, lineageId: string): Promise<z.infer<typeof columnBinding>[]> {
  const rows = await sql<z.infer<typeof columnBinding>[]>`
    select b.source_column_name, b.action, b.mirror_column_name, b.device_data_point_id, b.schema_hash
    from tidegate.column_binding b
    join tidegate.schema_version v on v.lineage_id = b.lineage_id and v.schema_hash = b.schema_hash
    left join lateral (
      select (c.value ->> 'pk_ordinal')::int as key_ordinal, c.place
      from jsonb_array_elements(coalesce(v.columns, '[]')) with ordinality as c(value, place)
      where c.value ->> 'name' = b.source_column_name) c on true
    where b.lineage_id = ${lineageId}
    order by v.first_seen_at desc, v.id desc, coalesce(c.key_ordinal, 0) = 0, c.key_ordinal, c.place,
      b.source_column_name`;
  return [...rows];
}

async function pendingControls(sql: Sql, deviceId: string, lineageId: string) {
  const rows = await sql<ControlRow[]>`
    select ${controlColumns(sql)} from tidegate.control c
    where c.device_id = ${deviceId} and c.lineage_id = ${lineageId}
      and c.acknowledged_at is null and c.superseded_at is null
    order by c.created_at, c.id`;
  return rows.map(toControl);
}

/** Where several are open, the oldest: it is the one that a person should take first. */
async function openReview(sql: Sql, lineageId: string) {
  const [row] = await sql<ReviewRow[]>`
    select ${reviewColumns(sql)} from ${reviewFrom(sql)}
    where r.lineage_id = ${lineageId} and r.status in ('queued', 'in_review')
    order by r.created_at, r.id limit 1`;
  return row === undefined ? null : toSchemaReview(row);
}

/** The oldest open review of the registry that a version of the lineage waits for. */
async function registryReviewOf(sql: Sql, lineageId: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select q.id from tidegate.schema_version v
    join tidegate.registry_review q on q.registry_id = v.registry_entry_id and q.status in ('queued', 'in_review')
    where v.lineage_id = ${lineageId} order by q.created_at, q.id limit 1`;
  return row?.id ?? null;
}
