// Failed rows are grouped by schema, column and kind of error: a fault of one device makes one group of a
// thousand rows, and a person decides it once. What can be done with a group follows from these three alone.
import { createHash } from 'node:crypto';
import { REMEDIES, type FailureGroup, type Remedy } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import type { SchemaColumn } from '@/server/protocol/fingerprint';

export interface GroupRow {
  schema_hash: string;
  error_column: string | null;
  error_kind: FailureGroup['kind'];
  rows: number;
  commit_seq: string;
  pk: string;
  error: string;
  columns: SchemaColumn[] | null;
}

const GROUP_ID_CHARS = 16;
const NO_TEXT_EITHER = new Set<FailureGroup['kind']>(['nul_character', 'invalid_unicode', 'not_text']);

/** The same for the same schema, column and kind, on every read. */
export const groupId = ({
  schema_hash,
  error_column,
  error_kind,
}: Pick<GroupRow, 'schema_hash' | 'error_column' | 'error_kind'>): string =>
  createHash('sha256')
    .update(JSON.stringify([schema_hash, error_column, error_kind]))
    .digest('hex')
    .slice(0, GROUP_ID_CHARS);

/** The groups of a lineage's failed rows, the largest first, each with its oldest row. */
export const readGroups = (sql: Sql, lineageId: string): Promise<GroupRow[]> => sql<GroupRow[]>`
  select g.*, e.commit_seq, e.pk, e.error, v.columns
  from (
    select schema_hash, error_column, error_kind, count(*)::int as rows
    from tidegate.staged_row
    where lineage_id = ${lineageId} and staging_reason = 'materialization_failed'
    group by schema_hash, error_column, error_kind
  ) g
  join tidegate.schema_version v on v.lineage_id = ${lineageId} and v.schema_hash = g.schema_hash
  join lateral (
    select s.commit_seq, s.pk, coalesce(s.error, '') as error from tidegate.staged_row s
    where s.lineage_id = ${lineageId} and s.staging_reason = 'materialization_failed'
      and s.schema_hash = g.schema_hash and s.error_column is not distinct from g.error_column
      and s.error_kind is not distinct from g.error_kind
    order by s.epoch_ordinal, s.commit_seq, s.pk_hash limit 1
  ) e on true
  order by g.rows desc, g.schema_hash, g.error_column, g.error_kind`;

/** Why `remedy` cannot be taken for a group; null where it can. */
export function whyRefused(group: Omit<GroupRow, 'rows'>, remedy: Remedy): string | null {
  const { error_column: column, error_kind: kind } = group;
  if (remedy === 'as_is') return null;
  if (column === null) return 'No single column is at fault: mend the cause, then send the rows as they are.';
  const isKey = group.columns?.some((c) => c.name === column && c.pk_ordinal > 0) ?? false;
  if (isKey) return `"${column}" is part of the key: without its value the row cannot be told apart.`;
  if (remedy === 'null_value') return null;
  if (kind === 'missing_value')
    return `"${column}" was not received at all: there is nothing to write as text.`;
  if (kind !== null && NO_TEXT_EITHER.has(kind)) return 'A Postgres text cannot hold this value either.';
  return null;
}

/** The contract's shape of a group. */
export const toFailureGroup = (group: GroupRow, mayReadRows: boolean): FailureGroup => ({
  id: groupId(group),
  schema_hash: group.schema_hash,
  column: group.error_column,
  kind: group.error_kind,
  rows: group.rows,
  example: mayReadRows ? { commit_seq: group.commit_seq, pk: group.pk, error: group.error } : null,
  remedies: REMEDIES.map((remedy) => ({ remedy, refused: whyRefused(group, remedy) })),
});
