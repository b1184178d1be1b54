'use client';
// Rejected batches by cause, counted by the server over all of them; a whole kind is retried from its line.
import { useState } from 'react';
import type { RejectedGroup, RejectedGroups } from '@/server/contract/rows';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { formatCount, formatCounted } from '@/components/ui/format';
import { TimeAgo } from '@/components/ui/time';
import { GROUPS_PATH, groupParams, type RejectedSearch } from './rejected-search';
import classes from './rejected.module.css';
import { RetryKindDialog } from './retry-kind-dialog';

const columnsOf = (
  search: RejectedSearch,
  missing: string | undefined,
  retry: (group: RejectedGroup) => void,
): readonly Column<RejectedGroup>[] => [
  { id: 'code', header: 'Code', primary: true, cell: (g) => <span className="tg-mono">{g.code}</span> },
  {
    id: 'place',
    header: 'Table and place',
    cell: (g) => {
      const place = [g.source_table, g.place].filter((part) => part !== null).join(' · ');
      return place === '' ? (
        <span className={classes.none}>whole payload</span>
      ) : (
        <span className="tg-mono" title={place}>
          {place}
        </span>
      );
    },
  },
  {
    id: 'device',
    header: search.view === 'device' ? 'Device' : 'Devices',
    cell: (g) =>
      g.devices > 1
        ? formatCounted(g.devices, 'device')
        : (g.device_name ?? (
            <span className={classes.none}>{g.device_id === null ? 'not registered' : 'deleted'}</span>
          )),
  },
  {
    id: 'meaning',
    header: 'What was wrong',
    cell: (g) => (
      <span className={classes.meaning} title={`${g.meaning}\n${g.remedy}\nNewest: ${g.detail}`}>
        {g.meaning}
      </span>
    ),
  },
  { id: 'count', header: 'Batches', align: 'end', width: '80px', cell: (g) => formatCount(g.batches) },
  {
    id: 'first',
    header: 'First seen',
    align: 'end',
    width: '100px',
    cell: (g) => <TimeAgo at={g.first_at} />,
  },
  { id: 'last', header: 'Last seen', align: 'end', width: '100px', cell: (g) => <TimeAgo at={g.last_at} /> },
  {
    id: 'retry',
    header: 'Retry',
    align: 'end',
    width: '120px',
    cell: (g) => (
      <ActionButton
        size="compact-xs"
        variant="default"
        disabledReason={missing ?? (g.waiting === 0 ? 'Every batch of this kind is in.' : undefined)}
        onClick={() => retry(g)}
      >
        {`Retry ${formatCount(g.waiting)}…`}
      </ActionButton>
    ),
  },
];

/** Where the batches of a group are: one by one, with the filters that are set. */
export function groupHref(group: RejectedGroup, search: RejectedSearch): string {
  if (group.batches === 1) return `/rejected/${group.newest_id}`;
  const query = new URLSearchParams({ view: 'all', cause: group.cause });
  const device = search.device !== '' ? search.device : search.view === 'device' ? group.device_id : null;
  if (device !== null) query.set('device', device);
  if (search.state !== null) query.set('state', search.state);
  if (search.hours !== null) query.set('hours', String(search.hours));
  return `/rejected?${query.toString()}`;
}

interface Props {
  search: RejectedSearch;
  empty: React.ReactNode;
  onActive: (href: string) => void;
}

/** The groups that were seen last. */
export function GroupTable({ search, empty, onActive }: Props) {
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [retrying, setRetrying] = useState<RejectedGroup | null>(null);
  const { data, error, isPlaceholderData } = useLiveObject<RejectedGroups>(
    project.id,
    GROUPS_PATH,
    groupParams(search),
  );
  if (data === undefined)
    return <p role="alert">{error?.message ?? 'The rejected batches are being read.'}</p>;
  return (
    <>
      <DataTable
        label="Rejected batches by cause"
        columns={columnsOf(search, missing, setRetrying)}
        rows={data.groups}
        rowKey={(group) => `${group.cause} ${search.view === 'device' ? group.device_id : ''}`}
        href={(group) => groupHref(group, search)}
        onActive={(group) => onActive(groupHref(group, search))}
        stale={isPlaceholderData}
        empty={empty}
      />
      {data.total_groups === 0 ? null : (
        <p className={classes.note}>
          {formatCounted(data.total_batches, 'batch', 'batches')} in{' '}
          {formatCounted(data.total_groups, 'group')}
          {data.total_groups > data.groups.length
            ? `, of which the last seen ${data.groups.length} are shown`
            : ''}
          .
        </p>
      )}
      {retrying === null ? null : (
        <RetryKindDialog
          group={retrying}
          deviceId={
            search.device !== '' ? search.device : search.view === 'device' ? retrying.device_id : null
          }
          onClose={() => setRetrying(null)}
        />
      )}
    </>
  );
}
