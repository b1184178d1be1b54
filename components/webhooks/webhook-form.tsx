'use client';
// A webhook to set up or to change. What its address may be is the server's rule; its sentence is shown as it is.
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeWebhookAction, createWebhookAction } from '@/server/console/actions/webhooks';
import { WEBHOOK_KINDS, type WebhookKind } from '@/server/contract/webhook-kinds';
import type { Webhook } from '@/server/contract/webhooks';
import type { Secret } from '@/components/settings/secret-dialog';
import classes from '@/components/settings/settings.module.css';
import { useFieldErrors } from '@/components/settings/use-field-errors';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { FieldsForm } from '@/components/ui/fields-form';
import { KIND } from './words';

interface Props {
  /** The one to change; without it a new one is set up. */
  webhook?: Webhook;
  /** Told the secret of a new one. */
  onSecret?: (secret: Secret) => void;
  onClose: () => void;
}

function useForm({ webhook, onSecret, onClose }: Props) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [kinds, setKinds] = useState<WebhookKind[]>(webhook?.kinds ?? [...WEBHOOK_KINDS]);
  const { errorOf, noting, forget } = useFieldErrors<'name' | 'url'>();
  const input = { name: name.trim(), url: url.trim(), kinds };
  const change = async (webhookId: string) => {
    const target = { projectId: project.id, webhookId };
    const done = await run(
      'change',
      () => noting(changeWebhookAction(target, input)),
      `Changed ${input.name}`,
    );
    if (done !== null) onClose();
  };
  const create = async () => {
    const made = await run(
      'create',
      () => noting(createWebhookAction(project.id, input)),
      `Added ${input.name}`,
    );
    if (made === null) return;
    onSecret?.({ title: `Signing secret of ${made.name}`, secret: made.secret });
    onClose();
  };
  return {
    busy: busy !== null,
    errorOf,
    name,
    setName: (next: string) => {
      setName(next);
      forget('name');
    },
    url,
    setUrl: (next: string) => {
      setUrl(next);
      forget('url');
    },
    kinds,
    setKinds,
    isComplete: input.name !== '' && input.url !== '' && kinds.length > 0,
    save: () => void (webhook === undefined ? create() : change(webhook.id)),
  };
}

/** Asks for a name, an address and what to tell. */
export function WebhookForm(props: Props) {
  const { webhook, onClose } = props;
  const form = useForm(props);
  const isNew = webhook === undefined;
  return (
    <ConfirmDialog
      opened
      title={isNew ? 'Add a webhook' : `Change ${webhook.name}`}
      confirmLabel={isNew ? 'Add webhook' : 'Save changes'}
      disabled={!form.isComplete}
      busy={form.busy}
      onConfirm={form.save}
      onClose={onClose}
    >
      <FieldsForm className={classes.stack} ready={form.isComplete && !form.busy} onSubmit={form.save}>
        <TextInput
          label="Name"
          description="What people call it: the chat room, the pager"
          value={form.name}
          error={form.errorOf('name')}
          data-autofocus
          autoComplete="off"
          onChange={(event) => form.setName(event.currentTarget.value)}
        />
        <TextInput
          label="Address"
          description="An http or https URL that takes a POST with JSON"
          type="url"
          placeholder="https://hooks.example.org/tidegate"
          value={form.url}
          error={form.errorOf('url')}
          autoComplete="off"
          onChange={(event) => form.setUrl(event.currentTarget.value)}
        />
        <Checkbox.Group
          label="Tell when"
          value={form.kinds}
          onChange={(chosen) => form.setKinds(WEBHOOK_KINDS.filter((kind) => chosen.includes(kind)))}
        >
          <div className={classes.choices}>
            {WEBHOOK_KINDS.map((kind) => (
              <Checkbox key={kind} value={kind} label={KIND[kind].label} description={KIND[kind].meaning} />
            ))}
          </div>
        </Checkbox.Group>
        <p className={classes.muted}>
          One message per schema and table, never one per device. No message holds a value of a row.
        </p>
      </FieldsForm>
    </ConfirmDialog>
  );
}
