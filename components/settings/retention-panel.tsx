'use client';
// What is kept for how long, and whether the round that takes the rest away runs.
import type { KeptThing, RetentionStatus } from '@/server/contract/retention';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { RETENTION_PATH } from './queries';
import classes from './settings.module.css';

type Kept = RetentionStatus['kept'][number];

const LABEL: Record<KeptThing, { label: string; leaves: string }> = {
  telemetry_values: { label: 'Telemetry values', leaves: 'by the month; the newest value stays' },
  batch_ledger: {
    label: 'Batch ledger',
    leaves: 'by the week; a later repeat of a batch still changes nothing',
  },
  rejected_batches: { label: 'Rejected batches', leaves: 'with their payload' },
  tombstones: { label: 'Tombstones of deleted keys', leaves: 'unless something older still waits' },
  webhook_deliveries: { label: 'Webhook messages', leaves: 'once they are over' },
  bulk_jobs: { label: 'Bulk operations', leaves: 'once they are over, with the result of each item' },
  bulk_previews: { label: 'Bulk operations, counted only', leaves: 'when they were never started' },
  access_events: { label: 'Broker access', leaves: 'connections and refusals of devices' },
  tokens: { label: 'Dead API tokens', leaves: 'after they expired or were revoked' },
  idempotency_keys: { label: 'Idempotency keys', leaves: 'with the answers under them' },
  events: { label: 'Events', leaves: 'never: they are the audit log' },
};

/** What a round counts, in words; a kind of another version as it is. */
const REMOVED: Record<string, string> = {
  stray_values: 'values outside of any partition',
  rejected_batches: 'rejected batches',
  idempotency_keys: 'idempotency keys',
  tokens: 'dead tokens',
  tombstones: 'tombstones',
  webhook_deliveries: 'webhook messages',
  bulk_jobs: 'bulk operations',
  partitions: 'partitions',
};

const removedText = (rows: Record<string, number>): string =>
  Object.entries(rows)
    .map(([what, n]) => `${formatCount(n)} ${REMOVED[what] ?? what}`)
    .join(', ');

function Days({ kept }: { kept: Kept }) {
  if (kept.what === 'events') return 'for ever';
  if (kept.days === null) return <span className={classes.muted}>not told yet</span>;
  return formatCounted(kept.days, 'day');
}

const FROM: Record<Kept['from'], string> = {
  fixed: 'fixed',
  installation: 'the installation',
  policy: 'policy',
};

const columns: readonly Column<Kept>[] = [
  { id: 'what', header: 'What', width: '220px', cell: (kept) => LABEL[kept.what].label },
  { id: 'days', header: 'Kept', width: '110px', cell: (kept) => <Days kept={kept} /> },
  { id: 'leaves', header: 'Leaves', cell: (kept) => LABEL[kept.what].leaves },
  {
    id: 'from',
    header: 'Set by',
    cell: (kept) =>
      kept.from === 'policy' ? (
        <>
          <Link href="/policy" className={classes.link}>
            policy
          </Link>
          {kept.fleets.map((fleet) => (
            <span key={fleet.fleet_id}>
              ;{' '}
              <Link href={`/policy?fleet=${fleet.fleet_id}`} className={classes.link}>
                {fleet.fleet_name}
              </Link>{' '}
              {formatCounted(fleet.days, 'day')}
            </span>
          ))}
        </>
      ) : (
        FROM[kept.from]
      ),
  },
];

function LastRound({ status }: { status: RetentionStatus }) {
  const { last_round: round, last_removal: removal, removed_24h: recent } = status;
  if (round === null)
    return (
      <p className={classes.muted}>
        No round has run yet: a worker runs one every minute.{' '}
        <Link href="/" className={classes.link}>
          See whether a worker runs
        </Link>
      </p>
    );
  return (
    <div className={classes.rounds}>
      <p>
        <StatusChip tone={round.error === null ? 'ok' : 'bad'} plain>
          {round.error === null ? 'Last round' : 'Last round failed'}
        </StatusChip>{' '}
        <TimeAgo at={round.at} />
        {round.error === null ? '' : `: ${round.error} The next round tries again.`}
      </p>
      <p>
        {removal === null ? (
          'No round of the last 30 days has taken anything away.'
        ) : (
          <>
            It last took something away <TimeAgo at={removal.at} />:{' '}
            {[removedText(removal.rows_deleted), removal.partitions_dropped.join(', ')]
              .filter((part) => part !== '')
              .join('; ')}
            .
          </>
        )}
      </p>
      <p className={classes.muted}>
        In 24 hours: {Object.keys(recent).length === 0 ? 'nothing' : removedText(recent)}. Counts are of the
        whole installation.
      </p>
    </div>
  );
}

/** What is kept, and what the last round did. */
export function RetentionPanel() {
  const { project } = useSession();
  const { data, error } = useLiveObject<RetentionStatus>(project.id, RETENTION_PATH);
  return (
    <Panel title="Retention" flush>
      {data === undefined ? (
        <p role="status" className={classes.note}>
          {error?.message ?? 'The retention is being read.'}
        </p>
      ) : (
        <>
          <LastRound status={data} />
          <DataTable
            label="What is kept for how long"
            columns={columns}
            rows={data.kept}
            rowKey={({ what }) => what}
            frameless
            empty={null}
          />
        </>
      )}
    </Panel>
  );
}
