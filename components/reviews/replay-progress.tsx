'use client';
// How far the replay of an approval has come: it stands where the button was. It is read from the replay
// intent, so it survives a reload.
import { Progress } from '@mantine/core';
import type { ReplayIntent, ReviewDetail } from '@/server/contract/governance';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { StatusChip, type Tone } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './replay-progress.module.css';
import { REPLAY_ID } from './use-focus-onward';

const STATUS: Record<ReplayIntent['status'], { label: string; tone: Tone }> = {
  pending: { label: 'Replay waits for a worker', tone: 'wait' },
  running: { label: 'Replaying', tone: 'info' },
  completed: { label: 'Replayed', tone: 'ok' },
  failed: { label: 'Replay failed', tone: 'bad' },
};

/** A bar with numbers; with the lineage as the place to look where rows failed. */
export function ReplayProgress({ detail, replay }: { detail: ReviewDetail; replay: ReplayIntent }) {
  const { done_rows: done, total_rows: total, failure_count: failed } = replay;
  const status = STATUS[replay.status];
  const share = total === 0 ? (replay.status === 'completed' ? 100 : 0) : Math.min(100, (done / total) * 100);
  return (
    <section id={REPLAY_ID} className={classes.progress} aria-label="Replay">
      <div className={classes.line}>
        <StatusChip tone={status.tone}>{status.label}</StatusChip>
        <span className="tg-num">
          {formatCount(done)} of {formatCounted(total, 'row')}
        </span>
        {failed === 0 ? null : (
          <Link href={`/lineages/${detail.lineage_id}`} className={classes.failed}>
            {formatCounted(failed, 'row')} failed and stay staged
          </Link>
        )}
        <span className={classes.muted}>
          <TimeAgo at={replay.updated_at} />
        </span>
        <Link href={`/lineages/${detail.lineage_id}`} className={classes.lineage}>
          Open lineage
        </Link>
      </div>
      <Progress
        value={share}
        color={replay.status === 'failed' ? 'red' : 'tide'}
        aria-label={`${formatCount(done)} of ${formatCounted(total, 'row')} replayed`}
      />
      {replay.last_error === null ? null : <p className={classes.error}>{replay.last_error}</p>}
    </section>
  );
}
