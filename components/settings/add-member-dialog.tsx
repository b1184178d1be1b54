'use client';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addMemberAction } from '@/server/console/actions/members';
import type { Role } from '@/server/contract/roles';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { FieldsForm } from '@/components/ui/fields-form';
import { ROLE_OPTIONS } from './role-options';
import type { Secret } from './secret-dialog';
import { useFieldErrors } from './use-field-errors';
import classes from './settings.module.css';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const NO_ADDRESS = 'This is not an e-mail address. One looks like name@example.org.';

/** Asks for an address and a role. */
export function AddMemberDialog({
  onSecret,
  onClose,
}: {
  onSecret: (secret: Secret) => void;
  onClose: () => void;
}) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [isLeft, setLeft] = useState(false);
  const { errorOf, noting, forget } = useFieldErrors<'email' | 'name'>();
  const isAddress = ADDRESS.test(email.trim());
  const add = async () => {
    const person = { email: email.trim(), role, ...(name.trim() === '' ? {} : { name: name.trim() }) };
    const made = await run('add', () => noting(addMemberAction(project.id, person)), `Added ${email.trim()}`);
    if (made === null) return;
    if (made.password !== null) onSecret({ title: `Password of ${made.email}`, secret: made.password });
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={`Add a member to ${project.orgName}`}
      confirmLabel="Add member"
      disabled={!isAddress}
      busy={busy !== null}
      onConfirm={() => void add()}
      onClose={onClose}
    >
      <FieldsForm className={classes.stack} ready={isAddress && busy === null} onSubmit={() => void add()}>
        <TextInput
          label="E-mail address"
          type="email"
          value={email}
          error={isLeft && email.trim() !== '' && !isAddress ? NO_ADDRESS : errorOf('email')}
          data-autofocus
          autoComplete="off"
          onBlur={() => setLeft(true)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setLeft(true);
          }}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            forget('email');
          }}
        />
        <TextInput
          label="Name (optional)"
          value={name}
          error={errorOf('name')}
          autoComplete="off"
          onChange={(event) => {
            setName(event.currentTarget.value);
            forget('name');
          }}
        />
        <NativeSelect
          label="Role"
          value={role}
          data={ROLE_OPTIONS}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
        <p className={classes.muted}>
          Somebody without an account gets one, with a password that is shown a single time.
        </p>
      </FieldsForm>
    </ConfirmDialog>
  );
}
