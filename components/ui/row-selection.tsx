'use client';
// Rows that are picked out of a list, by pointer and by keys: `s` picks the row that has the focus, Shift with j or k
// picks on the way. What is picked is kept by the page, which also knows what can be done with it.
import { Checkbox } from '@mantine/core';
import classes from './row-selection.module.css';

export interface RowSelection {
  has: (key: string) => boolean;
  /** Picks the rows, or lets them go. */
  set: (keys: readonly string[], picked: boolean) => void;
  /** Why rows cannot be picked; undefined where they can. */
  whyNot?: string | undefined;
}

const list = { group: 'Lists', movement: true } as const;

/** The keys of a list whose rows can be picked. */
export const SELECT = {
  row: { ...list, keys: ['s'], label: 'Select the row' },
  down: { ...list, keys: ['J'], label: 'Select on, downwards' },
  up: { ...list, keys: ['K'], label: 'Select on, upwards' },
} as const;

/** Picks every row of the page. */
export function SelectPage({ selection, keys }: { selection: RowSelection; keys: readonly string[] }) {
  const picked = keys.filter((key) => selection.has(key)).length;
  return (
    <Checkbox
      className={classes.box ?? ''}
      aria-label="Select every row of this page"
      checked={picked > 0 && picked === keys.length}
      indeterminate={picked > 0 && picked < keys.length}
      disabled={selection.whyNot !== undefined || keys.length === 0}
      title={selection.whyNot}
      onChange={(event) => selection.set(keys, event.currentTarget.checked)}
    />
  );
}

/** Picks one row. */
export function SelectRow({ selection, id, name }: { selection: RowSelection; id: string; name: string }) {
  return (
    <Checkbox
      className={classes.box ?? ''}
      aria-label={`Select ${name}`}
      checked={selection.has(id)}
      disabled={selection.whyNot !== undefined}
      title={selection.whyNot}
      onChange={(event) => selection.set([id], event.currentTarget.checked)}
    />
  );
}
