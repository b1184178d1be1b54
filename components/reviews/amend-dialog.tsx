'use client';
// Completes an approval that left columns out. What is mirrored already is not shown: it cannot change.
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReviewColumn, ReviewDetail } from '@/server/contract/governance';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import classes from './approve-dialog.module.css';
import { PointPicker, TimeColumnSelect } from './column-map';
import {
  ACTIONS,
  leavesHeld,
  leftOut,
  problemsOf,
  whyNot,
  withAction,
  type ActionKind,
  type Decision,
  type Mapping,
} from './decision';

interface Props {
  detail: ReviewDetail;
  /** What a column can be mapped to; undefined before it is known. */
  mapping: Mapping | undefined;
  busy: boolean;
  onConfirm: (amended: Decision) => void;
  onClose: () => void;
}

const isMapped = ({ action }: Decision[number]): boolean =>
  action === 'map' || action === 'auto_create_and_map';

function Consequences({ before, after }: { before: Decision; after: Decision }) {
  const mirrored = (was: ActionKind) =>
    before
      .filter((a) => a.action === was)
      .map((a) => a.source_column_name)
      .filter((name) => after.some((a) => a.source_column_name === name && a.action === 'mirror'));
  const [filled, late] = [mirrored('defer'), mirrored('ignore')];
  // Rows are kept whole: what one deferred column kept fills the others too.
  const refills = after.some(
    (a, i) => before[i]?.action === 'defer' && a.action !== 'defer' && a.action !== 'ignore',
  );
  const points = after
    .filter(
      (a) => isMapped(a) && !before.some((b) => b.source_column_name === a.source_column_name && isMapped(b)),
    )
    .map((a) => a.source_column_name);
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
          <code>{late.join(', ')}</code>: the mirror gains the column.{' '}
          {refills
            ? 'Rows that were kept for a deferred column bring its values; others from before this amend stay NULL there until the device sends them again.'
            : 'Its values were not kept: rows from before this amend stay NULL there until the device sends them again.'}
        </li>
      )}
      {points.length === 0 ? null : (
        <li>
          <code>{points.join(', ')}</code>: the values go to the data point from now on, those that were kept
          since the approval too.
        </li>
      )}
      <li>Columns that are mirrored or mapped stay as they are.</li>
    </ul>
  );
}

interface ChoiceProps {
  column: ReviewColumn;
  decision: Decision;
  mapping: Mapping | undefined;
  onChange: (decision: Decision) => void;
}

/** One column that was left out: what becomes of it now. */
function Choice({ column, decision, mapping, onChange }: ChoiceProps) {
  const action = decision.find((a) => a.source_column_name === column.name)?.action ?? 'ignore';
  return (
    <div className={classes.choice}>
      <NativeSelect
        label={column.name}
        value={action}
        data={ACTIONS.map((choice) => {
          const reason = whyNot(column, choice.action, mapping);
          return {
            value: choice.action,
            label: choice.label,
            title: reason,
            disabled: reason !== undefined && choice.action !== action,
          };
        })}
        onChange={(event) =>
          onChange(withAction(decision, column.name, event.currentTarget.value as ActionKind))
        }
      />
      {action === 'map' ? (
        <PointPicker
          column={column}
          decision={decision}
          mapping={mapping}
          readOnlyReason={undefined}
          onChange={onChange}
        />
      ) : null}
    </div>
  );
}

/** One choice per column that was deferred or ignored. */
export function AmendDialog({ detail, mapping, busy, onConfirm, onClose }: Props) {
  const before = detail.column_actions ?? [];
  const [decision, setDecision] = useState<Decision>(before);
  const open = new Set(leftOut(before).map((a) => a.source_column_name));
  const changed = decision.some((a, i) => a.action !== before[i]?.action);
  const problems = [...problemsOf(detail.columns, decision)].filter(([name]) => open.has(name));
  return (
    <ConfirmDialog
      opened
      title={`Amend the approval of ${detail.source_table} of ${detail.device_name}?`}
      confirmLabel="Amend approval"
      busy={busy}
      disabled={!changed || problems.length > 0}
      onConfirm={() => onConfirm(decision)}
      onClose={onClose}
    >
      {detail.columns
        .filter(({ name }) => open.has(name))
        .map((column) => (
          <Choice key={column.name} {...{ column, decision, mapping }} onChange={setDecision} />
        ))}
      {before.some(isMapped) ? null : (
        <TimeColumnSelect
          columns={detail.columns}
          decision={decision}
          readOnlyReason={undefined}
          onChange={setDecision}
        />
      )}
      {changed
        ? problems.map(([name, problem]) => (
            <p key={name} className={classes.refused} role="alert">
              <code>{name}</code>: {problem}
            </p>
          ))
        : null}
      <Consequences before={before} after={decision} />
      {leavesHeld(detail.columns, decision) ? (
        <p className={classes.refused} role="alert">
          A required column is still deferred: the lineage stays paused.
        </p>
      ) : null}
    </ConfirmDialog>
  );
}
