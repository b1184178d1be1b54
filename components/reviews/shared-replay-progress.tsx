'use client';
// How far the replays of a shared approval have come, over all its devices. Read from the replay intents, so it
// survives a reload.
import { Progress } from '@mantine/core';
import type { RegistryReviewDetail } from '@/server/contract/registry';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { StatusChip } from '@/components/ui/status-chip';
import classes from './replay-progress.module.css';
import { REPLAY_ID } from './use-focus-onward';

interface Props {
  registryId: string;
  replay: NonNullable<RegistryReviewDetail['replay']>;
}

/** A bar over the rows of all devices, and how many of them are done. */
export function SharedReplayProgress({ registryId, replay }: Props) {
  const { lineages, completed, total_rows: total, done_rows: done } = replay;
  const over = completed === lineages;
  const share = over ? 100 : total === 0 ? 0 : Math.min(100, (done / total) * 100);
  return (
    <section id={REPLAY_ID} className={classes.progress} aria-label="Replay">
      <div className={classes.line}>
        <StatusChip tone={over ? 'ok' : 'info'}>{over ? 'Replayed' : 'Replaying'}</StatusChip>
        <span className="tg-num">
          {formatCount(done)} of {formatCounted(total, 'row')}, {formatCount(completed)} of{' '}
          {formatCounted(lineages, 'device')} done
        </span>
        <Link href={`/registry/${registryId}`} className={classes.lineage}>
          Open registry entry
        </Link>
      </div>
      <Progress
        value={share}
        color="tide"
        aria-label={`${formatCount(done)} of ${formatCounted(total, 'row')} replayed`}
      />
    </section>
  );
}
