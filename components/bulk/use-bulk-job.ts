'use client';
// Everything the page of a bulk job shows and does, in one place: the page only draws it.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  cancelBulkAction,
  decideShapeAction,
  runFailedAction,
  startBulkAction,
} from '@/server/console/actions/bulk';
import type { BulkJob, BulkShape } from '@/server/contract/bulk';
import type { ColumnAction } from '@/server/contract/governance';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { formatCounted } from '@/components/ui/format';
import { bulkItemsPath } from './queries';
import { JOB_STATUS } from './words';

export type BulkModel = ReturnType<typeof useBulkJob>;

/** The items are read again as their counts change: a job that runs tells of its failures alone. */
function useFreshItems(projectId: string, { id, done_items, failed_items, cancelled_items }: BulkJob): void {
  const client = useQueryClient();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: [projectId, bulkItemsPath(id)] });
  }, [client, projectId, id, done_items, failed_items, cancelled_items]);
}

type ReviewShape = BulkShape & { kind: Exclude<BulkShape['kind'], 'lineage'> };

const isReviewShape = (shape: BulkShape): shape is ReviewShape => shape.kind !== 'lineage';

const isSame = (a: BulkShape, b: BulkShape): boolean =>
  a.kind === b.kind && a.source_table === b.source_table && a.schema_hash === b.schema_hash;

/** `job` with a decision that is on its way to the server: what was chosen does not jump back meanwhile. */
const withDecision = (job: BulkJob, made: BulkShape | null): BulkJob =>
  made === null
    ? job
    : {
        ...job,
        shapes: job.shapes.map((shape) =>
          isSame(shape, made) ? { ...shape, decision: made.decision } : shape,
        ),
      };

/** Why something cannot be done with the job, undefined where it can; `missing` is why the role does not suffice. */
function permitsOf(job: BulkJob, busy: string | null, missing: string | undefined) {
  const state = `The job is ${JOB_STATUS[job.status].label.toLowerCase()}.`;
  const open = job.status === 'previewed' ? undefined : state;
  const running = job.status === 'previewed' || job.status === 'running' ? undefined : state;
  const over = job.status === 'completed' || job.status === 'cancelled' ? undefined : 'The job is not over.';
  const simulating = busy === 'decide' ? 'It is being simulated.' : undefined;
  const nothing = job.total_items === 0 ? 'The filter found nothing.' : undefined;
  return {
    start: missing ?? open ?? nothing ?? simulating,
    cancel: missing ?? running,
    runFailed: missing ?? over ?? (job.failed_items === 0 ? 'No item has failed.' : undefined),
    decide: missing ?? open ?? simulating,
  };
}

/** The model of one job's page. */
export function useBulkJob(onServer: BulkJob) {
  const [deciding, setDeciding] = useState<BulkShape | null>(null);
  const job = withDecision(onServer, deciding);
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const { busy, run } = useActions(project.id);
  const [asking, setAsking] = useState<'start' | 'cancel' | null>(null);
  useFreshItems(project.id, job);
  const target = { projectId: project.id, bulkJobId: job.id };
  const close = () => setAsking(null);
  return {
    job,
    busy,
    asking,
    close,
    permits: permitsOf(job, busy, missing),
    askStart: () => setAsking('start'),
    askCancel: () => setAsking('cancel'),
    start: () =>
      void run('start', () => startBulkAction(target, { expected_items: job.total_items }), 'Started').then(
        close,
      ),
    cancel: () => void run('cancel', () => cancelBulkAction(target), 'Cancelled').then(close),
    runFailed: () =>
      void run(
        'run-failed',
        () => runFailedAction(target),
        `${formatCounted(job.failed_items, 'item')} of it again`,
      ),
    decide: (shape: BulkShape, decision: ColumnAction[]) => {
      if (!isReviewShape(shape)) return;
      const { source_table, schema_hash, kind } = shape;
      const input = { kind, source_table, schema_hash, column_actions: decision };
      setDeciding({ ...shape, decision });
      void run('decide', () => decideShapeAction(target, input), 'Decided and simulated again').then(() =>
        setDeciding(null),
      );
    },
  };
}
