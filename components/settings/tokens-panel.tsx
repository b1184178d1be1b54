'use client';
// Personal API tokens: one's own, and for administrators everyone's.
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { revokeTokenAction } from '@/server/console/actions/tokens';
import type { ApiToken } from '@/server/contract/auth';
import { PERMISSIONS } from '@/server/contract/permissions';
import { useLiveOrgPage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { useKeys } from '@/components/ui/keys';
import { useNow } from '@/components/ui/now';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import { CreateTokenDialog } from './create-token-dialog';
import { TOKENS_PATH, tokensParams } from './queries';
import { SecretDialog } from './secret-dialog';
import classes from './settings.module.css';

function TokenState({ token }: { token: ApiToken }) {
  const now = useNow();
  if (token.revoked_at !== null) return <StatusChip tone="idle">revoked</StatusChip>;
  const expired = token.expires_at !== null && Date.parse(token.expires_at) <= now;
  return expired ? <StatusChip tone="idle">expired</StatusChip> : <StatusChip tone="ok">in force</StatusChip>;
}

function Scopes({ token: { scopes } }: { token: ApiToken }) {
  const isAll = PERMISSIONS.every((one) => scopes.includes(one));
  const list = scopes.join(', ');
  return isAll ? (
    <span title={list}>everything that its person may do</span>
  ) : (
    <span title={list}>{list}</span>
  );
}

const columnsOf = (everyone: boolean, revoke: (token: ApiToken) => void): readonly Column<ApiToken>[] => [
  { id: 'name', header: 'Token', cell: (t) => t.name },
  ...(everyone ? [{ id: 'user', header: 'Person', cell: (t: ApiToken) => t.user_email }] : []),
  { id: 'state', header: 'State', cell: (t) => <TokenState token={t} /> },
  { id: 'scopes', header: 'May do', cell: (t) => <Scopes token={t} /> },
  {
    id: 'used',
    header: 'Last used',
    cell: (t) => (t.last_used_at === null ? 'never' : <TimeAgo at={t.last_used_at} />),
  },
  {
    id: 'expires',
    header: 'Expires',
    cell: (t) => (t.expires_at === null ? 'never' : <Timestamp at={t.expires_at} />),
  },
  {
    id: 'actions',
    header: 'Actions',
    align: 'end',
    cell: (t) =>
      t.revoked_at === null ? (
        <ActionButton size="compact-xs" variant="default" color="red" onClick={() => revoke(t)}>
          Revoke
        </ActionButton>
      ) : null,
  },
];

function RevokeDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const revoke = async () => {
    const target = { projectId: project.id, tokenId: token.id };
    await run('revoke', () => revokeTokenAction(target), `Revoked ${token.name}`);
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      danger
      title={`Revoke ${token.name}?`}
      confirmLabel="Revoke token"
      busy={busy !== null}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      Whatever uses it is refused from its next call on. This cannot be undone; make a new token instead.
    </ConfirmDialog>
  );
}

/** Tokens with their scopes, expiry and last use. */
export function TokensPanel() {
  const { project } = useSession();
  const notAdmin = useMissingPermission('ORG_CAN_ADMIN');
  const [everyone, setEveryone] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { data, error } = useLiveOrgPage<ApiToken>(project, TOKENS_PATH, tokensParams(everyone));
  useKeys([{ keys: [], label: 'Create an API token', group: 'Settings', run: () => setCreating(true) }]);
  const aside = (
    <div className={classes.actions}>
      <Switch
        size="xs"
        label="Tokens of everyone"
        checked={everyone}
        disabled={notAdmin !== undefined}
        title={notAdmin ?? ''}
        onChange={(event) => setEveryone(event.currentTarget.checked)}
      />
      <ActionButton size="compact-sm" onClick={() => setCreating(true)}>
        Create token
      </ActionButton>
    </div>
  );
  return (
    <Panel title="API tokens" aside={aside} flush>
      {data === undefined ? (
        <p role="alert" className={classes.muted}>
          {error?.message ?? 'The tokens are being read.'}
        </p>
      ) : (
        <DataTable
          label="API tokens"
          frameless
          columns={columnsOf(everyone, setRevoking)}
          rows={data.items}
          rowKey={(token) => token.id}
          empty={<EmptyState title="There is no token.">A script needs one to use the HTTP API.</EmptyState>}
        />
      )}
      {creating ? <CreateTokenDialog onSecret={setSecret} onClose={() => setCreating(false)} /> : null}
      {revoking === null ? null : <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
      {secret === null ? null : (
        <SecretDialog
          title="Your new API token"
          kind="token"
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </Panel>
  );
}
