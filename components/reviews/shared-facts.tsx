'use client';
// Whom a shared decision concerns, and who waits for it: each device leads to its lineage.
import type { RegistryReviewDetail } from '@/server/contract/registry';
import type { RegistryDevice, RegistryReviewFacts } from '@/server/contract/registry-reads';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { formatCount, formatCounted, formatPace } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Facts, Panel } from '@/components/ui/panel';
import { PanelError } from '@/components/ui/panel-error';
import { registryReviewPath } from './queries';
import classes from './shared-facts.module.css';

const SHOWN_DEVICES = 8;

function Fleets({ facts }: { facts: RegistryReviewFacts }) {
  const { fleets } = facts.blast_radius;
  return (
    <ul className={classes.list}>
      {fleets.map((fleet) => (
        <li key={fleet.fleet_id} className="tg-num">
          {fleet.fleet_name}: {formatCount(fleet.waiting_devices)} waiting
          {fleet.approved_devices === 0 ? '' : `, ${formatCount(fleet.approved_devices)} approved`}
        </li>
      ))}
    </ul>
  );
}

/** Empty where all of them are connected. */
function offlineText(offline: number, waiting: number): string {
  if (offline === 0) return '';
  if (waiting === 1) return ', offline: it follows when it comes back';
  return `, ${formatCount(offline)} of them offline: ${offline === 1 ? 'it follows when it comes' : 'they follow when they come'} back`;
}

/** Devices, fleets, rows a minute, and the offline ones that will follow. */
export function BlastRadiusPanel({ detail }: { detail: RegistryReviewDetail }) {
  const { project } = useSession();
  const { data, error, isFetching, refetch } = useLiveObject<RegistryReviewFacts>(
    project.id,
    `${registryReviewPath(detail.id)}/facts`,
  );
  if (data === undefined) {
    return (
      <Panel title="Whom it concerns">
        {error === null ? (
          <p className={classes.muted}>Being counted.</p>
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
  }
  const radius = data.blast_radius;
  return (
    <Panel title="Whom it concerns">
      <Facts
        items={[
          {
            name: 'Devices waiting',
            value: (
              <span className="tg-num">
                {formatCount(radius.waiting_devices)}
                {offlineText(radius.waiting_devices_offline, radius.waiting_devices)}
              </span>
            ),
          },
          { name: 'Fleets', value: <Fleets facts={data} /> },
          {
            name: 'Announced',
            value: `${formatCounted(radius.announced_devices, 'device')} without a row of it yet`,
          },
          {
            name: 'Rows waiting',
            value: <span className="tg-num">{formatCount(radius.waiting_staged_rows)}</span>,
          },
          {
            name: 'Coming in',
            value: `${formatPace(radius.rows_per_minute)} rows a minute`,
          },
        ]}
      />
    </Panel>
  );
}

/** The devices that wait for the decision, the first ones by name. */
export function WaitingDevicesPanel({ detail }: { detail: RegistryReviewDetail }) {
  const { project } = useSession();
  const { data, error } = useLivePage<RegistryDevice>(
    project.id,
    `edge/registry/${detail.registry_id}/devices`,
    {
      on: 'waiting',
      limit: SHOWN_DEVICES,
    },
  );
  const devices = data?.items ?? [];
  return (
    <Panel
      title={
        data === undefined
          ? 'Devices'
          : `${formatCounted(data.meta.total_items, 'device')} ${detail.status === 'rejected' ? 'held' : 'waiting'}`
      }
      aside={
        <Link href={`/registry/${detail.registry_id}?on=waiting`} className={classes.link}>
          All of them
        </Link>
      }
    >
      {devices.length === 0 ? (
        <p className={classes.muted}>
          {data === undefined ? (error?.message ?? 'Being read.') : 'No device waits for this decision.'}
        </p>
      ) : (
        <ul className={classes.list}>
          {devices.map((device) => (
            <li key={device.lineage_id} className={classes.line}>
              <Link href={`/lineages/${device.lineage_id}`} className={classes.link}>
                {device.device_name}
              </Link>
              <span className={`${classes.muted} tg-num`}>
                {formatCounted(device.staged_row_count, 'row')}
                {device.connected ? '' : ', offline'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
