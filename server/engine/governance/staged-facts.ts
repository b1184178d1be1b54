// Counts over the staged rows of a schema, without a value in them: how many are NULL in a column, and how many its
// mirror column could not take. At a bounded cost: a page that asks must not read a backlog of a million rows.
import type { ReviewFacts } from '@/server/contract/review-facts';
import type { Db } from '@/server/db/client';
import { parseExactJson, type JsonObject } from '@/server/protocol/exact-json';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeCell } from '../mirror/cell';
import { mirrorTypeOf } from '../mirror/plan-mirror';

/** Up to here every row is looked at; above it, half of so many from each end. */
export const EXAMINED_ROWS_MAX = 10_000;
/** Of each end, so that a few thousand rows of a megabyte each are not read either. */
const EXAMINED_BYTES_PER_END = 16 * 1024 * 1024;

export type StagedFacts = Pick<ReviewFacts, 'examined_rows' | 'estimated' | 'columns'>;

/** Counts per column over the staged rows of a hash. */
export async function stagedFacts(
  db: Db,
  { lineageId, schemaHash }: { lineageId: string; schemaHash: string },
  columns: readonly SchemaColumn[],
  rowsMax: number = EXAMINED_ROWS_MAX,
): Promise<StagedFacts> {
  const { rows, estimated } = await examinedRows(db, lineageId, schemaHash, rowsMax);
  return {
    examined_rows: rows.length,
    estimated,
    columns: columns.map((column) => columnFactsOf(rows, column)),
  };
}

async function examinedRows(
  { sql }: Db,
  lineageId: string,
  schemaHash: string,
  rowsMax: number,
): Promise<{ rows: JsonObject[]; estimated: boolean }> {
  const half = Math.ceil(rowsMax / 2);
  const found = await sql<{ row: string; more: boolean }[]>`
    with head as materialized (
      select epoch_ordinal, commit_seq, pk_hash, "row",
        sum(octet_length("row")) over (order by epoch_ordinal, commit_seq, pk_hash) as bytes
      from (select epoch_ordinal, commit_seq, pk_hash, "row" from tidegate.staged_row
            where lineage_id = ${lineageId} and schema_hash = ${schemaHash} and "row" is not null
            order by epoch_ordinal, commit_seq, pk_hash limit ${half}) h),
    tail as materialized (
      select epoch_ordinal, commit_seq, pk_hash, "row",
        sum(octet_length("row")) over (order by epoch_ordinal desc, commit_seq desc, pk_hash desc) as bytes
      from (select epoch_ordinal, commit_seq, pk_hash, "row" from tidegate.staged_row
            where lineage_id = ${lineageId} and schema_hash = ${schemaHash} and "row" is not null
            order by epoch_ordinal desc, commit_seq desc, pk_hash desc limit ${half}) t),
    taken as (
      select epoch_ordinal, commit_seq, pk_hash, "row" from head where bytes <= ${EXAMINED_BYTES_PER_END}
      union
      select epoch_ordinal, commit_seq, pk_hash, "row" from tail where bytes <= ${EXAMINED_BYTES_PER_END})
    select "row",
      (select count(*) from (select from tidegate.staged_row
         where lineage_id = ${lineageId} and schema_hash = ${schemaHash} and "row" is not null
         limit ${2 * half + 1}) c) > count(*) over () as more
    from taken`;
  return {
    rows: found.flatMap(({ row }) => {
      const value = parseExactJson(row);
      return value !== null && typeof value === 'object' && value.kind === 'object' ? [value] : [];
    }),
    estimated: found[0]?.more ?? false,
  };
}

function columnFactsOf(rows: readonly JsonObject[], column: SchemaColumn): ReviewFacts['columns'][number] {
  const type = mirrorTypeOf(column.decl_type_affinity);
  let nulls = 0;
  let misfits = 0;
  let kind: ReviewFacts['columns'][number]['misfits']['example_kind'] = null;
  for (const row of rows) {
    const value = row.entries.get(column.name) ?? null;
    if (value === null) {
      nulls += 1;
      continue;
    }
    const cell = encodeCell(value, type);
    if (cell.ok) continue;
    misfits += 1;
    kind ??= cell.kind;
  }
  return {
    source_column_name: column.name,
    mirror_type: type,
    nulls: { rows: nulls, of: rows.length },
    misfits: { rows: misfits, of: rows.length, example_kind: kind },
  };
}
