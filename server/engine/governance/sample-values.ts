// Real received values beside each column of a review: what a reviewer trusts more than a type name. Read
// from both ends of the staged rows, a bounded number, since the page refreshes while rows arrive.
import type { Db } from '@/server/db/client';
import { parseExactJson, stringifyExact, type JsonObject } from '@/server/protocol/exact-json';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeCell } from '../mirror/cell';
import { mirrorTypeOf } from '../mirror/plan-mirror';

const SAMPLE_ROWS_PER_END = 500;
const VALUES_SHOWN = 5;
const VALUE_CHARS_MAX = 200;

export interface ColumnSample {
  /** Distinct values as JSON text, cut to 200 characters. */
  samples: string[];
  sampledRows: number;
  /** 0 to 1. */
  nullShare: number;
  misfitRows: number;
  misfitExample: string | null;
}

/** Up to 1,000 staged rows of a hash, parsed; deletes carry no values and are left out. */
export async function sampleRows(db: Db, lineageId: string, schemaHash: string): Promise<JsonObject[]> {
  const rows = await db.sql<{ row: string }[]>`
    (select "row" from tidegate.staged_row
     where lineage_id = ${lineageId} and schema_hash = ${schemaHash} and "row" is not null
     order by epoch_ordinal, commit_seq, pk_hash limit ${SAMPLE_ROWS_PER_END})
    union
    (select "row" from tidegate.staged_row
     where lineage_id = ${lineageId} and schema_hash = ${schemaHash} and "row" is not null
     order by epoch_ordinal desc, commit_seq desc, pk_hash desc limit ${SAMPLE_ROWS_PER_END})`;
  return rows.flatMap(({ row }) => {
    const value = parseExactJson(row);
    return value !== null && typeof value === 'object' && value.kind === 'object' ? [value] : [];
  });
}

/** What the rows hold in one column, and how many values its mirror column could not take. */
export function sampleColumn(rows: readonly JsonObject[], column: SchemaColumn): ColumnSample {
  const type = mirrorTypeOf(column.decl_type_affinity);
  const shown = new Set<string>();
  let nulls = 0;
  let misfitRows = 0;
  let misfitExample: string | null = null;
  for (const row of rows) {
    const value = row.entries.get(column.name) ?? null;
    if (value === null) {
      nulls += 1;
      continue;
    }
    if (shown.size < VALUES_SHOWN) shown.add(cut(stringifyExact(value)));
    const cell = encodeCell(value, type);
    if (cell.ok) continue;
    misfitRows += 1;
    misfitExample ??= cell.why;
  }
  return {
    samples: [...shown],
    sampledRows: rows.length,
    nullShare: rows.length === 0 ? 0 : nulls / rows.length,
    misfitRows,
    misfitExample,
  };
}

const cut = (text: string): string =>
  text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
