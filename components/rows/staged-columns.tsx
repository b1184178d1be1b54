// The columns of staged rows: what the platform knows of a change, then what the device sent.
import { useMemo } from 'react';
import type { StagedRow } from '@/server/contract/rows';
import { TimeAgo } from '@/components/ui/time';
import { looksNumeric } from './cell-text';
import type { GridColumn } from './grid-model';
import classes from './rows-page.module.css';
import { REASON } from './rows-search';

const platform: readonly GridColumn<StagedRow>[] = [
  {
    id: 'commit seq',
    header: 'Commit seq',
    width: 112,
    align: 'end',
    sortKey: 'commit_seq',
    draw: (row) => row.commit_seq ?? row.event_ts ?? '–',
  },
  { id: 'op', header: 'Op', width: 70, draw: (row) => row.op },
  { id: 'reason', header: 'Reason', width: 160, draw: (row) => REASON[row.staging_reason] },
  {
    id: 'error',
    header: 'Error',
    width: 220,
    draw: (row) =>
      row.error === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <span className={classes.error} title={row.error}>
          {row.error}
        </span>
      ),
  },
  { id: 'received', header: 'Received', width: 110, draw: (row) => <TimeAgo at={row.received_at} /> },
];

const valueOf = (row: StagedRow, name: string) => row.row?.[name] ?? row.pk[name];

/** So many rows tell whether a column is one of numbers. */
const LOOKED_AT = 200;

const valueColumn = (name: string, isNumeric: boolean): GridColumn<StagedRow> => ({
  id: `column ${name}`,
  header: name,
  width: 140,
  ...(isNumeric ? { align: 'end' as const } : {}),
  value: (row) => (row.row === null && !(name in row.pk) ? undefined : (valueOf(row, name) ?? null)),
});

interface Shape {
  anyError: boolean;
  /** Names, and whether they are of numbers, which line up at their right: where all that is looked at of them are. */
  values: [string, boolean][];
}

function shapeOf(rows: readonly StagedRow[], known: readonly string[]): Shape {
  const names = new Set(known);
  for (const { pk, row } of rows) {
    for (const name in pk) names.add(name);
    for (const name in row) names.add(name);
  }
  const some = rows.slice(0, LOOKED_AT);
  return {
    anyError: rows.some(({ error }) => error !== null),
    values: [...names].map((name) => [name, looksNumeric(some.map((row) => valueOf(row, name)))]),
  };
}

/**
 * The columns that can be shown: those that `known` names first, then what else the rows have. The same ones while
 * they are the same, however many rows come: with other columns every row is drawn again.
 */
export function useStagedColumns(
  rows: readonly StagedRow[],
  known: readonly string[],
): readonly GridColumn<StagedRow>[] {
  const shape = useMemo(() => JSON.stringify(shapeOf(rows, known)), [rows, known]);
  return useMemo(() => {
    const { anyError, values } = JSON.parse(shape) as Shape;
    return [
      ...platform.filter(({ id }) => id !== 'error' || anyError),
      ...values.map(([name, isNumeric]) => valueColumn(name, isNumeric)),
    ];
  }, [shape]);
}
