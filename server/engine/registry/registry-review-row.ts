// A registry review in the shape that every caller sees. Who waits is counted from the lineages themselves.
import type { ColumnAction, SchemaChangeReason } from '@/server/contract/governance';
import type { RegistryReview } from '@/server/contract/registry';
import type { Sql } from '@/server/db/client';
import type { Classification, ReviewStatus } from '@/server/db/schema/governance';
import type { RegistryScopeKind } from '@/server/db/schema/registry';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { scopeName } from './registry-scope';

export interface RegistryReviewView {
  id: string;
  registry_id: string;
  scope: RegistryScopeKind;
  scope_id: string;
  scope_name: string;
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
  waiting_lineages: string;
  staged_rows: string;
  column_actions: ColumnAction[] | null;
  reason: string | null;
  decided_at: string | null;
  created_at: string;
  updated_at: string;
}

/** The columns of `registryReviewFrom` that a review shows. */
export const registryReviewColumns = (sql: Sql) => sql`
  r.id, r.registry_id, r.scope, r.scope_id, ${scopeName(sql)} as scope_name, r.source_table, r.schema_hash, r.classification, e.verified,
  r.reasons, r.status, r.action_version, r.claimed_by, u.name as claimed_by_name, r.claimed_at,
  w.lineages as waiting_lineages, w.staged_rows, r.column_actions, r.reason, r.decided_at, r.created_at,
  r.updated_at`;

export const registryReviewFrom = (sql: Sql) => sql`
  tidegate.registry_review r
  join tidegate.registry_entry e on e.id = r.registry_id
  left join tidegate.app_user u on u.id = r.claimed_by
  cross join lateral (
    select count(*) as lineages, coalesce(sum(v.staged_rows), 0) as staged_rows
    from tidegate.schema_version v
    where v.registry_entry_id = r.registry_id and v.status in ('pending', 'rejected')
      and r.status in ('queued', 'in_review', 'rejected')) w`;

/** The contract's shape of a row. */
export const toRegistryReview = ({ staged_rows, ...row }: RegistryReviewView): RegistryReview => ({
  ...row,
  waiting_lineages: Number(row.waiting_lineages),
  staged_row_count: Number(staged_rows),
  claimed_at: rfc3339OrNull(row.claimed_at),
  decided_at: rfc3339OrNull(row.decided_at),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});

/** A review by its id, whose scope the caller has checked. */
export async function readRegistryReview({ db: { sql } }: Ctx, reviewId: string): Promise<RegistryReview> {
  const [row] = await sql<RegistryReviewView[]>`
    select ${registryReviewColumns(sql)} from ${registryReviewFrom(sql)} where r.id = ${reviewId}`;
  if (row === undefined) throw notFound('registry review', reviewId);
  return toRegistryReview(row);
}
