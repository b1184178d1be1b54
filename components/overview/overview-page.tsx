'use client';
// What needs a person now, what goes through, and whether the processes behind it run.
import type { Overview } from '@/server/contract/fleet';
import type { Lineage } from '@/server/contract/governance';
import type { QueuedReview } from '@/server/contract/review-queue';
import { changeSummary, STATUS } from '@/components/reviews/words';
import { ProjectActivity } from '@/components/activity/project-activity';
import { REVIEW_QUEUE_PATH } from '@/components/reviews/queries';
import { reviewHref } from '@/components/reviews/subject';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { attentionOf, checksOf, flowOf, type Check } from './attention';
import { Figures } from './figures';
import classes from './overview-page.module.css';
import { heldLineages, LINEAGES_PATH, oldestReviews, OVERVIEW_PATH } from './queries';

const reviewColumns: readonly Column<QueuedReview>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '96px',
    cell: (review) => (
      <StatusChip tone={STATUS[review.status].tone} plain>
        {STATUS[review.status].label}
      </StatusChip>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    primary: true,
    cell: (review) => <span className="tg-mono">{review.source_table}</span>,
  },
  {
    id: 'device',
    header: 'Device or scope',
    cell: (review) => review.device_name ?? review.fleet_name ?? 'project',
  },
  { id: 'changes', header: 'What changed', cell: (review) => changeSummary(review.reasons) },
  {
    id: 'age',
    header: 'Age',
    align: 'end',
    width: '84px',
    cell: (review) => <TimeAgo at={review.created_at} bare />,
  },
];

const CAUSE: Record<Lineage['pause_causes'][number]['cause'], string> = {
  schema_review: 'schema review',
  operator: 'operator',
  backpressure: 'backpressure',
  circuit_breaker: 'circuit breaker',
};

const lineageColumns: readonly Column<Lineage>[] = [
  {
    id: 'table',
    header: 'Table',
    primary: true,
    cell: (lineage) => <span className="tg-mono">{lineage.source_table}</span>,
  },
  { id: 'device', header: 'Device', cell: (lineage) => lineage.device_name },
  {
    id: 'causes',
    header: 'Paused by',
    cell: (lineage) => (
      <StatusChip tone="wait" icon="pause" plain>
        {lineage.pause_causes.map(({ cause }) => CAUSE[cause]).join(', ')}
      </StatusChip>
    ),
  },
  {
    id: 'staged',
    header: 'Staged rows',
    align: 'end',
    width: '104px',
    cell: (lineage) => formatCount(lineage.staged_row_count),
  },
];

function Checks({ checks }: { checks: readonly Check[] }) {
  const next = checks.find((check) => !check.done);
  return (
    <Panel title="From a device to a mirror table" aside="checked live">
      <ol className={classes.checks}>
        {checks.map((check) => (
          <li key={check.label} data-next={check === next || undefined}>
            <StatusChip tone={check.done ? 'ok' : check === next ? 'wait' : 'idle'} plain>
              {check.label}
            </StatusChip>
            {check === next ? (
              <p>
                {check.remedy}{' '}
                {check.link === undefined ? null : <Link href={check.link.href}>{check.link.label}</Link>}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Processes({ overview }: { overview: Overview }) {
  return (
    <Panel title="Workers">
      {overview.workers.length === 0 ? (
        <p className={classes.muted}>No worker has ever started here.</p>
      ) : (
        <ul className={classes.workers}>
          {overview.workers.map((worker) => (
            <li key={worker.slot}>
              <span className={classes.slot}>{worker.slot}</span>
              <StatusChip tone={worker.alive ? 'ok' : 'bad'} plain>
                {worker.alive ? 'Running' : 'Not running'}
              </StatusChip>
              <StatusChip tone={worker.alive && worker.broker_connected ? 'ok' : 'bad'} plain>
                {worker.alive && worker.broker_connected ? 'Broker connected' : 'Broker not connected'}
              </StatusChip>
              <span className={classes.muted}>
                last sign of life <TimeAgo at={worker.beat_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Queues() {
  const { project } = useSession();
  const reviews = useLivePage<QueuedReview>(project.id, REVIEW_QUEUE_PATH, oldestReviews);
  const lineages = useLivePage<Lineage>(project.id, LINEAGES_PATH, heldLineages);
  return (
    <div className={classes.queues}>
      <section aria-labelledby="oldest-reviews">
        <h2 id="oldest-reviews" className={classes.heading}>
          Waiting longest <Link href="/reviews">All reviews</Link>
        </h2>
        <DataTable
          label="Reviews that wait longest"
          columns={reviewColumns}
          rows={reviews.data?.items ?? []}
          rowKey={(review) => review.id}
          href={(review) => reviewHref(review, review.kind === 'registry')}
          empty={<EmptyState title="No schema waits for a decision." />}
        />
      </section>
      <section aria-labelledby="held-lineages">
        <h2 id="held-lineages" className={classes.heading}>
          Most rows held back <Link href="/lineages?status=paused">Paused lineages</Link>
        </h2>
        <DataTable
          label="Paused lineages with most staged rows"
          columns={lineageColumns}
          rows={lineages.data?.items ?? []}
          rowKey={(lineage) => lineage.id}
          href={(lineage) => `/lineages/${lineage.id}`}
          empty={<EmptyState title="No lineage is paused." />}
        />
      </section>
    </div>
  );
}

/** The overview of the project. */
export function OverviewPage() {
  const { project } = useSession();
  const { data: overview, error } = useLiveObject<Overview>(project.id, OVERVIEW_PATH);
  if (overview === undefined) return <p role="alert">{error?.message ?? 'The overview is being read.'}</p>;
  const checks = checksOf(overview);
  return (
    <>
      <PageHeader title="Overview" facts="What needs a person now, and what goes through" />
      <Figures label="What needs a person" figures={attentionOf(overview)} />
      <Figures label="What goes through" figures={flowOf(overview)} />
      {checks.every((check) => check.done) ? null : (
        <div className={classes.block}>
          <Checks checks={checks} />
        </div>
      )}
      <div className={classes.block}>
        <ProjectActivity />
      </div>
      <Queues />
      <Processes overview={overview} />
    </>
  );
}
