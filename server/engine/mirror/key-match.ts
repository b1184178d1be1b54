// How a statement that goes by key finds its mirror rows. The key may hold NULLs, and `=` alone would not
// find one: rows are grouped by which of their key columns are NULL.
import { quoteIdentifier } from '@/server/db/identifier';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { groupBy } from '@/server/lib/group-by';
import type { MirrorTarget, PreparedWrite } from './prepare-writes';

/** `, c3 bigint`: how json_to_recordset reads the cells. The source name never appears. */
const recordColumns = (columns: readonly { i: number; type: MirrorType }[]): string =>
  columns.map((c) => `, c${c.i} ${c.type}`).join('');

/** The JSON array that travels as one parameter. */
export const rowsParameter = (writes: readonly Pick<PreparedWrite, 'json'>[]): string =>
  `[${writes.map((w) => w.json).join(',')}]`;

/**
 * The rows of a statement that goes by key, and how it finds them in the mirror `m`: the array is `$1`, the
 * device `$2`. `more` are further fields of the records, with their types.
 */
export function byKey(
  target: Pick<MirrorTarget, 'columns'>,
  nullKeys: readonly number[],
  more = '',
): { record: string; match: string } {
  const key = target.columns.flatMap((c, i) => (c.keyOrdinal > 0 ? [{ ...c, i }] : []));
  // `=` alone would not find a NULL, and `is not distinct from` uses no index.
  const match = key.map(({ name, i }) =>
    nullKeys.includes(i)
      ? ` and m.${quoteIdentifier(name)} is null`
      : ` and m.${quoteIdentifier(name)} = r.c${i}`,
  );
  return {
    record: `json_to_recordset($1::text::json) as r(k bytea, e bigint, s bigint${recordColumns(key)}${more})`,
    match: `m.device_id = $2::uuid${match.join('')}`,
  };
}

/** Writes by which of their key columns are NULL: each needs a statement of its own. */
export const byNullKeys = <W extends Pick<PreparedWrite, 'nullKeys'>>(writes: readonly W[]): W[][] => [
  ...groupBy(writes, (w) => w.nullKeys.join(',')).values(),
];
