'use client';
// Completes an approval that left columns out. What is mirrored already is not shown: it cannot change.
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReviewDetail } from '@/server/contract/governance';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import classes from './approve-dialog.module.css';
import { leavesHeld, leftOut, withAction, type ActionKind, type Decision } from './decision';

interface Props {
  detail: ReviewDetail;
  busy: boolean;
  onConfirm: (amended: Decision) => void;
  onClose: () => void;
}

const CHOICES: readonly { value: ActionKind; label: string }[] = [
  { value: 'mirror', label: 'Mirror' },
  { value: 'ignore', label: 'Ignore' },
  { value: 'defer', label: 'Defer' },
];

function Consequences({ before, after }: { before: Decision; after: Decision }) {
  const mirrored = (was: ActionKind) =>
    before
      .filter((a) => a.action === was)
      .map((a) => a.source_column_name)
      .filter((name) => after.some((a) => a.source_column_name === name && a.action === 'mirror'));
  const [filled, late] = [mirrored('defer'), mirrored('ignore')];
  return (
    <ul className={classes.list}>
      {filled.length === 0 ? null : (
        <li>
          <code>{filled.join(', ')}</code>: the mirror gains the column, and what was kept since the approval
          is written into the rows that still have the same version.
        </li>
      )}
      {late.length === 0 ? null : (
        <li>
          <code>{late.join(', ')}</code>: the mirror gains the column. Its values were not kept: rows from
          before this amend stay NULL there until the device sends them again.
        </li>
      )}
      <li>Columns that are mirrored stay as they are.</li>
    </ul>
  );
}

/** One choice per column that was deferred or ignored. */
export function AmendDialog({ detail, busy, onConfirm, onClose }: Props) {
  const before = detail.column_actions ?? [];
  const [decision, setDecision] = useState<Decision>(before);
  const changed = decision.some((a, i) => a.action !== before[i]?.action);
  return (
    <ConfirmDialog
      opened
      title={`Amend the approval of ${detail.source_table} of ${detail.device_name}?`}
      confirmLabel="Amend approval"
      busy={busy}
      disabled={!changed}
      onConfirm={() => onConfirm(decision)}
      onClose={onClose}
    >
      {leftOut(before).map(({ source_column_name: name }) => (
        <NativeSelect
          key={name}
          label={name}
          value={decision.find((a) => a.source_column_name === name)?.action ?? 'ignore'}
          data={CHOICES.map((choice) => ({ ...choice }))}
          onChange={(event) =>
            setDecision(withAction(decision, name, event.currentTarget.value as ActionKind))
          }
        />
      ))}
      <Consequences before={before} after={decision} />
      {leavesHeld(detail.columns, decision) ? (
        <p className={classes.refused} role="alert">
          A required column is still deferred: the lineage stays paused.
        </p>
      ) : null}
    </ConfirmDialog>
  );
}
