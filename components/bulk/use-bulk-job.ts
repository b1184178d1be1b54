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

/** The model of one job's page. */
export function useBulkJob(job: BulkJob) {
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const { busy, run } = useActions(project.id);
  const [asking, setAsking] = useState<'start' | 'cancel' | null>(null);
  useFreshItems(project.id, job);
  const target = { projectId: project.id, bulkJobId: job.id };
  const state = `The job is ${JOB_STATUS[job.status].label.toLowerCase()}.`;
  const open = job.status === 'previewed' ? undefined : state;
  const running = job.status === 'previewed' || job.status === 'running' ? undefined : state;
  const over = job.status === 'completed' || job.status === 'cancelled' ? undefined : 'The job is not over.';
  const simulating = busy === 'decide' ? 'It is being simulated.' : undefined;
  const nothing = job.total_items === 0 ? 'The filter found nothing.' : undefined;
  const close = () => setAsking(null);
  return {
    job,
    busy,
    asking,
    close,
    permits: {
      start: missing ?? open ?? nothing ?? simulating,
      cancel: missing ?? running,
      runFailed: missing ?? over ?? (job.failed_items === 0 ? 'No item has failed.' : undefined),
      decide: missing ?? open ?? simulating,
    },
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
      const { source_table, schema_hash, kind } = shape;
      if (kind === 'lineage') return;
      const input = { kind, source_table, schema_hash, column_actions: decision };
      void run('decide', () => decideShapeAction(target, input), 'Decided and simulated again');
    },
  };
}
