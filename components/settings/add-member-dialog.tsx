'use client';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addMemberAction } from '@/server/console/actions/members';
import type { Role } from '@/server/contract/roles';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ROLE_OPTIONS } from './role-options';
import type { Secret } from './secret-dialog';
import classes from './settings.module.css';

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
  const add = async () => {
    const person = { email: email.trim(), role, ...(name.trim() === '' ? {} : { name: name.trim() }) };
    const made = await run('add', () => addMemberAction(project.id, person), `Added ${email.trim()}`);
    if (made === null) return;
    if (made.password !== null) onSecret({ title: `Password of ${made.email}`, secret: made.password });
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={`Add a member to ${project.orgName}`}
      confirmLabel="Add member"
      disabled={!/.@./.test(email)}
      busy={busy !== null}
      onConfirm={() => void add()}
      onClose={onClose}
    >
      <div className={classes.stack}>
        <TextInput
          label="E-mail address"
          type="email"
          value={email}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label="Name (optional)"
          value={name}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
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
      </div>
    </ConfirmDialog>
  );
}
