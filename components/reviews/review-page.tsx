'use client';
// The review page: header, columns, simulation, history, and the bar that ends it.
import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef } from 'react';
import { useLiveObject } from '@/components/shell/live';
import { rowsLink } from '@/components/lineages/rows-link';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { ActionMenu } from '@/components/ui/action-menu';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Panel } from '@/components/ui/panel';
import { useBackTo } from '@/components/ui/trail';
import { AbandonDialog } from './abandon-dialog';
import { AmendDialog } from './amend-dialog';
import { BlastRadius } from './blast-radius';
import { ApproveDialog } from './approve-dialog';
import { TimeColumnSelect } from './column-map';
import { ColumnTable } from './column-table';
import { ACTIONS, isSameDecision } from './decision';
import { DecisionBar } from './decision-bar';
import { DraftNotes } from './draft-notes';
import { PreviewResult } from './preview-result';
import { registryReviewPath, reviewPath } from './queries';
import { RejectDialog } from './reject-dialog';
import { ReplayProgress } from './replay-progress';
import { Reasons, ReviewHeader } from './review-header';
import { ReviewDiscussion } from './review-discussion';
import { ReviewHistory } from './review-history';
import classes from './review-page.module.css';
import { BlastRadiusPanel, WaitingDevicesPanel } from './shared-facts';
import { SharedReplayProgress } from './shared-replay-progress';
import { isShared, rowsHref, whyNoRows, whyNotShared, type AnyReviewDetail } from './subject';
import { useReview, type ReviewModel } from './use-review';
import { isOpen } from './words';

function useReviewKeys(model: ReviewModel): void {
  const router = useRouter();
  const backTo = useBackTo();
  const { detail, permits, next, previous, noneBeside } = model;
  const group = 'Review';
  const lineageId = isShared(detail) ? null : detail.lineage_id;
  const unread = useMissingPermission('PROJECT_CAN_READ_ROWS');
  const rows = (key: string, label: string, source: 'staged' | 'mirror') => ({
    keys: [key],
    label,
    group,
    run: () => router.push(rowsLink(lineageId ?? '', source)),
    disabledReason: whyNoRows(lineageId) ?? unread,
  });
  useKeys([
    {
      keys: ['Escape'],
      label: 'Back to reviews',
      group,
      run: () => backTo('/reviews'),
    },
    {
      keys: ['c'],
      label: permits.takesOver ? 'Take over the review' : 'Claim the review',
      group,
      run: model.claim,
      disabledReason: permits.claim,
    },
    {
      keys: ['s'],
      label: 'Simulate the approval',
      group,
      run: model.simulate,
      disabledReason: model.whyNotSimulate,
    },
    {
      keys: ['a'],
      label: 'Approve the review',
      group,
      run: model.askApprove,
      disabledReason: permits.approve,
    },
    { keys: ['x'], label: 'Reject the review', group, run: model.askReject, disabledReason: permits.reject },
    { keys: ['m'], label: 'Amend the approval', group, run: model.askAmend, disabledReason: permits.amend },
    ...(isShared(model.detail)
      ? [
          {
            keys: [],
            label: 'Abandon the review',
            group,
            run: model.askAbandon,
            disabledReason: permits.abandon,
          },
        ]
      : []),
    { keys: [], label: 'Release the review', group, run: model.release, disabledReason: permits.release },
    { keys: [], label: 'Reopen the review', group, run: model.reopen, disabledReason: permits.reopen },
    {
      keys: ['n'],
      label: 'Next review',
      group,
      run: () => router.push(next ?? '/reviews'),
      disabledReason: noneBeside,
    },
    {
      keys: ['p'],
      label: 'Previous review',
      group,
      run: () => router.push(previous ?? '/reviews'),
      disabledReason: noneBeside,
    },
    isShared(detail)
      ? { keys: ['d'], label: 'Devices that wait', group, run: () => router.push(rowsHref(detail)) }
      : rows('d', 'Staged rows of the lineage', 'staged'),
    rows('w', 'Written rows of the lineage', 'mirror'),
  ]);
}

/** A menu, not a select: the arrows of one would set all columns at each step. */
function SetAll({ model }: { model: ReviewModel }) {
  const { detail, permits, setAll } = model;
  const look = { variant: 'default', size: 'compact-xs' };
  if (permits.edit !== undefined) {
    return (
      <ActionButton {...look} disabledReason={permits.edit} onClick={() => undefined}>
        Set all to…
      </ActionButton>
    );
  }
  const actions = ACTIONS.filter(
    ({ action }) => action !== 'map' && (!isShared(detail) || whyNotShared(action) === undefined),
  );
  return (
    <ActionMenu
      position="bottom-end"
      target={<Button {...look}>Set all to…</Button>}
      entries={actions.map(({ action, label }) => ({
        kind: 'item',
        id: action,
        label,
        onClick: () => setAll(action),
      }))}
    />
  );
}

function SimulationPanel({ model }: { model: ReviewModel }) {
  const { simulation, draft, asking } = model;
  const panel = useRef<HTMLDivElement>(null);
  const shown = asking === null && (simulation.state === 'done' || simulation.state === 'refused');
  useEffect(() => {
    if (shown) panel.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
  }, [shown, simulation]);
  if (simulation.state === 'none' || simulation.state === 'running') return null;
  const stale = !isSameDecision(simulation.of, draft.decision);
  return (
    <Panel title="Simulation" aside={stale ? 'The decision has changed since: simulate again' : undefined}>
      <div ref={panel} data-stale={stale || undefined} className={classes.simulation} aria-live="polite">
        {simulation.state === 'done' ? (
          <PreviewResult preview={simulation.preview} />
        ) : (
          <p className={classes.refused}>{simulation.refusal.detail}</p>
        )}
      </div>
    </Panel>
  );
}

