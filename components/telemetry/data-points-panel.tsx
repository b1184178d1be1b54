'use client';
// What columns are mapped to: each data point with its newest value, how fresh it is and what fills it.
import { useState } from 'react';
import type { Policy } from '@/server/contract/fleet';
import type { DataPoint } from '@/server/contract/telemetry';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { PanelError } from '@/components/ui/panel-error';
import { StatusChip, Tag } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { AddDataPointDialog } from './add-data-point-dialog';
import { dataPointsParams, dataPointsPath } from './queries';
import classes from './telemetry.module.css';

function Value({ point }: { point: DataPoint }) {
  if (point.latest === null) return <span className={classes.none}>none yet</span>;
  return (
    <span className="tg-mono" title={String(point.latest.value)}>
      {String(point.latest.value)}
      {point.unit === null ? '' : ` ${point.unit}`}
    </span>
  );
}

/** How good the newest value is: told by when it was measured, and by whether anything still measures it. */
function Quality({ point }: { point: DataPoint }) {
  const isMapped = point.mapped_from.some((from) => from.is_current);
  if (point.is_from_future)
    return (
      <StatusChip tone="bad" plain title="Its time is ahead of the server's: the device's clock is wrong.">
        Ahead of time
      </StatusChip>
    );
  if (!isMapped)
    return (
      <StatusChip tone="idle" plain title="No column of a schema in force is mapped to it.">
        Not mapped
      </StatusChip>
    );
  if (point.latest === null)
    return (
      <StatusChip tone="wait" plain title="A column is mapped to it, and no value has come.">
        Waiting
      </StatusChip>
    );
  return point.values_last_hour > 0 ? (
    <StatusChip tone="ok" plain title="Values of the last hour have come.">
      Fresh
    </StatusChip>
  ) : (
    <StatusChip tone="wait" plain title="No value of the last hour has come.">
      Old
    </StatusChip>
  );
}

function MappedFrom({ point }: { point: DataPoint }) {
  if (point.mapped_from.length === 0) return <span className={classes.none}>nothing</span>;
  return point.mapped_from.map((from) => (
    <div key={`${from.lineage_id} ${from.source_column_name}`}>
      <Link href={`/lineages/${from.lineage_id}`} className={`${classes.link ?? ''} tg-mono`}>
        {from.source_table}.{from.source_column_name}
      </Link>{' '}
      {from.action === 'auto_create_and_map' ? (
        <Tag title="The approval made the data point.">made by approval</Tag>
      ) : null}
      {from.is_current ? null : (
        <Tag title="The schema that the table has now does not map it.">earlier schema</Tag>
      )}
    </div>
  ));
}

const columns: readonly Column<DataPoint>[] = [
  { id: 'name', header: 'Data point', cell: (point) => <span title={point.name}>{point.name}</span> },
  { id: 'value', header: 'Latest value', align: 'end', cell: (point) => <Value point={point} /> },
  {
    id: 'at',
    header: 'Measured',
    align: 'end',
    width: '110px',
    cell: (point) =>
      point.latest === null ? <span className={classes.none}>never</span> : <TimeAgo at={point.latest.ts} />,
  },
  { id: 'quality', header: 'Quality', width: '124px', cell: (point) => <Quality point={point} /> },
  {
    id: 'hour',
    header: 'In 1 h',
    align: 'end',
    width: '72px',
    cell: (point) => formatCount(point.values_last_hour),
  },
  { id: 'type', header: 'Type', width: '76px', cell: (point) => point.value_type },
  { id: 'from', header: 'Filled by', cell: (point) => <MappedFrom point={point} /> },
];

/** Whether approvals may make data points, as a link to where that is decided. */
function Rule({ fleetId }: { fleetId: string }) {
  const { project } = useSession();
  const { data } = useLiveObject<Policy>(project.id, `fleets/${fleetId}/edge/policy`);
  if (data === undefined) return null;
  return (
    <Link href={`/policy?fleet=${fleetId}`} className={classes.link}>
      {data.allow_auto_create_device_data_points
        ? 'Approvals may make data points'
        : 'Approvals may not make data points'}
    </Link>
  );
}

interface Props {
  deviceId: string;
  fleetId: string;
  /** Only those that this lineage fills; without it, all of the device. */
  lineageId?: string;
}

/** The data points of a device, or of one lineage. */
export function DataPointsPanel({ deviceId, fleetId, lineageId }: Props) {
  const missing = useMissingPermission('PROJECT_CAN_READ_ROWS');
  const unmanaged = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title="Data points"
      flush
      aside={
        <span className={classes.aside}>
          <Rule fleetId={fleetId} />
          {lineageId === undefined ? (
            <ActionButton
              size="compact-xs"
              variant="default"
              disabledReason={unmanaged}
              onClick={() => setAdding(true)}
            >
              Add data point…
            </ActionButton>
          ) : null}
        </span>
      }
    >
      {missing === undefined ? (
        <Points deviceId={deviceId} lineageId={lineageId} />
      ) : (
        <EmptyState title="Values are row contents.">{missing}</EmptyState>
      )}
      {adding ? <AddDataPointDialog deviceId={deviceId} onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function Points({ deviceId, lineageId }: { deviceId: string; lineageId: string | undefined }) {
  const { project } = useSession();
  const { data, error, isFetching, refetch } = useLivePage<DataPoint>(
    project.id,
    dataPointsPath(deviceId),
    dataPointsParams,
  );
  if (data === undefined)
    return error === null ? (
      <EmptyState title="The data points are being read." />
    ) : (
      <PanelError what="The data points" error={error} busy={isFetching} onRetry={() => void refetch()} />
    );
  const points = data.items.filter(
    ({ mapped_from: from }) => lineageId === undefined || from.some((one) => one.lineage_id === lineageId),
  );
  return (
    <>
      <DataTable
        label="Data points"
        columns={columns}
        rows={points}
        rowKey={(point) => point.id}
        frameless
        empty={
          <EmptyState title="No data point.">
            A review maps a column to one: its values then go to telemetry, with the time of each.
          </EmptyState>
        }
      />
      {data.meta.total_items > data.items.length ? (
        <p className={classes.muted}>
          And {formatCounted(data.meta.total_items - data.items.length, 'more data point')} by the API.
        </p>
      ) : null}
    </>
  );
}
