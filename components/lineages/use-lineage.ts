'use client';
// What the page of one lineage can do, in one place for buttons, keys, the palette and the flow strip.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  deleteLineageAction,
  discardStagedAction,
  pauseLineageAction,
  resetLineageAction,
  resumeLineageAction,
} from '@/server/console/actions/lineages';
import type { LineageDetail } from '@/server/contract/governance';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { formatCounted } from '@/components/ui/format';
import { lineagePermits, type LineagePermits } from './permit';
import { reviewLink } from './review-link';
import { rowsLink } from './rows-link';

export type Asking = 'reset' | 'pause' | 'discard' | 'delete';

export interface LineageModel {
  detail: LineageDetail;
  permits: LineagePermits;
  busy: string | null;
  asking: Asking | null;
  ask: (what: Asking) => void;
  close: () => void;
  reset: () => void;
  pause: (reason: string) => void;
  resume: () => void;
  discard: (expectedRows: number) => void;
  remove: (expectedRows: number, dropMirror: boolean) => void;
  toReview: () => void;
  toRows: (source: 'staged' | 'mirror') => void;
}

/** The model of `detail`. */
export function useLineage(detail: LineageDetail): LineageModel {
  const router = useRouter();
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [asking, setAsking] = useState<Asking | null>(null);
  const { id } = detail.lineage;
  const target = { projectId: project.id, lineageId: id };
  const close = () => setAsking(null);
  const ended = <T>(result: Promise<T | null>, then?: (data: T) => void) =>
    void result.then((data) => {
      // After a refusal the dialog stays: it then shows the state that the refusal was about.
      if (data === null) return;
      close();
      then?.(data);
    });
  return {
    detail,
    permits: lineagePermits(detail, missing),
    busy,
    asking,
    ask: setAsking,
    close,
    reset: () =>
      ended(
        run(
          'reset',
          () => resetLineageAction(target),
          (result) =>
            result.status === 'active'
              ? 'Reset. The lineage is active and its failed rows are replayed.'
              : 'Reset. Another cause still pauses the lineage.',
        ),
      ),
    pause: (reason) =>
      ended(run('pause', () => pauseLineageAction(target, { reason }), 'Paused. The device is told.')),
    resume: () => ended(run('resume', () => resumeLineageAction(target), 'The operator pause has ended.')),
    discard: (expected_rows) =>
      ended(
        run(
          'discard',
          () => discardStagedAction(target, { expected_rows }),
          (result) => `Discarded ${formatCounted(result.discarded_rows, 'staged row')}.`,
        ),
      ),
    remove: (expectedStagedRows, dropMirror) =>
      ended(
        run(
          'delete',
          () => deleteLineageAction(target, { expectedStagedRows, dropMirror }),
          (result) => `Deleted the lineage and ${formatCounted(result.deleted_staged_rows, 'staged row')}.`,
        ),
        () => router.push('/lineages'),
      ),
    toReview: () => router.push(reviewLink(detail)?.href ?? '/reviews'),
    toRows: (source) => router.push(rowsLink(id, source)),
  };
}
