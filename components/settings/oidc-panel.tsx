'use client';
// Whether the installation is connected to an OIDC issuer, and whether the issuer answers.
import { useState } from 'react';
import type { OidcStatus } from '@/server/contract/oidc';
import { useLiveOrgObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { formatCounted } from '@/components/ui/format';
import { Facts, Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { OIDC_PATH } from './queries';
import classes from './settings.module.css';

const none = <span className={classes.muted}>none</span>;

function Keys({ keys }: { keys: OidcStatus['keys'] }) {
  if (keys.error !== null)
    return (
      <>
        <StatusChip tone="bad" plain>
          Not to be had
        </StatusChip>{' '}
        {keys.error}
        {keys.tried_at === null ? null : (
          <>
            {' '}
            (tried <TimeAgo at={keys.tried_at} />)
          </>
        )}
        {keys.fetched_at === null ? null : '. Those fetched before are still used.'}
      </>
    );
  if (keys.fetched_at === null)
    return <span className={classes.muted}>not asked for yet: they are fetched with the first token</span>;
  return (
    <>
      <StatusChip tone="ok" plain>
        {formatCounted(keys.count, 'key')}
      </StatusChip>{' '}
      fetched <TimeAgo at={keys.fetched_at} />
    </>
  );
}

function Configured({ status }: { status: OidcStatus }) {
  return (
    <Facts
      items={[
        { name: 'Issuer', value: <Copyable value={status.issuer ?? ''} label="issuer" chars={0} /> },
        {
          name: 'Sign-in',
          value: status.sign_in ? (
            `offered on the sign-in page as "${status.name ?? ''}"`
          ) : (
            <span className={classes.muted}>
              not set up: TIDEGATE_OIDC_CLIENT_ID and its secret are missing
            </span>
          ),
        },
        {
          name: 'API tokens',
          value:
            status.audience === null ? (
              <span className={classes.muted}>not taken: TIDEGATE_OIDC_AUDIENCE is not set</span>
            ) : (
              <Copyable value={status.audience} label="audience" chars={0} />
            ),
        },
        {
          name: 'Keys from',
          value:
            status.jwks_url === null ? (
              'the discovery document'
            ) : (
              <span className="tg-mono">{status.jwks_url}</span>
            ),
        },
        { name: 'Keys', value: <Keys keys={status.keys} /> },
        {
          name: 'People',
          value: status.people === 0 ? none : formatCounted(status.people, 'person', 'people'),
        },
      ]}
    />
  );
}

/** The issuer, and its keys as the web process that answers has them. */
export function OidcPanel() {
  const { project } = useSession();
  const missing = useMissingPermission('ORG_CAN_ADMIN');
  return (
    <Panel title="Single sign-on (OIDC)">
      {missing === undefined ? <Status project={project} /> : <p className={classes.muted}>{missing}</p>}
    </Panel>
  );
}

function Status({ project }: { project: { id: string; orgId: string } }) {
  const [refresh, setRefresh] = useState(false);
  const { data, error, refetch, isFetching } = useLiveOrgObject<OidcStatus>(
    project,
    OIDC_PATH,
    refresh ? { refresh: 'true' } : {},
  );
  if (data === undefined) return <p role="status">{error?.message ?? 'The set-up is being read.'}</p>;
  if (!data.configured)
    return (
      <p>
        <StatusChip tone="idle" plain>
          Not set up
        </StatusChip>{' '}
        People sign in with e-mail and password. To let them sign in with your provider, set{' '}
        <code className="tg-mono">TIDEGATE_OIDC_ISSUER</code>,{' '}
        <code className="tg-mono">TIDEGATE_OIDC_CLIENT_ID</code> and{' '}
        <code className="tg-mono">TIDEGATE_OIDC_CLIENT_SECRET</code> and start the web process again.
      </p>
    );
  return (
    <div className={classes.stack}>
      <Configured status={data} />
      <div>
        <ActionButton
          variant="default"
          loading={refresh && isFetching}
          onClick={() => {
            setRefresh(true);
            void refetch();
          }}
        >
          Ask the issuer for its keys
        </ActionButton>
      </div>
    </div>
  );
}
