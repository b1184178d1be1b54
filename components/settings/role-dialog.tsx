'use client';
// Gives a member another role. Asked in a dialog: a select in the list would give each role on the way as arrows go
// through it.
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '@/server/contract/members';
import type { Role } from '@/server/contract/roles';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ROLE_OPTIONS } from './role-options';

interface Props {
  member: Member;
  busy: boolean;
  onConfirm: (role: Role) => void;
  onClose: () => void;
}

/** Opened for one member; mount it when it opens. */
export function RoleDialog({ member, busy, onConfirm, onClose }: Props) {
  const [role, setRole] = useState(member.role);
  return (
    <ConfirmDialog
      opened
      title={`Change the role of ${member.email}?`}
      confirmLabel={`Make ${role}`}
      busy={busy}
      disabled={role === member.role}
      onConfirm={() => onConfirm(role)}
      onClose={onClose}
    >
      <NativeSelect
        label="Role"
        description="It counts from the next request on, for sessions and tokens that are there already."
        value={role}
        data={ROLE_OPTIONS}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
