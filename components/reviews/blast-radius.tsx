'use client';
// Whom a decision on this schema concerns besides this device, and how to decide the same for all of them at once.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReviewFacts } from '@/server/contract/review-facts';
import { useBulkPreview } from '@/components/bulk/use-bulk-preview';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { formatCount, formatCounted, formatPace } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Facts, Panel } from '@/components/ui/panel';
import { PanelError } from '@/components/ui/panel-error';
import { TimeAgo } from '@/components/ui/time';
import classes from './blast-radius.module.css';

function Fleets({ fleets }: Pick<ReviewFacts['blast_radius'], 'fleets'>) {
  return (
    <ul className={classes.fleets}>
      {fleets.map((fleet) => (
        <li key={fleet.fleet_id}>
          {fleet.fleet_name}: {formatCount(fleet.waiting_devices)} waiting
          {fleet.approved_devices === 0 ? null : `, ${formatCount(fleet.approved_devices)} approved`}
        </li>
      ))}
    </ul>
  );
}

/** The devices of the project whose same table has the same schema. */
export function BlastRadius({ query }: { query: UseQueryResult<ReviewFacts> }) {
  const { data: facts, error, isFetching, refetch, dataUpdatedAt } = query;
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const bulk = useBulkPreview(project.id);
  if (facts === undefined)
    return (
      <Panel title="Blast radius">
        {error === null ? (
          <p className={classes.muted}>It is being counted.</p>
        ) : (
          <PanelError
            what="The blast radius"
            error={error}
            busy={isFetching}
            onRetry={() => void refetch()}
          />
        )}
      </Panel>
    );
  const { source_table, schema_hash, blast_radius: radius } = facts;
  const same = new URLSearchParams({ table: source_table, hash: schema_hash });
  const items = [
    { name: 'Devices that wait', value: formatCount(radius.waiting_devices) },
    { name: 'Of them offline, they follow later', value: formatCount(radius.waiting_devices_offline) },
    { name: 'Announced, no row yet', value: formatCount(radius.announced_devices) },
    { name: 'Approved on', value: formatCounted(radius.approved_devices, 'device') },
    { name: 'Rejected on', value: formatCounted(radius.rejected_devices, 'device') },
    { name: 'Staged rows of all', value: formatCount(radius.waiting_staged_rows) },
    {
      name: `Rows a minute, last ${String(radius.window_minutes)} min`,
      value: formatPace(radius.rows_per_minute),
    },
    { name: 'Fleets', value: <Fleets fleets={radius.fleets} /> },
  ];
  return (
    <Panel
      title="Blast radius"
      aside={
        <span>
          counted <TimeAgo at={new Date(dataUpdatedAt).toISOString()} />
        </span>
      }
    >
      <Facts items={items} />
      {radius.waiting_devices < 2 ? null : (
        <div className={classes.all}>
          <Link href={`/reviews?${same.toString()}`}>Reviews of this schema</Link>
          <ActionButton
            variant="default"
            loading={bulk.busy}
            disabledReason={missing}
            onClick={() =>
              bulk.preview({ action: 'approve', filter: { status: 'open', source_table, schema_hash } })
            }
          >
            All of this schema at once…
          </ActionButton>
        </div>
      )}
    </Panel>
  );
}
