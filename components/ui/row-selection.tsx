'use client';
// Rows that are picked out of a list, by pointer and by keys: `s` picks the row that has the focus, Shift with j or k
// picks on the way. What is picked is kept by the page, which also knows what can be done with it. The boxes are the
// browser's own: a list has fifty.
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

interface BoxProps {
  label: string;
  checked: boolean;
  /** Some of what it stands for is picked, and some is not. */
  mixed?: boolean;
  off?: boolean;
  whyNot: string | undefined;
  onPick: (picked: boolean) => void;
}

function Box({ label, checked, mixed = false, off = false, whyNot, onPick }: BoxProps) {
  return (
    <input
      // No attribute says it.
      ref={(box) => {
        if (box !== null) box.indeterminate = mixed;
      }}
      type="checkbox"
      className={classes.box}
      aria-label={label}
      checked={checked}
      disabled={off || whyNot !== undefined}
      title={whyNot}
      onChange={(event) => onPick(event.currentTarget.checked)}
    />
  );
}

/** Picks every row of the page. */
export function SelectPage({ selection, keys }: { selection: RowSelection; keys: readonly string[] }) {
  const picked = keys.filter((key) => selection.has(key)).length;
  return (
    <Box
      label="Select every row of this page"
      checked={picked > 0 && picked === keys.length}
      mixed={picked > 0 && picked < keys.length}
      off={keys.length === 0}
      whyNot={selection.whyNot}
      onPick={(isPicked) => selection.set(keys, isPicked)}
    />
  );
}

/** Picks one row. */
export function SelectRow({ selection, id, name }: { selection: RowSelection; id: string; name: string }) {
  return (
    <Box
      label={`Select ${name}`}
      checked={selection.has(id)}
      whyNot={selection.whyNot}
      onPick={(isPicked) => selection.set([id], isPicked)}
    />
  );
}
