'use client';
// One rejected message: why, what to do, and the payload with the place marked.
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { retryRejectedAction } from '@/server/console/actions/rejected';
import type { RejectedBatchDetail } from '@/server/contract/rows';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { EmptyState } from '@/components/ui/empty-state';
import { formatBytes } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Facts, Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { Payload } from './payload';
import classes from './rejected.module.css';
import { rejectedPath } from './rejected-search';

function useRetry(batch: RejectedBatchDetail) {
  const backTo = useBackTo();
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const done = batch.retry_outcome === 'accepted' ? 'A retry of this batch was accepted already.' : undefined;
  const reason = missing ?? done;
  const retry = () =>
    void run(
      'retry',
      () => retryRejectedAction({ projectId: project.id, rejectedBatchId: batch.id }),
      (result) =>
        result.outcome === 'accepted'
          ? 'Accepted: its rows are in.'
          : { code: result.code ?? batch.code, detail: `Rejected again: ${result.detail ?? ''}` },
    );
  const group = 'Rejected batch';
  useKeys([
    { keys: ['Escape'], label: 'Back to rejected batches', group, run: () => backTo('/rejected') },
    { keys: [], label: 'Retry the batch', group, run: retry, disabledReason: reason },
  ]);
  return { busy, reason, retry };
}

function SidePanel({ batch }: { batch: RejectedBatchDetail }) {
  const none = <span className={classes.none}>none</span>;
  return (
    <Panel title="Facts">
      <Facts
        items={[
          {
            name: 'Device',
            value:
              batch.device_id === null ? (
                none
              ) : (
                <Link href={`/devices/${batch.device_id}`} className={classes.link}>
                  {batch.device_name ?? batch.device_id}
                </Link>
              ),
          },
          {
            name: 'Table',
            value: batch.source_table === null ? none : <span className="tg-mono">{batch.source_table}</span>,
          },
          {
            name: 'Place',
            value: batch.path === null ? none : <span className="tg-mono">{batch.path}</span>,
          },
          {
            name: 'Topic',
            value: (
              <span className={classes.wrap}>
                <Copyable value={batch.topic} label="topic" chars={0} />
              </span>
            ),
          },
          {
            name: 'Batch id',
            value:
              batch.batch_id === null ? (
                none
              ) : (
                <Copyable value={batch.batch_id} label="batch id" chars={13} />
              ),
          },
          { name: 'Size', value: formatBytes(batch.bytes) },
          { name: 'Received', value: <Timestamp at={batch.received_at} /> },
          { name: 'Retried', value: batch.retried_at === null ? none : <Timestamp at={batch.retried_at} /> },
        ]}
      />
    </Panel>
  );
}

function Loaded({ batch }: { batch: RejectedBatchDetail }) {
  const { busy, reason, retry } = useRetry(batch);
  const clipboard = useClipboard({ timeout: 1200 });
  return (
    <>
      <PageHeader
        title={<span style={{ fontFamily: 'var(--tg-mono)' }}>{batch.code}</span>}
        back={{ href: '/rejected', label: 'Rejected batches' }}
        facts={
          <>
            <StatusChip tone={batch.retry_outcome === 'accepted' ? 'ok' : 'bad'}>
              {batch.retry_outcome === 'accepted' ? 'Accepted on retry' : 'Rejected'}
            </StatusChip>
            <span>
              Received <TimeAgo at={batch.received_at} />
            </span>
          </>
        }
        actions={
          <ActionButton loading={busy === 'retry'} disabledReason={reason} onClick={retry}>
            Retry
          </ActionButton>
        }
      />
      <div className={classes.grid}>
        <div className={classes.stack}>
          <p className={classes.detail}>{batch.detail}</p>
          <Panel
            title={
              batch.payload_encoding === 'utf-8' ? 'Payload as received' : 'Payload, not UTF-8, as base64'
            }
            flush
            aside={
              <Button variant="default" onClick={() => clipboard.copy(batch.payload)}>
                {clipboard.copied ? 'Copied' : 'Copy payload'}
              </Button>
            }
          >
            <Payload batch={batch} />
          </Panel>
        </div>
        <aside className={classes.stack}>
          <Panel title="What it means">
            <p>{batch.meaning}</p>
            <p>
              <strong>Fix:</strong> {batch.remedy}
            </p>
          </Panel>
          <SidePanel batch={batch} />
        </aside>
      </div>
    </>
  );
}

/** The page of the rejected batch `batchId`. */
export function RejectedPage({ batchId }: { batchId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<RejectedBatchDetail>(project.id, rejectedPath(batchId));
  if (data !== undefined) return <Loaded batch={data} />;
  return (
    <>
      <PageHeader title="Rejected batch" back={{ href: '/rejected', label: 'Rejected batches' }} />
      <EmptyState title={error === null ? 'The batch is being read.' : 'The batch cannot be shown.'}>
        {error?.message}
      </EmptyState>
    </>
  );
}
