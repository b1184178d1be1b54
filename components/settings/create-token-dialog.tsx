'use client';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createTokenAction } from '@/server/console/actions/tokens';
import { PERMISSIONS } from '@/server/contract/permissions';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { FieldsForm } from '@/components/ui/fields-form';
import classes from './settings.module.css';

type Scope = (typeof PERMISSIONS)[number];

const DAY_MS = 86_400_000;
const MEANS: Record<Scope, string> = {
  PROJECT_CAN_VIEW: 'reviews, lineages, devices and events, without the contents of rows',
  PROJECT_CAN_MANAGE_DEVICES: 'decide reviews, change the policy, run devices and lineages',
  PROJECT_CAN_READ_ROWS: 'the contents of rows, of rejected payloads and of telemetry',
  ORG_CAN_ADMIN: 'projects, members, tokens of everyone, webhooks',
};

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'until it is revoked' },
];

/** A token never may more than its maker; only what the maker has is offered. */
export function CreateTokenDialog({
  onSecret,
  onClose,
}: {
  onSecret: (token: string) => void;
  onClose: () => void;
}) {
  const { project, permissions } = useSession();
  const { busy, run } = useActions(project.id);
  const mine = PERMISSIONS.filter((scope) => permissions.includes(scope));
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [scopes, setScopes] = useState<Scope[]>(mine);
  const isComplete = name.trim() !== '' && scopes.length > 0;
  const create = async () => {
    const expires =
      days === '' ? {} : { expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString() };
    const input = { name: name.trim(), scopes, ...expires };
    const made = await run('create', () => createTokenAction(project.id, input), `Created ${name.trim()}`);
    if (made === null) return;
    onSecret(made.token);
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title="Create an API token"
      confirmLabel="Create token"
      disabled={!isComplete}
      busy={busy !== null}
      onConfirm={() => void create()}
      onClose={onClose}
    >
      <FieldsForm
        className={classes.stack}
        ready={isComplete && busy === null}
        onSubmit={() => void create()}
      >
        <TextInput
          label="What it is for"
          value={name}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Valid for"
          value={days}
          data={LIFETIMES}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <Checkbox.Group
          label="What it may do"
          labelProps={{ mb: 6 }}
          value={scopes}
          onChange={(chosen) => setScopes(mine.filter((scope) => chosen.includes(scope)))}
        >
          <div className={classes.stack}>
            {mine.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} description={MEANS[scope]} />
            ))}
          </div>
        </Checkbox.Group>
      </FieldsForm>
    </ConfirmDialog>
  );
}
