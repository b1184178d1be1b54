// Where a device sent only a hash, the review shows the columns that its staged rows have. They are a guess
// and are called one: types from values, the key from `pk`, nothing known to be NOT NULL.
import type { Affinity, SchemaColumn } from '@/server/protocol/fingerprint';
import { parseExactJson, type JsonObject, type JsonValue } from '@/server/protocol/exact-json';
import type { Db } from '@/server/db/client';

const SAMPLE_ROWS = 1000;

function affinityOfValue(value: JsonValue): Affinity | null {
  if (value === null) return null;
  if (typeof value === 'object' && value.kind === 'number')
    return /[.eE]/.test(value.text) ? 'REAL' : 'INTEGER';
  return 'TEXT';
}

/** INTEGER and REAL together are REAL; anything together with text is text. */
function widest(a: Affinity | null, b: Affinity | null): Affinity | null {
  if (a === null || b === null || a === b) return a ?? b;
  return a === 'TEXT' || b === 'TEXT' ? 'TEXT' : 'REAL';
}

const objectOf = (text: string): JsonObject => {
  const value = parseExactJson(text);
  if (value === null || typeof value !== 'object' || value.kind !== 'object')
    throw new Error('a staged row is no object');
  return value;
};

/** The columns that up to 1,000 staged rows of a hash have, in order of first appearance. */
export async function inferColumns(db: Db, lineageId: string, schemaHash: string): Promise<SchemaColumn[]> {
  const rows = await db.sql<{ pk: string; row: string | null }[]>`
    select pk, "row" from tidegate.staged_row
    where lineage_id = ${lineageId} and schema_hash = ${schemaHash}
    order by epoch_ordinal, commit_seq, pk_hash limit ${SAMPLE_ROWS}`;
  const affinity = new Map<string, Affinity | null>();
  const key = new Map<string, number>();
  for (const { pk, row } of rows) {
    for (const name of objectOf(pk).entries.keys()) if (!key.has(name)) key.set(name, key.size + 1);
    for (const [name, value] of objectOf(row ?? pk).entries) {
      affinity.set(name, widest(affinity.get(name) ?? null, affinityOfValue(value)));
    }
  }
  return [...affinity].map(([name, seen]) => ({
    name,
    decl_type_affinity: seen ?? 'TEXT',
    pk_ordinal: key.get(name) ?? 0,
    not_null: false,
  }));
}
