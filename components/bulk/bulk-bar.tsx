'use client';
// What is picked, and what can be done with it. Stands above a list while anything is picked in it.
import { Button } from '@mantine/core';
import { ActionButton } from '@/components/ui/action-button';
import { formatCount, formatCounted } from '@/components/ui/format';
import classes from './bulk-bar.module.css';
import type { Selection } from './use-selection';

export interface BulkChoice {
  label: string;
  hotkey?: string;
  run: () => void;
  disabledReason?: string | undefined;
}

interface Props {
  selection: Selection;
  /** How many the list's filters find; `estimated` where that is not counted exactly. */
  total: number;
  estimated?: boolean;
  /** What the rows are: `review`. */
  what: string;
  choices: readonly BulkChoice[];
  busy: boolean;
}

/** Why nothing else is done with what is picked meanwhile. */
export const COUNTING = 'The set is being counted.';

/** True where something is picked. */
export const isPicked = ({ ids, isAll }: Selection): boolean => isAll || ids.length > 0;

/** Nothing where nothing is picked. */
export function BulkBar({ selection, total, estimated = false, what, choices, busy }: Props) {
  if (!isPicked(selection)) return null;
  const { ids, isAll } = selection;
  const all = `${estimated ? 'about ' : ''}${formatCounted(total, what)}`;
  return (
    <div className={classes.bar} role="group" aria-label="Selection">
      <span className={classes.count} role="status">
        {isAll ? `All ${all} that match` : `${formatCount(ids.length)} selected`}
      </span>
      {!isAll && total > ids.length ? (
        <Button variant="subtle" onClick={selection.selectAll}>
          Select all {all} that match
        </Button>
      ) : null}
      <Button variant="subtle" color="gray" onClick={selection.clear}>
        Clear selection
      </Button>
      <div className={classes.choices}>
        {choices.map((choice) => (
          <ActionButton
            key={choice.label}
            variant="default"
            {...(choice.hotkey === undefined ? {} : { hotkey: choice.hotkey })}
            disabledReason={choice.disabledReason ?? (busy ? COUNTING : undefined)}
            onClick={choice.run}
          >
            {choice.label}
          </ActionButton>
        ))}
      </div>
    </div>
  );
}
