'use client';
// One webhook: does it arrive, what was it sent, and what can be done about it.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  changeWebhookAction,
  deleteWebhookAction,
  rotateWebhookSecretAction,
  testWebhookAction,
} from '@/server/console/actions/webhooks';
import type { Webhook } from '@/server/contract/webhooks';
import { SecretDialog, type Secret } from '@/components/settings/secret-dialog';
import classes from '@/components/settings/settings.module.css';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions, type Actions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Copyable } from '@/components/ui/copyable';
import { useKeys } from '@/components/ui/keys';
import { PageHeader } from '@/components/ui/page-header';
import { Facts, Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { LastFailure } from './last-failure';
import { DeliveryLog } from './delivery-log';
import { webhookPath } from './queries';
import { WebhookForm } from './webhook-form';
import { KIND, stateOf } from './words';

type Asking = 'edit' | 'rotate' | 'delete' | null;

interface Model {
  webhook: Webhook;
  actions: Actions;
  missing: string | undefined;
  asking: Asking;
  ask: (asking: Asking) => void;
  test: () => void;
  toggle: () => void;
  rotate: () => Promise<void>;
  remove: () => Promise<void>;
  secret: Secret | null;
  dismiss: () => void;
}

function useWebhook(webhook: Webhook): Model {
  const { project } = useSession();
  const router = useRouter();
  const actions = useActions(project.id);
  const missing = useMissingPermission('ORG_CAN_ADMIN');
  const [asking, ask] = useState<Asking>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const target = { projectId: project.id, webhookId: webhook.id };
  return {
    webhook,
    actions,
    missing,
    asking,
    ask,
    secret,
    dismiss: () => setSecret(null),
    test: () => void actions.run('test', () => testWebhookAction(target), 'A test message is on its way'),
    toggle: () =>
      void actions.run(
        'toggle',
        () => changeWebhookAction(target, { enabled: !webhook.enabled }),
        `${webhook.name} is ${webhook.enabled ? 'off' : 'on'} now`,
      ),
    rotate: async () => {
      const made = await actions.run('rotate', () => rotateWebhookSecretAction(target), 'New signing secret');
      ask(null);
      if (made !== null) setSecret({ title: `New signing secret of ${made.name}`, secret: made.secret });
    },
    remove: async () => {
      const gone = await actions.run('delete', () => deleteWebhookAction(target), `Deleted ${webhook.name}`);
      ask(null);
      if (gone !== null) router.push('/settings');
    },
  };
}

function Dialogs({ model }: { model: Model }) {
  const { webhook, asking, ask, actions, secret } = model;
  const busy = actions.busy !== null;
  return (
    <>
      {asking === 'edit' ? <WebhookForm webhook={webhook} onClose={() => ask(null)} /> : null}
      <ConfirmDialog
        opened={asking === 'rotate'}
        title={`Make a new signing secret for ${webhook.name}?`}
        confirmLabel="Make a new secret"
        busy={busy}
        onConfirm={() => void model.rotate()}
        onClose={() => ask(null)}
      >
        The new one is shown a single time. For 24 hours messages are signed with both, so that the receiver
        can change in its own time; after that only the new one counts.
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'delete'}
        danger
        title={`Delete ${webhook.name}?`}
        confirmLabel="Delete webhook"
        busy={busy}
        onConfirm={() => void model.remove()}
        onClose={() => ask(null)}
      >
        Its log goes with it, and {webhook.pending_deliveries} messages that wait are not sent. This cannot be
        undone.
      </ConfirmDialog>
      {secret === null ? null : (
        <SecretDialog {...secret} kind="signing secret" isHashed={false} onClose={model.dismiss} />
      )}
    </>
  );
}

function Actions({ model }: { model: Model }) {
  const { missing, ask, webhook } = model;
  const shared = { variant: 'default', disabledReason: missing } as const;
  return (
    <>
      <ActionButton disabledReason={missing} onClick={model.test}>
        Send a test
      </ActionButton>
      <ActionButton {...shared} onClick={() => ask('edit')}>
        Change…
      </ActionButton>
      <ActionButton {...shared} onClick={model.toggle}>
        {webhook.enabled ? 'Switch off' : 'Switch on'}
      </ActionButton>
      <ActionButton {...shared} onClick={() => ask('rotate')}>
        New secret…
      </ActionButton>
      <ActionButton {...shared} hotkey="D" onClick={() => ask('delete')}>
        Delete…
      </ActionButton>
    </>
  );
}

const factsOf = (webhook: Webhook) => [
  { name: 'Address', value: <Copyable value={webhook.url} label="address" chars={0} /> },
  { name: 'Tells of', value: webhook.kinds.map((kind) => KIND[kind].label).join(', ') },
  {
    name: 'Last delivered',
    value: webhook.last_delivered_at === null ? 'never' : <Timestamp at={webhook.last_delivered_at} />,
  },
  ...(webhook.failing_since === null
    ? []
    : [
        { name: 'Failing since', value: <Timestamp at={webhook.failing_since} /> },
        { name: 'Last failure', value: <LastFailure webhookId={webhook.id} /> },
      ]),
  ...(webhook.disabled_reason === null ? [] : [{ name: 'Switched off', value: webhook.disabled_reason }]),
  ...(webhook.previous_secret_until === null
    ? []
    : [{ name: 'Old secret signs until', value: <Timestamp at={webhook.previous_secret_until} /> }]),
];

function Loaded({ webhook }: { webhook: Webhook }) {
  const model = useWebhook(webhook);
  const backTo = useBackTo();
  const { label, tone } = stateOf(webhook);
  const { missing, ask } = model;
  const group = 'Webhook';
  useKeys([
    {
      keys: ['Escape'],
      label: 'Back to settings',
      group,
      movement: true,
      run: () => backTo('/settings'),
    },
    { keys: ['D'], label: 'Delete the webhook', group, run: () => ask('delete'), disabledReason: missing },
    { keys: [], label: 'Send a test', group, run: model.test, disabledReason: missing },
    { keys: [], label: 'Change the webhook', group, run: () => ask('edit'), disabledReason: missing },
    { keys: [], label: 'Switch it on or off', group, run: model.toggle, disabledReason: missing },
    {
      keys: [],
      label: 'Make a new signing secret',
      group,
      run: () => ask('rotate'),
      disabledReason: missing,
    },
  ]);
  return (
    <>
      <PageHeader
        title={webhook.name}
        back={{ href: '/settings', label: 'Settings' }}
        facts={
          <>
            <StatusChip tone={tone}>{label}</StatusChip>
            <span>
              Set up by {webhook.created_by_label} <TimeAgo at={webhook.created_at} />
            </span>
          </>
        }
        actions={<Actions model={model} />}
      />
      <div className={classes.grid}>
        <Panel title="Where it goes">
          <Facts items={factsOf(webhook)} />
        </Panel>
        <DeliveryLog webhook={webhook} />
      </div>
      <Dialogs model={model} />
    </>
  );
}

/** A webhook of the project. */
export function WebhookPage({ webhookId }: { webhookId: string }) {
  const { project } = useSession();
  const missing = useMissingPermission('ORG_CAN_ADMIN');
  const { data, error } = useLiveObject<Webhook>(project.id, webhookPath(webhookId));
  if (data !== undefined) return <Loaded webhook={data} />;
  return (
    <>
      <PageHeader title="Webhook" back={{ href: '/settings', label: 'Settings' }} />
      <p role="alert">{missing ?? error?.message ?? 'The webhook is being read.'}</p>
    </>
  );
}
