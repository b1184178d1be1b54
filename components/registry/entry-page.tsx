'use client';
// One version of a table: what is decided, who is on it, and what it differs by from the others.
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { RegistryEntry, RegistryReview } from '@/server/contract/registry';
import { EventTrail } from '@/components/events/event-trail';
import { REGISTRY_REVIEWS_PATH } from '@/components/reviews/queries';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { EntryCompare } from './entry-compare';
import { EntryDecision } from './entry-decision';
import { EntryDevices } from './entry-devices';
import { EntryReviews, MirrorEvolution } from './entry-side';
import {
  ENTRIES_PATH,
  entryPath,
  entryReviewsParams,
  entryTrail,
  siblingParams,
  trailParams,
} from './queries';
import { ReconcileDialog } from './reconcile-dialog';
import classes from './registry.module.css';
import { entryPageSearch } from './registry-search';
import { ENTRY_STATUS, scopeText } from './words';

function EntryFacts({ entry }: { entry: RegistryEntry }) {
  return (
    <>
      <StatusChip tone={ENTRY_STATUS[entry.status].tone}>{ENTRY_STATUS[entry.status].label}</StatusChip>
      <span>{scopeText(entry)}</span>
      <span>
        Hash <Copyable value={entry.schema_hash} label="schema hash" chars={12} />
        {entry.verified ? '' : ' not verified'}
      </span>
      <span className="tg-num">Sent by {formatCounted(entry.device_count, 'device')}</span>
      {entry.waiting_lineages === 0 ? null : (
        <span className="tg-num">
          {formatCounted(entry.waiting_lineages, 'device')} {entry.status === 'rejected' ? 'held' : 'waiting'}{' '}
          with {formatCounted(entry.staged_row_count, 'staged row')}
        </span>
      )}
      <span>
        {entry.decided_at === null ? 'Seen ' : 'Decided '}
        <TimeAgo at={entry.decided_at ?? entry.created_at} />
      </span>
    </>
  );
}

/** Where the page leads, and why it does not. */
function useEntryActions(entry: RegistryEntry) {
  const router = useRouter();
  const backTo = useBackTo();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [reconciling, setReconciling] = useState(false);
  const { open_review_id: reviewId, mirror_id: mirrorId } = entry;
  const reconcile =
    missing ??
    (entry.status === 'approved'
      ? undefined
      : 'Only an approved version can be reconciled: decide its review.');
  const noMirror = mirrorId === null ? 'This version has no shared mirror.' : undefined;
  const noReview = reviewId === null ? 'No review of this version is open.' : undefined;
  const group = 'Registry';
  useKeys([
    { keys: ['Escape'], label: 'Back to the registry', group, run: () => backTo('/registry') },
    {
      keys: ['v'],
      label: 'Open the review',
      group,
      run: () => router.push(`/reviews/registry/${reviewId ?? ''}`),
      disabledReason: noReview,
    },
    {
      keys: ['w'],
      label: 'Open the shared mirror',
      group,
      run: () => router.push(`/registry/mirrors/${mirrorId ?? ''}`),
      disabledReason: noMirror,
    },
    { keys: [], label: 'Reconcile', group, run: () => setReconciling(true), disabledReason: reconcile },
  ]);
  return { reconcile, reconciling, setReconciling };
}

function Loaded({ entry }: { entry: RegistryEntry }) {
  const { project } = useSession();
  const { data } = useLivePage<RegistryEntry>(project.id, ENTRIES_PATH, siblingParams(entry));
  const versions = data?.items ?? [entry];
  const reviews = useLivePage<RegistryReview>(
    project.id,
    REGISTRY_REVIEWS_PATH,
    entryReviewsParams(entry.id),
  );
  const trail = entryTrail(entry.id, reviews.data?.items ?? []);
  const [search, setSearch] = useQueryStates(entryPageSearch, { history: 'replace' });
  const { reconcile, reconciling, setReconciling } = useEntryActions(entry);
  return (
    <>
      <PageHeader
        title={<span className={classes.title}>{entry.source_table}</span>}
        back={{ href: '/registry', label: 'Registry' }}
        facts={<EntryFacts entry={entry} />}
        actions={
          <>
            {entry.open_review_id === null ? null : (
              <Link href={`/reviews/registry/${entry.open_review_id}`} className={classes.link}>
                Open the review
              </Link>
            )}
            <ActionButton variant="default" disabledReason={reconcile} onClick={() => setReconciling(true)}>
              Reconcile…
            </ActionButton>
          </>
        }
      />
      <div className={classes.grid}>
        <div className={classes.column}>
          <EntryDevices registryId={entry.id} />
          <EntryCompare
            entry={entry}
            versions={versions}
            of={search.of}
            with={search.with}
            set={(change) => void setSearch(change)}
          />
          <EntryDecision entry={entry} />
        </div>
        <div className={classes.column}>
          <MirrorEvolution entry={entry} versions={versions} />
          <EntryReviews reviews={reviews.data?.items} error={reviews.error} />
          <EventTrail params={trailParams(...trail)} more={`/events?subject=${trail.join(',')}`} />
        </div>
      </div>
      {reconciling ? <ReconcileDialog entry={entry} onClose={() => setReconciling(false)} /> : null}
    </>
  );
}

/** The page of the registry entry `registryId`. */
export function EntryPage({ registryId }: { registryId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<RegistryEntry>(project.id, entryPath(registryId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The version is being read.'}</p>;
  return <Loaded key={data.id} entry={data} />;
}
