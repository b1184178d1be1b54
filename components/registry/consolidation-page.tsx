'use client';
// What can be brought together, and what is being or was.
import { useQueryStates } from 'nuqs';
import type { Page } from '@/server/contract/common';
import type { Consolidation } from '@/server/contract/registry';
import type { ConsolidationCandidate } from '@/server/contract/registry-reads';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { formatCount, formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { NothingShared } from './nothing-shared';
import { CANDIDATES_PATH, CONSOLIDATIONS_PATH, ofFleet } from './queries';
import classes from './registry.module.css';
import { candidateParams, consolidationSearch, isScoped, jobParams, NO_SCOPE } from './registry-search';
import { RegistryTabs } from './registry-tabs';
import { ScopeFilter } from './scope-filter';
import { JOB_STATUS, scopeText } from './words';

/** To the job under way, else to the dry run. */
const candidateHref = ({
  scope,
  scope_id,
  source_table,
  open_job_id: job,
}: ConsolidationCandidate): string =>
  job === null
    ? `/registry/consolidation/run?table=${encodeURIComponent(source_table)}${scope === 'fleet' ? `&fleet=${scope_id}` : ''}`
    : `/registry/consolidation/${job}`;

const candidateColumns: readonly Column<ConsolidationCandidate>[] = [
  {
    id: 'table',
    header: 'Table',
    primary: true,
    cell: (candidate) => <span className="tg-mono">{candidate.source_table}</span>,
  },
  { id: 'scope', header: 'Into the mirror of', cell: scopeText },
  {
    id: 'devices',
    header: 'Devices with mirrors of their own',
    align: 'end',
    cell: (candidate) => formatCount(candidate.devices),
  },
  {
    id: 'mirrors',
    header: 'Their tables',
    align: 'end',
    cell: (candidate) => formatCount(candidate.mirrors),
  },
  {
    id: 'job',
    header: 'Job',
    cell: ({ open_job_status: status }) =>
      status === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <StatusChip tone={JOB_STATUS[status].tone} plain>
          {JOB_STATUS[status].label}
        </StatusChip>
      ),
  },
];

const jobColumns: readonly Column<Consolidation>[] = [
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => (
      <StatusChip tone={JOB_STATUS[status].tone} plain>
        {JOB_STATUS[status].label}
      </StatusChip>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    primary: true,
    cell: (job) => <span className="tg-mono">{job.source_table}</span>,
  },
  { id: 'scope', header: 'Scope', cell: (job) => scopeText(job) },
  {
    id: 'moved',
    header: 'Moved',
    align: 'end',
    cell: (job) => `${formatCount(job.moved_devices)} of ${formatCount(job.devices)}`,
  },
  { id: 'skipped', header: 'Left alone', align: 'end', cell: (job) => formatCount(job.skipped_devices) },
  { id: 'rows', header: 'Rows copied', align: 'end', cell: (job) => formatCount(job.copied_rows) },
  {
    id: 'old',
    header: 'Old mirrors left',
    align: 'end',
    cell: (job) => formatCount(job.old_mirrors.length),
  },
  { id: 'started', header: 'Started', align: 'end', cell: (job) => <TimeAgo at={job.created_at} /> },
];

/** Why there is no job: what could be brought together now, and what leads on from there. */
function NoJob({
  candidates,
  onAll,
}: {
  candidates: Page<ConsolidationCandidate> | undefined;
  onAll?: () => void;
}) {
  const [first] = candidates?.items ?? [];
  const title =
    onAll === undefined ? 'Nothing was consolidated yet.' : 'Nothing of this scope was consolidated yet.';
  const total = candidates?.meta.total_items ?? 0;
  return (
    <EmptyState
      title={title}
      action={
        <span className={classes.links}>
          {first === undefined ? null : (
            <Link href={candidateHref(first)} className={classes.link}>
              Try {first.source_table}
            </Link>
          )}
          {onAll === undefined ? (
            <Link href="/registry/mirrors" className={classes.link}>
              See the shared mirrors
            </Link>
          ) : (
            <button type="button" className={classes.textButton} onClick={onAll}>
              Show everything
            </button>
          )}
        </span>
      }
    >
      {candidates === undefined
        ? null
        : total === 0
          ? 'No table has mirrors of single devices that could be brought together now.'
          : `${formatCounted(total, 'table')} can be brought together now. A dry run says what would move.`}
    </EmptyState>
  );
}

/** Candidates and jobs of the project and its fleets. */
export function ConsolidationPage() {
  const { project } = useSession();
  const backTo = useBackTo();
  const [search, setSearch] = useQueryStates(consolidationSearch, { history: 'replace' });
  const candidates = useLivePage<ConsolidationCandidate>(
    project.id,
    ofFleet(search.fleet, CANDIDATES_PATH),
    candidateParams(search),
  );
  const jobs = useLivePage<Consolidation>(
    project.id,
    ofFleet(search.fleet, CONSOLIDATIONS_PATH),
    jobParams(search),
  );
  const everywhere = () => void setSearch({ ...NO_SCOPE, page: 1, jobs: 1 });
  const scoped = isScoped(search);
  useKeys([
    {
      keys: ['Escape'],
      label: 'Back to the registry',
      group: 'Registry',
      run: () => backTo('/registry'),
    },
  ]);
  return (
    <>
      <PageHeader
        title="Registry"
        facts="Mirrors of single devices, brought into the one that their mode shares"
      />
      <RegistryTabs />
      <FilterBar onClear={scoped ? everywhere : undefined}>
        <ScopeFilter search={search} set={(change) => void setSearch({ ...change, page: 1, jobs: 1 })} />
      </FilterBar>
      <div className={classes.stack}>
        <Panel title="Candidates" flush>
          {candidates.data === undefined ? (
            <p role="alert">{candidates.error?.message ?? 'The candidates are being read.'}</p>
          ) : (
            <>
              <DataTable
                label="Candidates"
                columns={candidateColumns}
                rows={candidates.data.items}
                rowKey={(candidate) => `${candidate.scope_id} ${candidate.source_table}`}
                href={candidateHref}
                stale={candidates.isPlaceholderData}
                frameless
                empty={
                  <NothingShared
                    title={scoped ? 'No table of this scope is left.' : 'No table is left to bring together.'}
                    {...(scoped ? { onAll: everywhere } : {})}
                  />
                }
              />
              <div className={classes.foot}>
                <ListPager
                  path={ofFleet(search.fleet, CANDIDATES_PATH)}
                  params={candidateParams(search)}
                  meta={candidates.data.meta}
                  onPage={(page) => void setSearch({ page })}
                />
              </div>
            </>
          )}
        </Panel>
        <Panel title="Jobs" flush>
          {jobs.data === undefined ? (
            <p role="alert">{jobs.error?.message ?? 'The jobs are being read.'}</p>
          ) : (
            <>
              <DataTable
                label="Jobs"
                columns={jobColumns}
                rows={jobs.data.items}
                rowKey={(job) => job.id}
                href={(job) => `/registry/consolidation/${job.id}`}
                stale={jobs.isPlaceholderData}
                frameless
                empty={<NoJob candidates={candidates.data} {...(scoped ? { onAll: everywhere } : {})} />}
              />
              <div className={classes.foot}>
                <ListPager
                  path={ofFleet(search.fleet, CONSOLIDATIONS_PATH)}
                  params={jobParams(search)}
                  meta={jobs.data.meta}
                  onPage={(page) => void setSearch({ jobs: page })}
                />
              </div>
            </>
          )}
        </Panel>
      </div>
    </>
  );
}
