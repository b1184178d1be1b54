// Which staged rows are meant, and what is read of each. A staged row is text as received: a condition on a column
// reads that text, which no index does, so whoever asks has to bound the work.
import type { Fragment } from 'postgres';
import type { ListStagedRowsInput } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { Refusal } from '../errors/errors';
import type { ListOrder } from '../paging/list-page';
import type { Key } from '../paging/bookmarks';
import { parseConditions, type CheckedCondition } from '../paging/row-conditions';

export type StagedFilter = Pick<ListStagedRowsInput, 'staging_reason' | 'schema_hash' | 'op' | 'where'>;

/** What `toStagedRow` needs of `tidegate.staged_row s`. */
export const stagedColumns = (sql: Sql, sourceTable: string): Fragment => sql`
  s.epoch_ordinal, s.commit_seq, encode(s.pk_hash, 'hex') as pk_hash,
  ${sourceTable}::text as source_table, s.schema_hash, s.journal_epoch, s.event_ts, s.op, s.pk, s."row",
  s.staging_reason, s.error, s.received_at,
  array(select c ->> 'name' from tidegate.schema_version v
          cross join lateral jsonb_array_elements(coalesce(v.columns, '[]')) as c
        where v.lineage_id = s.lineage_id and v.schema_hash = s.schema_hash
          and c ->> 'decl_type_affinity' = 'NUMERIC') as numeric_columns`;

/** The conditions, the lineage's own among them. */
export const stagedConditions = (sql: Sql, lineageId: string, filter: StagedFilter): Fragment[] => [
  sql`s.lineage_id = ${lineageId}`,
  ...(filter.staging_reason === undefined ? [] : [sql`s.staging_reason = ${filter.staging_reason}`]),
  ...(filter.schema_hash === undefined ? [] : [sql`s.schema_hash = ${filter.schema_hash}`]),
  ...(filter.op === undefined ? [] : [sql`s.op = ${filter.op}`]),
  ...parseConditions(filter.where).map((condition) => conditionOf(sql, condition)),
];

/** True where every staged row of the lineage is meant: the lineage has counted them. */
export const isUnfiltered = ({ staging_reason, schema_hash, op, where }: StagedFilter): boolean =>
  [staging_reason, schema_hash, op].every((filter) => filter === undefined) &&
  parseConditions(where).length === 0;

// A text that Postgres cannot make of JSON, U+0000 or half a surrogate pair, would fail the whole query.
const UNREADABLE = '\\\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})';
const REPLACEMENT = '\\\\ufffd';
const NUMBER = '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?$';
const IS_NUMBER = new RegExp(NUMBER);

function conditionOf(sql: Sql, { column, op, value }: CheckedCondition): Fragment {
  const text = sql`(regexp_replace(coalesce(s."row", s.pk), ${UNREADABLE}, ${REPLACEMENT}, 'g')::json ->> ${column}::text)`;
  if (op === 'is_null') return sql`${text} is null`;
  if (op === 'not_null') return sql`${text} is not null`;
  if (op === 'contains') return sql`strpos(${text}, ${value}::text) > 0`;
  if (op === 'starts_with') return sql`starts_with(${text}, ${value}::text)`;
  // A number is compared by its value, however it was written; anything else as text.
  const [left, right] = IS_NUMBER.test(value ?? '')
    ? [sql`(case when ${text} ~ ${NUMBER} then ${text}::numeric end)`, sql`${value}::text::numeric`]
    : [text, sql`${value}::text`];
  const sign = { eq: '=', ne: 'is distinct from', lt: '<', lte: '<=', gt: '>', gte: '>=' }[op];
  return sql`${left} ${sql.unsafe(sign)} ${right}`;
}

/** Version order: the order of a replay, and the primary key's. */
export const stagedOrder = (sql: Sql, sort: ListStagedRowsInput['sort']): ListOrder => ({
  name: sort === 'commit_seq' ? 'version' : '-version',
  descending: sort === '-commit_seq',
  keys: [
    { expression: sql`s.epoch_ordinal`, type: 'bigint' },
    { expression: sql`s.commit_seq`, type: 'bigint' },
    { expression: sql`s.pk_hash`, type: 'bytea' },
  ],
});

const PLACE = /^(?:(-?\d{1,18})-)?(\d{1,18})(?:-([0-9a-f]{2,128}))?$/;

/** Where `seek` points: a commit seq of the newest epoch that is staged, or a row's id. */
export async function soughtPlace(sql: Sql, lineageId: string, seek: string): Promise<Key> {
  const place = PLACE.exec(seek.trim());
  if (place === null) {
    throw new Refusal(
      400,
      'invalid_parameter',
      '"seek" is a commit seq, as 1042, or the id of a staged row.',
    );
  }
  const [, ordinal, commitSeq = '0', hash] = place;
  if (ordinal !== undefined && hash !== undefined) return [ordinal, commitSeq, hash];
  if (ordinal !== undefined) return [ordinal, commitSeq];
  const [newest] = await sql<{ ordinal: string }[]>`
    select epoch_ordinal::text as ordinal from tidegate.staged_row where lineage_id = ${lineageId}
    order by epoch_ordinal desc limit 1`;
  return [newest?.ordinal ?? '0', commitSeq];
}
