'use client';
// The end of a review, always in sight: whether the draft is saved, and the ways to end it.
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { ActionButton } from '@/components/ui/action-button';
import { formatCounted } from '@/components/ui/format';
import { TimeAgo } from '@/components/ui/time';
import classes from './decision-bar.module.css';
import { replayedRows, tally } from './decision';
import { isShared } from './subject';
import type { DraftState } from './use-draft';
import { useFocusOnward } from './use-focus-onward';
import type { ReviewModel } from './use-review';
import { approveLabel } from './words';

function Saving({ saving }: { saving: DraftState }) {
  switch (saving.state) {
    case 'saving':
      return <span>Saving the draft…</span>;
    case 'unsaved':
      return (
        <span className={classes.unsaved}>
          <IconAlertTriangle size={14} aria-hidden /> Draft not saved: {saving.detail}
        </span>
      );
    case 'saved':
      return saving.at === null ? (
        <span>The draft is saved as you make it</span>
      ) : (
        <span className={classes.saved}>
          <IconCheck size={14} aria-hidden /> Draft saved <TimeAgo at={saving.at} />
        </span>
      );
  }
}

/** Simulate, reject, approve; with the reason where one of them is not possible. */
export function DecisionBar({ model, readOnlyId }: { model: ReviewModel; readOnlyId: string }) {
  const { detail, permits, draft, busy } = model;
  const counts = tally(draft.decision);
  useFocusOnward();
  return (
    <div className={classes.bar} role="group" aria-label="Decision">
      <div className={classes.text}>
        <span className="tg-num">
          {formatCounted(counts.mirror.length, 'column')} mirrored, {counts.ignore.length} ignored,{' '}
          {counts.defer.length} deferred{counts.map.length === 0 ? '' : `, ${counts.map.length} mapped`}
        </span>
        <span className={classes.state} role="status">
          {permits.edit === undefined ? (
            <Saving saving={draft.saving} />
          ) : (
            <span id={readOnlyId}>Read-only. {permits.edit}</span>
          )}
        </span>
      </div>
      <ActionButton
        variant="default"
        hotkey="s"
        disabledReason={model.whyNotSimulate}
        loading={model.simulation.state === 'running' && model.asking === null}
        onClick={model.simulate}
      >
        Simulate
      </ActionButton>
      <ActionButton
        variant="default"
        hotkey="x"
        disabledReason={permits.reject}
        loading={busy === 'reject'}
        onClick={model.askReject}
      >
        Reject…
      </ActionButton>
      <ActionButton
        hotkey="a"
        disabledReason={permits.approve}
        loading={busy === 'approve'}
        onClick={model.askApprove}
      >
        {approveLabel(
          replayedRows(detail.columns, draft.decision, detail.staged_row_count),
          isShared(detail) ? detail.waiting_lineages : null,
        )}
      </ActionButton>
    </div>
  );
}
