// The columns of every list of lineages.
import type { Lineage } from '@/server/contract/governance';
import type { Column } from '@/components/ui/data-table';
import { formatBytes, formatCount, formatShare } from '@/components/ui/format';
import { TimeAgo } from '@/components/ui/time';
import { shareOfCaps } from './backlog';
import classes from './lineage-list.module.css';
import { PauseChips } from './pause-chips';

/** From here on the device will soon be paused. */
const NEAR_CAP = 0.8;

/** A slow table is not one that stands still. */
const formatRate = (perMinute: number): string =>
  perMinute > 0 && perMinute < 1 ? '< 1' : formatCount(Math.round(perMinute));

function ShareOfCap({ lineage }: { lineage: Lineage }) {
  const share = shareOfCaps(lineage, { rows: lineage.staged_rows_max, bytes: lineage.staged_bytes_max });
  if (share === 0) return <span className={classes.none}>0 %</span>;
  const words = `${formatCount(lineage.staged_row_count)} of ${formatCount(lineage.staged_rows_max)} rows, ${formatBytes(lineage.staged_bytes)} of ${formatBytes(lineage.staged_bytes_max)}`;
  return (
    <span
      className={classes.share}
      data-tone={share >= 1 ? 'bad' : share >= NEAR_CAP ? 'wait' : undefined}
      title={words}
    >
      {formatShare(share)}
    </span>
  );
}

const table: Column<Lineage> = {
  id: 'table',
  header: 'Table',
  sortKey: 'source_table',
  primary: true,
  cell: (lineage) => (
    <span className={`tg-mono ${classes.table ?? ''}`} title={lineage.source_table}>
      {lineage.source_table}
    </span>
  ),
};

const device: Column<Lineage> = {
  id: 'device',
  header: 'Device',
  sortKey: 'device_name',
  cell: (lineage) => (
    <span className={classes.device} title={lineage.device_name}>
      {lineage.device_name}
    </span>
  ),
};

const rest: readonly Column<Lineage>[] = [
  { id: 'status', header: 'Status', cell: (lineage) => <PauseChips causes={lineage.pause_causes} /> },
  {
    id: 'staged',
    header: 'Staged rows',
    align: 'end',
    width: '108px',
    sortKey: 'staged_row_count',
    cell: (lineage) => formatCount(lineage.staged_row_count),
  },
  {
    id: 'bytes',
    header: 'Staged size',
    align: 'end',
    width: '96px',
    cell: (lineage) => formatBytes(lineage.staged_bytes),
  },
  {
    id: 'cap',
    header: 'Of cap',
    align: 'end',
    width: '72px',
    cell: (lineage) => <ShareOfCap lineage={lineage} />,
  },
  {
    id: 'rate',
    header: 'Rows/min',
    align: 'end',
    width: '84px',
    cell: (lineage) => formatRate(lineage.rows_per_minute),
  },
  {
    id: 'accepted',
    header: 'Accepted rows',
    align: 'end',
    wide: true,
    width: '112px',
    cell: (lineage) => formatCount(lineage.accepted_row_count),
  },
  {
    id: 'last',
    header: 'Last batch',
    align: 'end',
    width: '120px',
    sortKey: 'last_batch_at',
    cell: (lineage) => <TimeAgo at={lineage.last_batch_at} />,
  },
  {
    id: 'error',
    header: 'Last error',
    // By when it was; those that never failed are left out.
    sortKey: 'last_error_at',
    cell: (lineage) =>
      lineage.materialization_last_error === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <span className={classes.error} title={lineage.materialization_last_error}>
          {lineage.materialization_last_error}
        </span>
      ),
  },
];

/** The lineages of a project. */
export const lineageColumns: readonly Column<Lineage>[] = [table, device, ...rest];

/** The lineages of one device. */
export const deviceLineageColumns: readonly Column<Lineage>[] = [
  table,
  ...rest.filter(({ id }) => !['bytes', 'cap', 'accepted'].includes(id)),
];
