'use client';
// One consolidation: how far it is with each device, what it left alone and why, and the tables it has emptied.
import { Progress } from '@mantine/core';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { z } from 'zod';
import {
  dropOldMirrorsAction,
  resumeConsolidationAction,
  stopConsolidationAction,
} from '@/server/console/actions/registry';
import type { Consolidation, consolidationDevice } from '@/server/contract/registry';
import { EventTrail } from '@/components/events/event-trail';
import { ListPager } from '@/components/shell/list-pager';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { formatCount, formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { DropMirrorsDialog } from './drop-mirrors-dialog';
import { consolidationDevicesPath, consolidationPath, trailParams } from './queries';
import classes from './registry.module.css';
import { jobDeviceParams, jobSearch, type JobSearch } from './registry-search';
import { JOB_DEVICE, JOB_STATUS, scopeText } from './words';

type JobDevice = z.infer<typeof consolidationDevice>;
const BACK = '/registry/consolidation';

const columns: readonly Column<JobDevice>[] = [
  { id: 'device', header: 'Device', primary: true, cell: (device) => device.device_name },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => (
      <StatusChip tone={JOB_DEVICE[status].tone} plain>
        {JOB_DEVICE[status].label}
      </StatusChip>
    ),
  },
  { id: 'rows', header: 'Rows copied', align: 'end', cell: (device) => formatCount(device.copied_rows) },
  {
    id: 'tombstones',
    header: 'Deleted keys',
    align: 'end',
    cell: (device) => formatCount(device.copied_tombstones),
  },
  {
    id: 'detail',
    header: 'Why it was left alone',
    cell: ({ detail }) =>
      detail === null ? (
        <span className={classes.none}>–</span>
      ) : (
        <span className={classes.conflicts}>{detail}</span>
      ),
  },
  { id: 'at', header: 'Changed', align: 'end', cell: (device) => <TimeAgo at={device.updated_at} /> },
];

const STATUS_FILTERS = (['pending', 'copying', 'moved', 'skipped'] as const).map((value) => ({
  value,
  label: JOB_DEVICE[value].label,
}));

function JobDevices({ job }: { job: Consolidation }) {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(jobSearch, { history: 'replace' });
  const set = (change: Partial<JobSearch>) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<JobDevice>(
    project.id,
    consolidationDevicesPath(job.id),
    jobDeviceParams(search),
  );
  return (
    <Panel
      title={formatCounted(job.devices, 'device')}
      flush
      aside={
        <FilterBar>
          <FilterSelect
            label="Status"
            value={search.status}
            options={STATUS_FILTERS}
            onChange={(status) => set({ status })}
          />
        </FilterBar>
      }
    >
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The devices are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Devices"
            columns={columns}
            rows={data.items}
            rowKey={(device) => device.lineage_id}
            href={(device) => `/lineages/${device.lineage_id}`}
            stale={isPlaceholderData}
            frameless
            empty={<EmptyState title="No device of the job is like that." />}
          />
          <div className={classes.foot}>
            <ListPager
              path={consolidationDevicesPath(job.id)}
              params={jobDeviceParams(search)}
              meta={data.meta}
              onPage={(page) => set({ page })}
            />
          </div>
        </>
      )}
    </Panel>
  );
}

function JobProgress({ job }: { job: Consolidation }) {
  const done = job.moved_devices + job.skipped_devices;
  const share = job.status === 'completed' ? 100 : job.devices === 0 ? 0 : (done / job.devices) * 100;
  return (
    <Panel title="Progress">
      <div className={classes.stack} role="status">
        <span className="tg-num">
          {formatCount(job.moved_devices)} of {formatCounted(job.devices, 'device')} moved,{' '}
          {formatCount(job.skipped_devices)} left alone, {formatCounted(job.copied_rows, 'row')} and{' '}
          {formatCounted(job.copied_tombstones, 'deleted key')} copied
        </span>
        <Progress
          value={share}
          color="tide"
          aria-label={`${formatCount(done)} of ${formatCounted(job.devices, 'device')} done`}
        />
        {job.last_error === null ? null : (
          <p className={classes.bad}>The last step failed and is tried again: {job.last_error}</p>
        )}
      </div>
    </Panel>
  );
}

