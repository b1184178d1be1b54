// The lines of a review: every column of the new schema and every one that is gone, riskiest first. Whoever
// reads only the first lines must have read what can do harm. Pure.
import type { ReviewColumn, ReviewDetail } from '@/server/contract/governance';

type SchemaColumn = ReviewDetail['removed_columns'][number];

export type ColumnChange =
  | 'key_changed'
  | 'removed'
  | 'type_changed'
  | 'added_not_null'
  | 'nullability_changed'
  | 'added'
  | 'first'
  | 'unchanged';

export type ColumnLine =
  | { kind: 'column'; name: string; change: ColumnChange; column: ReviewColumn }
  | { kind: 'removed'; name: string; change: 'removed'; column: SchemaColumn };

const RISK: readonly ColumnChange[] = [
  'key_changed',
  'removed',
  'type_changed',
  'added_not_null',
  'nullability_changed',
  'added',
  'first',
  'unchanged',
];

/** What happened to one column; `isFirst` where the table has no approved schema to compare with. */
export function changeOf(column: ReviewColumn, isFirst: boolean): ColumnChange {
  const { before } = column;
  if (before === null) {
    if (isFirst) return 'first';
    if (column.pk_ordinal > 0) return 'key_changed';
    return column.not_null ? 'added_not_null' : 'added';
  }
  if (before.pk_ordinal !== column.pk_ordinal) return 'key_changed';
  if (before.decl_type_affinity !== column.decl_type_affinity) return 'type_changed';
  return before.not_null === column.not_null ? 'unchanged' : 'nullability_changed';
}

type Misfits = ReadonlyMap<string, number>;

function compare(a: ColumnLine, b: ColumnLine, counted: Misfits): number {
  const misfits = (line: ColumnLine) =>
    line.kind === 'column' ? (counted.get(line.name) ?? line.column.misfit_rows) : 0;
  const byMisfit = Number(misfits(b) > 0) - Number(misfits(a) > 0);
  const byRisk = RISK.indexOf(a.change) - RISK.indexOf(b.change);
  if (byMisfit !== 0) return byMisfit;
  if (byRisk !== 0) return byRisk;
  // The key, in its order, before the rest, in the table's.
  const ordinal = (line: ColumnLine) => line.column.pk_ordinal || Number.MAX_SAFE_INTEGER;
  return ordinal(a) - ordinal(b);
}

/**
 * Every line of `detail`: values that do not fit first, then by what the change can break. `counted` has how many do
 * not fit of everything that waits, where that is known.
 */
export function columnLines(
  detail: Pick<ReviewDetail, 'columns' | 'removed_columns'>,
  counted: Misfits = new Map(),
): ColumnLine[] {
  const isFirst = detail.removed_columns.length === 0 && detail.columns.every((c) => c.before === null);
  const lines: ColumnLine[] = [
    ...detail.columns.map((column): ColumnLine => ({
      kind: 'column',
      name: column.name,
      change: changeOf(column, isFirst),
      column,
    })),
    ...detail.removed_columns.map((column): ColumnLine => ({
      kind: 'removed',
      name: column.name,
      change: 'removed',
      column,
    })),
  ];
  return lines.sort((a, b) => compare(a, b, counted));
}
