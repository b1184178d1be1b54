'use client';
// One bulk job: first what would be done and how it would go, then how far it is and what became of each item. It is
// one page at one address, so that a reload, a colleague and the morning after all find the same.
import { Progress } from '@mantine/core';
import type { BulkJob } from '@/server/contract/bulk';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Copyable } from '@/components/ui/copyable';
import { formatCount, formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { BulkItems } from './bulk-items';
import classes from './bulk-page.module.css';
import { BulkShapes } from './bulk-shapes';
import { bulkJobPath } from './queries';
import { useBulkJob, type BulkModel } from './use-bulk-job';
import { ACTION, consequences, JOB_STATUS, jobTitle, startLabel } from './words';

function useJobKeys(model: BulkModel): void {
  const backTo = useBackTo();
  const { permits } = model;
  const group = 'Bulk operation';
  useKeys([
    { keys: ['Escape'], label: 'Back to bulk operations', group, run: () => backTo('/bulk') },
    { keys: ['a'], label: 'Start the job', group, run: model.askStart, disabledReason: permits.start },
    { keys: ['x'], label: 'Cancel the job', group, run: model.askCancel, disabledReason: permits.cancel },
    {
      keys: ['t'],
      label: 'Run the failed ones again',
      group,
      run: model.runFailed,
      disabledReason: permits.runFailed,
    },
  ]);
}

function Facts({ job }: { job: BulkJob }) {
  return (
    <>
      <StatusChip tone={JOB_STATUS[job.status].tone}>{JOB_STATUS[job.status].label}</StatusChip>
      <span className="tg-num">{job.summary}</span>
      <span>
        Counted <TimeAgo at={job.created_at} /> by {job.created_by_label}
      </span>
      {job.started_at === null ? null : (
        <span>
          Started <TimeAgo at={job.started_at} /> by {job.started_by_label}
        </span>
      )}
      <span>
        Job <Copyable value={job.id} label="bulk job" />
      </span>
    </>
  );
}

function Actions({ model }: { model: BulkModel }) {
  const { job, permits, busy } = model;
  const isOver = job.status === 'completed' || job.status === 'cancelled';
  return (
    <>
      {isOver ? (
        <ActionButton
          variant="default"
          hotkey="t"
          loading={busy === 'run-failed'}
          disabledReason={permits.runFailed}
          onClick={model.runFailed}
        >
          {job.failed_items === 0 ? 'Run failed again' : `Run ${formatCount(job.failed_items)} failed again`}
        </ActionButton>
      ) : (
        <ActionButton
          variant="default"
          hotkey="x"
          loading={busy === 'cancel'}
          disabledReason={permits.cancel}
          onClick={model.askCancel}
        >
          Cancel job…
        </ActionButton>
      )}
      {job.status === 'previewed' ? (
        <ActionButton
          hotkey="a"
          loading={busy === 'start'}
          disabledReason={permits.start}
          onClick={model.askStart}
        >
          {startLabel(job)}…
        </ActionButton>
      ) : null}
    </>
  );
}

/** Where the work goes on once the job is over. */
function Onwards({ job }: { job: BulkJob }) {
  if (job.status !== 'completed') return null;
  const href =
    job.action === 'reset' ? '/lineages' : `/reviews${job.action === 'claim' ? '?claimant=me' : ''}`;
  return (
    <Link href={href} className={classes.next}>
      {job.action === 'claim' ? 'Reviews that you hold' : `Back to ${ACTION[job.action].what}s`}
    </Link>
  );
}

function HowFar({ job }: { job: BulkJob }) {
  const { total_items: total, done_items: done, failed_items: failed, pending_items: pending } = job;
  const share = total === 0 ? 0 : ((done + failed) / total) * 100;
  const said = `${formatCount(done + failed)} of ${formatCounted(total, 'item')} done or failed`;
  return (
    <Panel title="Progress">
      <div className={classes.progress}>
        <div className={classes.counts} role="status">
          <StatusChip tone="ok">{formatCount(done)} done</StatusChip>
          <StatusChip tone={failed > 0 ? 'bad' : 'idle'}>{formatCount(failed)} failed</StatusChip>
          {pending === 0 ? null : <StatusChip tone="wait">{formatCount(pending)} waiting</StatusChip>}
          {job.cancelled_items === 0 ? null : (
            <StatusChip tone="idle">{formatCount(job.cancelled_items)} not begun</StatusChip>
          )}
          <Onwards job={job} />
        </div>
        <Progress value={share} color={failed > 0 ? 'red' : 'tide'} aria-label={said} />
      </div>
    </Panel>
  );
}

function Dialogs({ model }: { model: BulkModel }) {
  const { job, asking, busy, close } = model;
  return (
    <>
      <ConfirmDialog
        opened={asking === 'start'}
        title={`${jobTitle(job)}?`}
        confirmLabel={startLabel(job)}
        danger={job.action === 'reject'}
        busy={busy === 'start'}
        onConfirm={model.start}
        onClose={close}
        size="lg"
      >
        <ul className={classes.list}>
          {consequences(job).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'cancel'}
        title="Cancel this job?"
        confirmLabel="Begin no further item"
        danger
        busy={busy === 'cancel'}
        onConfirm={model.cancel}
        onClose={close}
      >
        What is done stays done: {formatCounted(job.done_items, 'item')}. The{' '}
        {formatCounted(job.pending_items, 'item')} that {job.pending_items === 1 ? 'waits is' : 'wait are'}{' '}
        not begun.
      </ConfirmDialog>
    </>
  );
}

function Loaded({ job: onServer }: { job: BulkJob }) {
  const model = useBulkJob(onServer);
  const { job } = model;
  useJobKeys(model);
  const decider = job.action === 'approve' ? { whyNot: model.permits.decide, decide: model.decide } : null;
  return (
    <>
      <PageHeader
        title={jobTitle(job)}
        back={{ href: '/bulk', label: 'Bulk operations' }}
        facts={<Facts job={job} />}
        actions={<Actions model={model} />}
      />
      <div className={classes.page}>
        {job.status === 'previewed' ? null : <HowFar job={job} />}
        {job.shapes.length === 0 ? null : (
          <Panel title={formatCounted(job.shapes.length, 'shape')} flush>
            <BulkShapes shapes={job.shapes} countedAt={job.created_at} decider={decider} />
          </Panel>
        )}
        <BulkItems job={job} />
      </div>
      <Dialogs model={model} />
    </>
  );
}

/** The page of the bulk job `jobId`. */
export function BulkPage({ jobId }: { jobId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<BulkJob>(project.id, bulkJobPath(jobId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The job is being read.'}</p>;
  return <Loaded job={data} />;
}
