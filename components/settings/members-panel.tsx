'use client';
// The people of the organisation. Every rule (only an owner makes an owner, the last one stays) is the server's; its
// sentence is shown as it is, and beforehand where the list tells that it will refuse.
import { useState } from 'react';
import type { Member } from '@/server/contract/members';
import type { Role } from '@/server/contract/roles';
import {
  changeMemberRoleAction,
  removeMemberAction,
  resetMemberPasswordAction,
} from '@/server/console/actions/members';
import { useLiveOrgPage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions, type Actions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DataTable, type Column } from '@/components/ui/data-table';
import { useKeys } from '@/components/ui/keys';
import { Panel } from '@/components/ui/panel';
import { TimeAgo } from '@/components/ui/time';
import { AddMemberDialog } from './add-member-dialog';
import { RoleDialog } from './role-dialog';
import { MEMBERS_PATH, membersParams } from './queries';
import { SecretDialog, type Secret } from './secret-dialog';
import classes from './settings.module.css';

interface Asking {
  what: 'role' | 'remove' | 'reset';
  member: Member;
}

interface RowActions {
  selfId: string;
  /** Who cannot be made less than an owner: there is no other. */
  onlyOwnerId: string | null;
  ask: (asking: Asking) => void;
}

const ONLY_OWNER = 'The only owner of the organisation. Make somebody else an owner first.';

const columnsOf = ({ selfId, onlyOwnerId, ask }: RowActions): readonly Column<Member>[] => [
  { id: 'email', header: 'Person', cell: (m) => `${m.email}${m.user_id === selfId ? ' (you)' : ''}` },
  { id: 'name', header: 'Name', cell: (m) => m.name },
  { id: 'role', header: 'Role', width: '90px', cell: (m) => m.role },
  {
    id: 'signed-in',
    header: 'Last sign-in',
    cell: (m) => (m.last_signed_in_at === null ? 'never' : <TimeAgo at={m.last_signed_in_at} />),
  },
  {
    id: 'actions',
    header: 'Actions',
    align: 'end',
    cell: (m) => (
      <div className={classes.actions}>
        <ActionButton
          size="compact-xs"
          variant="default"
          disabledReason={m.user_id === onlyOwnerId ? ONLY_OWNER : undefined}
          onClick={() => ask({ what: 'role', member: m })}
        >
          Role…
        </ActionButton>
        <ActionButton size="compact-xs" variant="default" onClick={() => ask({ what: 'reset', member: m })}>
          New password
        </ActionButton>
        <ActionButton
          size="compact-xs"
          variant="default"
          color="red"
          disabledReason={m.user_id === onlyOwnerId ? ONLY_OWNER : undefined}
          onClick={() => ask({ what: 'remove', member: m })}
        >
          Remove
        </ActionButton>
      </div>
    ),
  },
];

function AskDialog({
  asking,
  actions,
  onSecret,
  onClose,
}: {
  asking: Asking;
  actions: Actions;
  onSecret: (secret: Secret) => void;
  onClose: () => void;
}) {
  const { project } = useSession();
  const { member, what } = asking;
  const target = { projectId: project.id, userId: member.user_id };
  const setRole = async (role: Role) => {
    await actions.run(
      'role',
      () => changeMemberRoleAction(target, { role }),
      `${member.email} is ${role} now`,
    );
    onClose();
  };
  const confirm = async () => {
    if (what === 'remove') {
      await actions.run('remove', () => removeMemberAction(target), `Removed ${member.email}`);
    } else {
      const done = await actions.run(
        'reset',
        () => resetMemberPasswordAction(target),
        `${member.email} has a new password`,
      );
      if (done !== null && done.password !== null)
        onSecret({ title: `New password of ${member.email}`, secret: done.password });
    }
    onClose();
  };
  if (what === 'role')
    return (
      <RoleDialog
        member={member}
        busy={actions.busy !== null}
        onConfirm={(role) => void setRole(role)}
        onClose={onClose}
      />
    );
  return (
    <ConfirmDialog
      opened
      danger
      title={what === 'remove' ? `Remove ${member.email}?` : `Give ${member.email} a new password?`}
      confirmLabel={what === 'remove' ? 'Remove from the organisation' : 'Make a new password'}
      busy={actions.busy !== null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {what === 'remove'
        ? 'Sessions and tokens of this person see nothing of this organisation from now on. The account and what it did in the audit log stay.'
        : 'The present password stops working at once. The new one is shown a single time.'}
    </ConfirmDialog>
  );
}

/** The one owner among `members`; null where there are several, or not all members are known. */
function onlyOwnerOf(members: readonly Member[], total: number): string | null {
  const owners = members.filter(({ role }) => role === 'owner');
  return owners.length === 1 && members.length === total ? (owners[0]?.user_id ?? null) : null;
}

/** Members with their roles; for administrators. */
export function MembersPanel() {
  const { project, user } = useSession();
  const actions = useActions(project.id);
  const missing = useMissingPermission('ORG_CAN_ADMIN');
  const [asking, setAsking] = useState<Asking | null>(null);
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const { data, error } = useLiveOrgPage<Member>(project, MEMBERS_PATH, membersParams);
  useKeys([
    {
      keys: [],
      label: 'Add a member',
      group: 'Settings',
      run: () => setAdding(true),
      disabledReason: missing,
    },
  ]);
  const add = (
    <ActionButton size="compact-sm" disabledReason={missing} onClick={() => setAdding(true)}>
      Add member
    </ActionButton>
  );
  return (
    <Panel title={`Members of ${project.orgName}`} aside={add} flush={data !== undefined}>
      {data === undefined ? (
        <p role="alert" className={classes.muted}>
          {missing ?? error?.message ?? 'The members are being read.'}
        </p>
      ) : (
        <DataTable
          label="Members"
          frameless
          columns={columnsOf({
            selfId: user.id,
            onlyOwnerId: onlyOwnerOf(data.items, data.meta.total_items),
            ask: setAsking,
          })}
          rows={data.items}
          rowKey={(member) => member.user_id}
          empty={null}
        />
      )}
      {adding ? <AddMemberDialog onSecret={setSecret} onClose={() => setAdding(false)} /> : null}
      {asking === null ? null : (
        <AskDialog asking={asking} actions={actions} onSecret={setSecret} onClose={() => setAsking(null)} />
      )}
      {secret === null ? null : <SecretDialog {...secret} kind="password" onClose={() => setSecret(null)} />}
    </Panel>
  );
}
