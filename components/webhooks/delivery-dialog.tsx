'use client';
// One message: what is sent, letter by letter, and every attempt.
import { Group } from '@mantine/core';
import { redeliverAction } from '@/server/console/actions/webhooks';
import type { WebhookAttempt, WebhookDeliveryDetail } from '@/server/contract/webhooks';
import classes from '@/components/settings/settings.module.css';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { CodeBlock } from '@/components/ui/code-block';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Facts } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { Timestamp } from '@/components/ui/time';
import { deliveryPath } from './queries';
import { messageLabel, outcomeOf, STATUS } from './words';

const columns: readonly Column<WebhookAttempt>[] = [
  { id: 'n', header: '#', width: '36px', align: 'end', cell: (a) => a.attempt },
  { id: 'at', header: 'Sent', width: '150px', cell: (a) => <Timestamp at={a.started_at} /> },
  { id: 'code', header: 'Answer', width: '70px', align: 'end', cell: (a) => a.response_code ?? 'none' },
  {
    id: 'ms',
    header: 'Took',
    width: '76px',
    align: 'end',
    cell: (a) => (a.duration_ms === null ? '' : `${a.duration_ms} ms`),
  },
  { id: 'outcome', header: 'What came', cell: (a) => <span title={outcomeOf(a)}>{outcomeOf(a)}</span> },
];

/** The body as people read it: the same text, laid out. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function Loaded({ delivery, again }: { delivery: WebhookDeliveryDetail; again: React.ReactNode }) {
  const { label, tone } = STATUS[delivery.status];
  return (
    <div className={classes.stack}>
      <Facts
        items={[
          { name: 'Status', value: <StatusChip tone={tone}>{label}</StatusChip> },
          { name: 'Id', value: <Copyable value={delivery.id} label="message id" chars={0} /> },
          ...(delivery.next_attempt_at === null
            ? []
            : [{ name: 'Next attempt', value: <Timestamp at={delivery.next_attempt_at} /> }]),
        ]}
      />
      <p>{delivery.text}</p>
      <DataTable
        label="Attempts"
        columns={columns}
        rows={delivery.attempt_log}
        rowKey={(attempt) => String(attempt.attempt)}
        empty={<EmptyState title="It has not been sent yet.">A worker sends it when it is due.</EmptyState>}
      />
      <CodeBlock text={laidOut(delivery.body)} label="message body" />
      <Group justify="flex-end">{again}</Group>
    </div>
  );
}

/** Over the log; the message is in the URL. */
export function DeliveryDialog({
  webhookId,
  deliveryId,
  onClose,
}: {
  webhookId: string;
  deliveryId: string;
  onClose: () => void;
}) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const missing = useMissingPermission('ORG_CAN_ADMIN');
  const { data, error } = useLiveObject<WebhookDeliveryDetail>(
    project.id,
    deliveryPath(webhookId, deliveryId),
  );
  const target = { projectId: project.id, webhookId, deliveryId };
  const send = () => void run('redeliver', () => redeliverAction(target), 'The message is on its way again');
  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={data === undefined ? 'Message' : `Message: ${messageLabel(data.kind)}`}
    >
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The message is being read.'}</p>
      ) : (
        <Loaded
          delivery={data}
          again={
            <ActionButton loading={busy !== null} disabledReason={missing} onClick={send}>
              {data.status === 'pending' ? 'Send now' : 'Send again'}
            </ActionButton>
          }
        />
      )}
    </Dialog>
  );
}
