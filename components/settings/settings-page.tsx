'use client';
import { PageHeader } from '@/components/ui/page-header';
import { AccountPanel } from './account-panel';
import { MembersPanel } from './members-panel';
import { OidcPanel } from './oidc-panel';
import { RetentionPanel } from './retention-panel';
import classes from './settings.module.css';
import { TokensPanel } from './tokens-panel';
import { WebhooksPanel } from '@/components/webhooks/webhooks-panel';

/** Members and roles, tokens, webhooks, sign-in, retention, one's own account. */
export function SettingsPage() {
  return (
    <>
      <PageHeader
        title="Settings"
        facts="People, API tokens, webhooks, what is kept for how long, and your own account"
      />
      <div className={classes.grid}>
        <MembersPanel />
        <TokensPanel />
        <WebhooksPanel />
        <OidcPanel />
        <RetentionPanel />
        <AccountPanel />
      </div>
    </>
  );
}
