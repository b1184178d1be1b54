// A lineage as people see it. Its status is derived here and nowhere stored (invariant 2): paused exactly
// while it has a pause cause.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Lineage, pauseCause } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import type { PauseCauseKind } from '@/server/db/schema/governance';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { stagedCaps, type PolicyOverrides } from '../policy/merge-policy';

export interface LineageViewRow {
  id: string;
  org_id: string;
  project_id: string;
  fleet_id: string;
  device_id: string;
  device_name: string;
  source_table: string;
  current_schema_hash: string;
  last_batch_at: string;
  last_staged_at: string | null;
  last_written_at: string | null;
  accepted_rows: string;
  duplicate_rows: string;
  rejected_rows: string;
  rows_per_minute: number;
  staged_rows: string;
  staged_bytes: string;
  /** What is set for the project and for the fleet. */
  policies: { project?: PolicyOverrides; fleet?: PolicyOverrides } | null;
  watermark_epoch: string | null;
  watermark_seq: string | null;
  watermark_batch_seq: string | null;
  failure_count: number;
  last_error: string | null;
  created_at: string;
  updated_at: string;
  mirror_id: string | null;
  causes: { cause: PauseCauseKind; since: string; detail: string }[];
  /** The newest control that the device was to get for this lineage. */
  newest_control: { kind: string; sent_at: string | null; acknowledged_at: string | null } | null;
}

/** The id of the mirror that a lineage's current schema lands in, else of the newest one it is bound to. */
export const mirrorIdOfLineage = (sql: Sql, lineageId: Fragment): Fragment => sql`
  select b.mirror_id from tidegate.column_binding b
  join tidegate.mirror bm on bm.id = b.mirror_id
  join tidegate.lineage bl on bl.id = b.lineage_id
  where b.lineage_id = ${lineageId}
  order by b.schema_hash = bl.current_schema_hash desc, bm.generation desc, bm.created_at desc limit 1`;

/** Long enough to even out a device's flushes; of a lineage that sends more batches, the last ones count. */
const RATE_MINUTES = 15;
const RATE_BATCHES_MAX = 200;

/**
 * New rows a minute since the first batch, in a young lineage, from the newest batches alone: a chatty one has a hundred
 * thousand in the ledger.
 */
const rowsPerMinute = (sql: Sql): Fragment => sql`
  (select coalesce(sum(b.rows - b.duplicates) filter (where b.received_at >= now() - make_interval(mins => ${RATE_MINUTES}::int)), 0)
     / least(${RATE_MINUTES}::float8, greatest(1, extract(epoch from now() - l.created_at)::float8 / 60))
   from (select rows, duplicates, received_at from tidegate.batch_ledger
         where lineage_id = l.id and received_at >= now() - interval '1 day'
         order by id desc limit ${RATE_BATCHES_MAX}) b)::float8`;

/** The columns of `lineageFrom` that a lineage shows. */
export const lineageColumns = (sql: Sql) => sql`
  l.id, l.org_id, l.project_id, l.fleet_id, l.device_id, d.name as device_name, l.source_table,
  l.current_schema_hash, l.last_batch_at, l.last_staged_at, l.last_written_at, l.accepted_rows, l.duplicate_rows,
  l.rejected_rows, l.staged_rows, l.staged_bytes, l.watermark_epoch, l.watermark_seq, l.watermark_batch_seq, l.failure_count, l.last_error,
  l.created_at, l.updated_at, ${rowsPerMinute(sql)} as rows_per_minute,
  (select json_object_agg(y.scope, y.fields) from tidegate.policy y
   where (y.scope = 'project' and y.scope_id = l.project_id) or (y.scope = 'fleet' and y.scope_id = l.fleet_id))
    as policies,
  (${mirrorIdOfLineage(sql, sql`l.id`)}) as mirror_id,
  coalesce((select json_agg(json_build_object('cause', p.cause, 'since', p.since, 'detail', p.detail)
                            order by p.since, p.cause)
            from tidegate.pause_cause p where p.lineage_id = l.id), '[]') as causes,
  (select json_build_object('kind', c.control_kind, 'sent_at', c.sent_at, 'acknowledged_at', c.acknowledged_at)
   from tidegate.control c where c.device_id = l.device_id and c.lineage_id = l.id
     and c.control_kind in ('pause_lineage', 'resume_lineage')
   order by c.created_at desc, c.id desc limit 1) as newest_control`;

export const lineageFrom = (sql: Sql) => sql`tidegate.lineage l join tidegate.device d on d.id = l.device_id`;

/** The contract's shape of a row. */
export function toLineage(row: LineageViewRow): Lineage {
  const caps = stagedCaps(row.policies?.project ?? null, row.policies?.fleet ?? null);
  return {
    id: row.id,
    org_id: row.org_id,
    project_id: row.project_id,
    fleet_id: row.fleet_id,
    device_id: row.device_id,
    device_name: row.device_name,
    source_table: row.source_table,
    status: row.causes.length > 0 ? 'paused' : 'active',
    pause_causes: row.causes.map((cause) => toPauseCause(cause, row.newest_control)),
    staged_row_count: Number(row.staged_rows),
    staged_bytes: Number(row.staged_bytes),
    staged_rows_max: caps.rows,
    staged_bytes_max: caps.bytes,
    accepted_row_count: Number(row.accepted_rows),
    rows_per_minute: row.rows_per_minute,
    duplicate_row_count: Number(row.duplicate_rows),
    rejected_row_count: Number(row.rejected_rows),
    watermark: {
      ...(row.watermark_epoch === null ? {} : { journal_epoch: row.watermark_epoch }),
      ...(row.watermark_seq === null ? {} : { commit_seq: row.watermark_seq }),
      ...(row.watermark_batch_seq === null ? {} : { batch_seq: row.watermark_batch_seq }),
    },
    last_batch_at: rfc3339(row.last_batch_at),
    last_staged_at: rfc3339OrNull(row.last_staged_at),
    last_written_at: rfc3339OrNull(row.last_written_at),
    current_schema_hash: row.current_schema_hash,
    mirror_id: row.mirror_id,
    materialization_failure_count: row.failure_count,
    materialization_last_error: row.last_error,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  };
}

/** A schema review alone pauses no device; for the other causes the newest control tells how far it got. */
function toPauseCause(
  { cause, since, detail }: LineageViewRow['causes'][number],
  control: LineageViewRow['newest_control'],
): z.infer<typeof pauseCause> {
  const pause = cause !== 'schema_review' && control?.kind === 'pause_lineage' ? control : null;
  return {
    cause,
    since: rfc3339(since),
    detail,
    device_told: pause !== null && pause.sent_at !== null,
    acknowledged_at: rfc3339OrNull(pause?.acknowledged_at ?? null),
  };
}