function Dialogs({ model }: { model: ReviewModel }) {
  const { detail, asking, busy, close } = model;
  return (
    <>
      <ApproveDialog
        opened={asking === 'approve'}
        detail={detail}
        decision={model.draft.decision}
        simulation={model.simulation}
        claims={model.permits.claimsFirst}
        busy={busy !== null}
        onConfirm={model.approve}
        onClose={close}
      />
      {asking === 'abandon' && isShared(detail) ? (
        <AbandonDialog detail={detail} busy={busy !== null} onConfirm={model.abandon} onClose={close} />
      ) : null}
      {asking === 'amend' && !isShared(detail) ? (
        <AmendDialog
          detail={detail}
          mapping={model.mapping}
          busy={busy !== null}
          onConfirm={model.amend}
          onClose={close}
        />
      ) : null}
      <RejectDialog
        opened={asking === 'reject'}
        detail={detail}
        claims={model.permits.claimsFirst}
        busy={busy !== null}
        onConfirm={model.reject}
        onClose={close}
      />
      <ConfirmDialog
        opened={asking === 'take_over'}
        title={`Take the review over from ${detail.claimed_by_name ?? 'its claimant'}?`}
        confirmLabel="Take over"
        busy={busy !== null}
        onConfirm={model.takeOver}
        onClose={close}
      >
        You get the review with its draft. {detail.claimed_by_name ?? 'The claimant'} can no longer decide it,
        and both of you are recorded in its history.
      </ConfirmDialog>
    </>
  );
}

function Replay({ detail }: { detail: AnyReviewDetail }) {
  if (isShared(detail)) {
    return detail.replay === null ? null : (
      <SharedReplayProgress registryId={detail.registry_id} replay={detail.replay} />
    );
  }
  return detail.replay === null ? null : <ReplayProgress detail={detail} replay={detail.replay} />;
}

function Loaded({ detail, open }: { detail: AnyReviewDetail; open: 'approve' | 'reject' | null }) {
  const model = useReview(detail);
  const { project } = useSession();
  const readOnlyId = useId();
  const opened = useRef(false);
  useReviewKeys(model);
  useEffect(() => {
    if (opened.current || open === null) return;
    opened.current = true;
    // Asked for once: whoever loads the page again, or is sent its address, is not asked.
    window.history.replaceState(null, '', window.location.pathname);
    if (open === 'approve' && model.permits.approve === undefined) model.askApprove();
    if (open === 'reject' && model.permits.reject === undefined) model.askReject();
  });
  const changed = detail.columns.length + detail.removed_columns.length;
  return (
    <>
      <ReviewHeader model={model} />
      <Reasons detail={detail} />
      <div className={classes.grid}>
        <div className={classes.main}>
          <Panel
            title={`${formatCounted(changed, 'column')} to ${isShared(detail) ? 'the shared mirror table' : 'mirror table'} ${detail.mirror_table_name}`}
            flush
            aside={
              isOpen(detail.status) ? (
                <>
                  <TimeColumnSelect
                    columns={detail.columns}
                    decision={model.draft.decision}
                    onChange={model.draft.change}
                    readOnlyReason={model.permits.edit}
                  />
                  <SetAll model={model} />
                </>
              ) : undefined
            }
          >
            <ColumnTable
              detail={detail}
              decision={model.draft.decision}
              onChange={model.draft.change}
              readOnlyReason={model.permits.edit}
              readOnlyId={readOnlyId}
              problems={model.problems}
              facts={model.facts.data}
              mapping={model.mapping}
            />
          </Panel>
          {isOpen(detail.status) ? <DraftNotes model={model} /> : null}
          {isOpen(detail.status) ? <DecisionBar model={model} readOnlyId={readOnlyId} /> : null}
          {isOpen(detail.status) || detail.replay === null ? null : <Replay detail={detail} />}
        </div>
        <aside className={classes.side}>
          {isOpen(detail.status) ? <SimulationPanel model={model} /> : null}
          {isShared(detail) && isOpen(detail.status) ? <BlastRadiusPanel detail={detail} /> : null}
          {isShared(detail) && detail.status !== 'approved' ? <WaitingDevicesPanel detail={detail} /> : null}
          {isOpen(detail.status) && !isShared(detail) ? <BlastRadius query={model.facts} /> : null}
          <ReviewDiscussion reviewId={detail.id} shared={isShared(detail)} />
          <ReviewHistory projectId={project.id} reviewId={detail.id} />
        </aside>
      </div>
      <Dialogs model={model} />
    </>
  );
}

interface Props {
  reviewId: string;
  open: 'approve' | 'reject' | null;
  /** True for a review of the registry. */
  shared?: boolean;
}

/** The page of the review `reviewId`; `open` opens a dialog at once, where the user may use it. */
export function ReviewPage({ reviewId, open, shared = false }: Props) {
  const { project } = useSession();
  const path = shared ? registryReviewPath(reviewId) : reviewPath(reviewId);
  const { data, error } = useLiveObject<AnyReviewDetail>(project.id, path);
  if (data === undefined) return <p role="alert">{error?.message ?? 'The review is being read.'}</p>;
  return <Loaded key={data.id} detail={data} open={open} />;
}
