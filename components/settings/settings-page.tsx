'use client';
import { PageHeader } from '@/components/ui/page-header';
import { AccountPanel } from './account-panel';
import { MembersPanel } from './members-panel';
import classes from './settings.module.css';
import { TokensPanel } from './tokens-panel';

/** Members and roles, tokens, one's own account. */
export function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" facts="People, API tokens and your own account" />
      <div className={classes.grid}>
        <MembersPanel />
        <TokensPanel />
        <AccountPanel />
      </div>
    </>
  );
}
