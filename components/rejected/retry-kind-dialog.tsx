'use client';
// Retries every batch of a kind, some at a time, and says how far it is. Each batch has its own transaction: whoever
// stops, or leaves, finds what is left in the list.
import { Button, Group, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { retryKindAction } from '@/server/console/actions/rejected';
import type { RejectedGroup } from '@/server/contract/rows';
import { answerOf } from '@/components/shell/answer-of';
import { useSession } from '@/components/shell/session';
import { toastRefused } from '@/components/shell/toast';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatCounted } from '@/components/ui/format';
import classes from './rejected.module.css';

type Phase = 'asking' | 'running' | 'stopping' | 'over';

interface Sums {
  accepted: number;
  rejected: number;
  /** Of the last that was refused again. */
  detail: string | null;
}

const NOTHING: Sums = { accepted: 0, rejected: 0, detail: null };

function useRetryKind(group: RejectedGroup, deviceId: string | null) {
  const { project } = useSession();
  const client = useQueryClient();
  const [phase, setPhase] = useState<Phase>('asking');
  const [sums, setSums] = useState(NOTHING);
  const isStopped = useRef(false);
  useEffect(() => () => void (isStopped.current = true), []);
  const run = async () => {
    setPhase('running');
    let after: string | null = null;
    const total = { ...NOTHING };
    do {
      const device = deviceId === null ? {} : { device_id: deviceId };
      const asked: ReturnType<typeof retryKindAction> = retryKindAction(project.id, {
        cause: group.cause,
        ...device,
        after,
      });
      const outcome = await answerOf(asked);
      if (outcome?.ok !== true) {
        if (outcome !== null) toastRefused(outcome.refusal);
        break;
      }
      after = outcome.data.after;
      total.accepted += outcome.data.accepted;
      total.rejected += outcome.data.rejected;
      total.detail =
        outcome.data.results.findLast((one) => one.outcome === 'rejected')?.detail ?? total.detail;
      setSums({ ...total });
    } while (after !== null && !isStopped.current);
    setPhase('over');
    await client.invalidateQueries({ queryKey: [project.id] });
  };
  const stop = () => {
    isStopped.current = true;
    setPhase('stopping');
  };
  return { phase, sums, run: () => void run(), stop };
}

/** Asks, then shows the progress. */
export function RetryKindDialog({
  group,
  deviceId,
  onClose,
}: {
  group: RejectedGroup;
  deviceId: string | null;
  onClose: () => void;
}) {
  const { phase, sums, run, stop } = useRetryKind(group, deviceId);
  const done = sums.accepted + sums.rejected;
  const waiting = formatCounted(group.waiting, 'batch', 'batches');
  return (
    <Dialog opened onClose={onClose} title={`Retry ${waiting} refused as ${group.code}?`}>
      <div className={classes.stack}>
        {phase === 'asking' ? (
          <p>
            Each is ingested again as its device sent it, oldest first. What is accepted lands once, however
            often the device has sent it since; what is refused again stays here. {group.remedy}
          </p>
        ) : (
          <div role="status">
            <Progress
              value={phase === 'over' ? 100 : (100 * done) / Math.max(1, group.waiting)}
              aria-label="Progress of the retry"
            />
            <p>
              {formatCount(done)} of {formatCount(group.waiting)} tried: {formatCount(sums.accepted)}{' '}
              accepted, {formatCount(sums.rejected)} rejected again.
            </p>
            {sums.detail === null ? null : <p>The last one that was rejected: {sums.detail}</p>}
          </div>
        )}
        <Group justify="flex-end" gap={8}>
          {phase === 'running' || phase === 'stopping' ? (
            <Button variant="default" disabled={phase === 'stopping'} onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              {phase === 'over' ? 'Close' : 'Cancel'}
            </Button>
          )}
          {phase === 'asking' ? (
            <Button data-autofocus onClick={run}>
              {`Retry ${waiting}`}
            </Button>
          ) : null}
        </Group>
      </div>
    </Dialog>
  );
}
