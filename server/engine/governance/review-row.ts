import type { ColumnAction, SchemaChangeReason, SchemaReview } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import type { Classification, ReviewStatus } from '@/server/db/schema/governance';
import { coalescingModeOf } from '../policy/coalescing-mode';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';

export interface ReviewRow {
  id: string;
  lineage_id: string;
  device_id: string;
  device_name: string;
  fleet_id: string;
  source_table: string;
  schema_hash: string;
  classification: Classification;
  verified: boolean;
  reasons: SchemaChangeReason[];
  status: ReviewStatus;
  action_version: number;
  claimed_by: string | null;
  claimed_by_name: string | null;
  claimed_at: string | null;
  staged_rows: string;
  same_columns_as: SchemaReview['same_columns_as'];
  column_actions: ColumnAction[] | null;
  reason: string | null;
  use_registry_review_id: string | null;
  superseded_by: string | null;
  decided_at: string | null;
  created_at: string;
  updated_at: string;
}

/** The columns of `reviewFrom` that a review shows. */
export const reviewColumns = (sql: Sql) => sql`
  r.id, r.lineage_id, r.device_id, d.name as device_name, r.fleet_id, r.source_table, r.schema_hash,
  r.classification, v.verified, r.reasons, r.status, r.action_version, r.claimed_by,
  u.name as claimed_by_name, r.claimed_at, v.staged_rows, r.column_actions, r.reason, r.decided_at,
  r.superseded_by, ${registryReviewInstead(sql)} as use_registry_review_id, r.created_at, r.updated_at,
  coalesce((select json_agg(json_build_object('schema_hash', o.schema_hash, 'verified', o.verified,
      'status', o.status, 'review_id', (select n.id from tidegate.schema_review n
        where n.schema_version_id = o.id order by n.created_at desc, n.id desc limit 1))
      order by o.first_seen_at, o.id)
    from tidegate.schema_version o
    where o.lineage_id = r.lineage_id and o.columns_hash = v.columns_hash and o.id <> v.id), '[]') as same_columns_as`;

/** The open registry review of the same schema in the scope that is in force for the review `r`'s device. */
export const registryReviewInstead = (sql: Sql) => sql`
  case when r.status in ('queued', 'in_review') then (
    select q.id from tidegate.registry_review q
    where q.source_table = r.source_table and q.schema_hash = r.schema_hash and q.project_id = r.project_id
      and q.status in ('queued', 'in_review') and (q.scope = 'project' or q.scope_id = r.fleet_id)
      and q.scope = ${coalescingModeOf(sql, sql`r.fleet_id`, sql`r.project_id`)}
    limit 1) end`;

export const reviewFrom = (sql: Sql) => sql`
  tidegate.schema_review r
  join tidegate.device d on d.id = r.device_id
  join tidegate.schema_version v on v.id = r.schema_version_id
  left join tidegate.app_user u on u.id = r.claimed_by`;

/** The contract's shape of a row. */
export const toSchemaReview = (row: ReviewRow): SchemaReview => ({
  id: row.id,
  lineage_id: row.lineage_id,
  device_id: row.device_id,
  device_name: row.device_name,
  fleet_id: row.fleet_id,
  source_table: row.source_table,
  schema_hash: row.schema_hash,
  classification: row.classification,
  verified: row.verified,
  reasons: row.reasons,
  status: row.status,
  action_version: row.action_version,
  claimed_by: row.claimed_by,
  claimed_by_name: row.claimed_by_name,
  claimed_at: rfc3339OrNull(row.claimed_at),
  staged_row_count: Number(row.staged_rows),
  same_columns_as: row.same_columns_as,
  column_actions: row.column_actions,
  reason: row.reason,
  use_registry_review_id: row.use_registry_review_id,
  superseded_by: row.superseded_by,
  decided_at: rfc3339OrNull(row.decided_at),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
