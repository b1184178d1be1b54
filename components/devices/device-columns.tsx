// The columns of the list of devices.
import type { ListedDevice } from '@/server/contract/fleet';
import type { Column } from '@/components/ui/data-table';
import { Copyable } from '@/components/ui/copyable';
import { formatCount } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './devices.module.css';
import { Presence } from './presence';

/** The count where counting stops. */
const REJECTED_MAX = 1_000;

/** A count with the list behind it; a zero leads nowhere. */
function Count({ n, href, label }: { n: number; href: string; label: string }) {
  if (n === 0) return <span className={classes.none}>0</span>;
  return (
    <Link href={href} className={classes.count} aria-label={`${formatCount(n)} ${label}`}>
      {formatCount(n)}
      {n >= REJECTED_MAX ? '+' : ''}
    </Link>
  );
}

function Lineages({ device }: { device: ListedDevice }) {
  const { lineage_count: all, paused_lineage_count: paused } = device;
  return (
    <>
      <Count n={all} href={`/lineages?device=${device.id}`} label="lineages" />
      {paused === 0 ? null : (
        <>
          {' '}
          <Link href={`/lineages?device=${device.id}&status=paused`} className={classes.count}>
            ({formatCount(paused)} paused)
          </Link>
        </>
      )}
    </>
  );
}

const demo: Column<ListedDevice> = {
  id: 'demo',
  header: 'Demo',
  width: '56px',
  cell: (device) => (device.is_demo ? <Tag title="Part of the demo fleet">demo</Tag> : null),
};

const rest: readonly Column<ListedDevice>[] = [
  {
    id: 'presence',
    header: 'Connection',
    width: '190px',
    sortKey: 'last_seen_at',
    cell: (device) => <Presence device={device} plain />,
  },
  { id: 'fleet', header: 'Fleet', cell: (device) => device.fleet_name },
  {
    id: 'lineages',
    header: 'Lineages',
    align: 'end',
    width: '118px',
    sortKey: 'lineages',
    cell: (device) => <Lineages device={device} />,
  },
  {
    id: 'rejected',
    header: 'Rejected',
    align: 'end',
    width: '88px',
    sortKey: 'rejected_batches',
    cell: (device) => (
      <Count
        n={device.rejected_batch_count}
        href={`/rejected?view=all&state=waiting&device=${device.id}`}
        label="rejected batches"
      />
    ),
  },
  {
    id: 'controls',
    header: 'Controls',
    align: 'end',
    width: '88px',
    sortKey: 'pending_controls',
    cell: (device) => (
      <Count n={device.pending_control_count} href={`/devices/${device.id}`} label="pending controls" />
    ),
  },
  {
    id: 'id',
    header: 'Id',
    width: '110px',
    cell: (device) => <Copyable value={device.id} label="device id" />,
  },
  {
    id: 'created',
    header: 'Registered',
    align: 'end',
    width: '110px',
    sortKey: 'created_at',
    cell: (device) => <TimeAgo at={device.created_at} />,
  },
];

const name: Column<ListedDevice> = {
  id: 'name',
  header: 'Device',
  primary: true,
  sortKey: 'name',
  cell: (device) => device.name,
};

/** The columns of `devices`; which of them are the demo's is told only where any is. */
export const deviceColumnsOf = (devices: readonly ListedDevice[]): readonly Column<ListedDevice>[] =>
  devices.some((device) => device.is_demo) ? [name, demo, ...rest] : [name, ...rest];