function OldMirrors({
  job,
  whyNot,
  onDrop,
}: {
  job: Consolidation;
  whyNot: string | undefined;
  onDrop: () => void;
}) {
  const count = job.old_mirrors.length;
  return (
    <Panel title="Old mirrors">
      {count === 0 ? (
        <p className={classes.muted}>
          {job.moved_devices === 0 ? 'None: no device has moved yet.' : 'None is left: all were dropped.'}
        </p>
      ) : (
        <div className={classes.stack}>
          <p>
            {formatCounted(count, 'table')} that nothing writes to any more.{' '}
            {count === 1 ? 'It stays' : 'They stay'} readable until you drop {count === 1 ? 'it' : 'them'}.
          </p>
          <span>
            <ActionButton variant="default" disabledReason={whyNot} onClick={onDrop}>
              Drop {formatCounted(count, 'old mirror')}…
            </ActionButton>
          </span>
        </div>
      )}
    </Panel>
  );
}

function whyNotStop(job: Consolidation): string | undefined {
  if (job.status === 'stopped') return 'It is stopped.';
  return job.status === 'completed' ? 'It is over.' : undefined;
}

function Loaded({ job }: { job: Consolidation }) {
  const { project } = useSession();
  const backTo = useBackTo();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const { busy, run } = useActions(project.id);
  const [dropping, setDropping] = useState(false);
  const target = { projectId: project.id, consolidationId: job.id };
  const stop = () =>
    void run('stop', () => stopConsolidationAction(target), 'Stopped after the step under way');
  const resume = () => void run('resume', () => resumeConsolidationAction(target), 'Taken up again');
  const drop = async () => {
    const done = await run(
      'drop',
      () => dropOldMirrorsAction(target, { expected_mirrors: job.old_mirrors.length }),
      ({ dropped, remaining }) =>
        `Dropped ${formatCounted(dropped.length, 'table')}${remaining === 0 ? '' : `, ${formatCount(remaining)} left`}`,
    );
    if (done !== null) setDropping(false);
  };
  const stops = missing ?? whyNotStop(job);
  const resumes = missing ?? (job.status === 'stopped' ? undefined : 'Only a stopped job is taken up again.');
  const drops = missing ?? (job.old_mirrors.length === 0 ? 'No old mirror is left.' : undefined);
  const group = 'Consolidation';
  useKeys([
    { keys: ['Escape'], label: 'Back to the consolidation', group, run: () => backTo(BACK) },
    { keys: [], label: 'Stop the job', group, run: stop, disabledReason: stops },
    { keys: [], label: 'Take the job up again', group, run: resume, disabledReason: resumes },
    {
      keys: ['D'],
      label: 'Drop the old mirrors',
      group,
      run: () => setDropping(true),
      disabledReason: drops,
    },
  ]);
  return (
    <>
      <PageHeader
        title={<span className={classes.title}>{job.source_table}</span>}
        back={{ href: BACK, label: 'Consolidation' }}
        facts={
          <>
            <StatusChip tone={JOB_STATUS[job.status].tone}>{JOB_STATUS[job.status].label}</StatusChip>
            <span>Into the mirror of: {scopeText(job)}</span>
            <span>
              Started <TimeAgo at={job.created_at} />
            </span>
            {job.finished_at === null ? null : (
              <span>
                Over <TimeAgo at={job.finished_at} />
              </span>
            )}
          </>
        }
        actions={
          job.status === 'stopped' ? (
            <ActionButton loading={busy === 'resume'} disabledReason={resumes} onClick={resume}>
              Go on
            </ActionButton>
          ) : (
            <ActionButton variant="default" loading={busy === 'stop'} disabledReason={stops} onClick={stop}>
              Stop
            </ActionButton>
          )
        }
      />
      <div className={classes.grid}>
        <div className={classes.column}>
          <JobProgress job={job} />
          <JobDevices job={job} />
        </div>
        <div className={classes.column}>
          <OldMirrors job={job} whyNot={drops} onDrop={() => setDropping(true)} />
          <EventTrail params={trailParams(job.id)} more={`/events?subject=${job.id}`} />
        </div>
      </div>
      <DropMirrorsDialog
        opened={dropping}
        job={job}
        busy={busy === 'drop'}
        onConfirm={() => void drop()}
        onClose={() => setDropping(false)}
      />
    </>
  );
}

/** The page of the consolidation `jobId`. */
export function JobPage({ jobId }: { jobId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<Consolidation>(project.id, consolidationPath(jobId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The job is being read.'}</p>;
  return <Loaded key={data.id} job={data} />;
}
