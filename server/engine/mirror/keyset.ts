// Walks a mirror table by its key although the key may hold NULLs, which SQLite allows and row comparison
// skips. NULLs sort after all values going up and before them going down, as Postgres' own indexes do.
// Pure: it makes the text of conditions over quoted names and numbered parameters.

export interface KeysetColumn {
  /** Quoted. */
  identifier: string;
  /** A type of a mirror column, or `uuid`. */
  type: string;
}

/** Where the last page ended: one text per column, null for NULL. */
export type KeysetPosition = readonly (string | null)[];

const parameter = (column: KeysetColumn, number: number): string => `$${number}::text::${column.type}`;

/** The `order by` list. */
export const keysetOrder = (columns: readonly KeysetColumn[], descending: boolean): string =>
  columns.map(({ identifier }) => `${identifier} ${descending ? 'desc' : 'asc'}`).join(', ');

/**
 * Conditions that together hold for exactly the rows after `position`, none for two of them; each one is a
 * range that an index on the columns answers. The values of `position` are parameters from `$first` on.
 */
export function keysetBranches(
  columns: readonly KeysetColumn[],
  position: KeysetPosition,
  descending: boolean,
  first: number,
): string[] {
  return columns.flatMap((column, i) => {
    const equal = columns.slice(0, i).map((before, j) => sameColumn(before, position[j] ?? null, first + j));
    return beyond(column, position[i] ?? null, descending, first + i).map((condition) =>
      [...equal, condition].join(' and '),
    );
  });
}

const sameColumn = (column: KeysetColumn, value: string | null, number: number): string =>
  value === null ? `${column.identifier} is null` : `${column.identifier} = ${parameter(column, number)}`;

function beyond(column: KeysetColumn, value: string | null, descending: boolean, number: number): string[] {
  const { identifier } = column;
  if (value === null) return descending ? [`${identifier} is not null`] : [];
  if (descending) return [`${identifier} < ${parameter(column, number)}`];
  return [`${identifier} > ${parameter(column, number)}`, `${identifier} is null`];
}

/** The condition that holds for the rows at `position`; it may be the left part of a key. */
export const keysetSame = (
  columns: readonly KeysetColumn[],
  position: KeysetPosition,
  first: number,
): string =>
  columns.map((column, i) => sameColumn(column, position[i] ?? null, first + i)).join(' and ') || 'true';
