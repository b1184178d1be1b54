'use client';
// The webhooks of the project: where each goes, what it tells, and whether it arrives.
import { useState } from 'react';
import type { Webhook } from '@/server/contract/webhooks';
import { SecretDialog, type Secret } from '@/components/settings/secret-dialog';
import classes from '@/components/settings/settings.module.css';
import { useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { WEBHOOKS_PATH, webhooksParams } from './queries';
import { WebhookForm } from './webhook-form';
import { KIND, stateOf } from './words';

const columns: readonly Column<Webhook>[] = [
  { id: 'name', header: 'Webhook', primary: true, cell: (w) => w.name },
  {
    id: 'state',
    header: 'State',
    width: '120px',
    cell: (w) => (
      <StatusChip tone={stateOf(w).tone} plain title={w.disabled_reason ?? ''}>
        {stateOf(w).label}
      </StatusChip>
    ),
  },
  { id: 'host', header: 'Goes to', cell: (w) => <span className="tg-mono">{new URL(w.url).host}</span> },
  {
    id: 'kinds',
    header: 'Tells of',
    cell: (w) => {
      const words = w.kinds.map((kind) => KIND[kind].label).join(', ');
      return <span title={words}>{words}</span>;
    },
  },
  {
    id: 'pending',
    header: 'Waiting',
    align: 'end',
    width: '76px',
    cell: (w) => formatCount(w.pending_deliveries),
  },
  {
    id: 'delivered',
    header: 'Last delivered',
    align: 'end',
    width: '130px',
    cell: (w) => (w.last_delivered_at === null ? 'never' : <TimeAgo at={w.last_delivered_at} />),
  },
];

/** Webhooks; for administrators. */
export function WebhooksPanel() {
  const { project } = useSession();
  const missing = useMissingPermission('ORG_CAN_ADMIN');
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const { data, error } = useLivePage<Webhook>(project.id, WEBHOOKS_PATH, webhooksParams);
  useKeys([
    {
      keys: [],
      label: 'Add a webhook',
      group: 'Settings',
      run: () => setAdding(true),
      disabledReason: missing,
    },
  ]);
  const add = (
    <ActionButton size="compact-sm" disabledReason={missing} onClick={() => setAdding(true)}>
      Add webhook
    </ActionButton>
  );
  return (
    <Panel title={`Webhooks of ${project.name}`} aside={add} flush={data !== undefined}>
      {data === undefined ? (
        <p role="alert" className={classes.muted}>
          {missing ?? error?.message ?? 'The webhooks are being read.'}
        </p>
      ) : (
        <DataTable
          label="Webhooks"
          frameless
          columns={columns}
          rows={data.items}
          rowKey={(webhook) => webhook.id}
          href={(webhook) => `/settings/webhooks/${webhook.id}`}
          empty={
            <EmptyState title="Nobody is told when something needs a person.">
              A webhook tells a chat room or a pager when a review waits, a breaker opens, a backlog runs full
              or a device falls silent.
            </EmptyState>
          }
        />
      )}
      {adding ? <WebhookForm onSecret={setSecret} onClose={() => setAdding(false)} /> : null}
      {secret === null ? null : (
        <SecretDialog {...secret} kind="signing secret" isHashed={false} onClose={() => setSecret(null)} />
      )}
    </Panel>
  );
}
