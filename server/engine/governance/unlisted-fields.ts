// Columns that do not hash to their hash are a claim. The rows can contradict it: a field that the claim does not
// name would be dropped without anybody having decided it.
import type { Db } from '@/server/db/client';
import { sampleRows } from './sample-values';
import type { VersionRow } from './locked-review';

/** Fields of a sample of staged rows that the version's columns do not name; of a verified version none are looked for. */
export async function unlistedFields(
  db: Db,
  lineageId: string,
  { verified, columns, schemaHash }: Pick<VersionRow, 'verified' | 'columns' | 'schemaHash'>,
): Promise<string[]> {
  if (verified || columns === null) return [];
  const named = new Set(columns.map((c) => c.name));
  const rows = await sampleRows(db, lineageId, schemaHash);
  return [...new Set(rows.flatMap((row) => [...row.entries.keys()]))].filter((name) => !named.has(name));
}
