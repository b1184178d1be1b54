'use client';
// Before a consolidation: what would move of each device and what is in the way, found out by trying. A dry run
// counts every row, so it is made when it is asked for and not polled.
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useEffect, useState } from 'react';
import { consolidateAction, type PlanTarget } from '@/server/console/actions/registry';
import type { Outcome } from '@/server/console/actions/outcome';
import type { ConsolidateResult } from '@/server/contract/registry';
import { answerOf } from '@/components/shell/answer-of';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { formatCount, formatCounted, shorten } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { useBackTo } from '@/components/ui/trail';
import classes from './registry.module.css';
import { planSearch, type PlanSearch } from './registry-search';

type Line = ConsolidateResult['lines'][number];
const PAGE_LINES = 50;
const BACK = '/registry/consolidation';

const columns: readonly Column<Line>[] = [
  { id: 'device', header: 'Device', primary: true, cell: (line) => line.device_name },
  {
    id: 'verdict',
    header: 'Would',
    cell: (line) =>
      line.conflicts.length === 0 ? (
        <StatusChip tone="ok" plain>
          move
        </StatusChip>
      ) : (
        <StatusChip tone="wait" icon="warn" plain>
          stay
        </StatusChip>
      ),
  },
  { id: 'rows', header: 'Rows', align: 'end', cell: (line) => formatCount(line.rows) },
  { id: 'tombstones', header: 'Deleted keys', align: 'end', cell: (line) => formatCount(line.tombstones) },
  {
    id: 'tables',
    header: 'Own tables',
    cell: (line) => (
      <span className="tg-mono" title={line.mirror_table_names.join('\n')}>
        {line.mirror_table_names.join(', ')}
      </span>
    ),
  },
  {
    id: 'conflicts',
    header: 'What is in the way',
    cell: (line) =>
      line.conflicts.length === 0 ? (
        <span className={classes.none}>nothing</span>
      ) : (
        <ul className={classes.conflicts}>
          {line.conflicts.map((conflict) => (
            <li key={conflict}>{conflict}</li>
          ))}
        </ul>
      ),
  },
];

const SHOW = [
  { value: 'conflicts', label: 'That would stay' },
  { value: 'moving', label: 'That would move' },
] as const;

function shownOf(lines: readonly Line[], { show }: PlanSearch): readonly Line[] {
  if (show === null) return lines;
  return lines.filter((line) => line.conflicts.length > 0 === (show === 'conflicts'));
}

function PlanLines({ plan }: { plan: ConsolidateResult }) {
  const [search, setSearch] = useQueryStates(planSearch, { history: 'replace' });
  const lines = shownOf(plan.lines, search);
  const page = Math.max(1, search.page);
  return (
    <Panel
      title={`${formatCounted(plan.devices, 'device')}, ${formatCount(plan.conflicting_devices)} would stay`}
      flush
      aside={
        <FilterBar>
          <FilterSelect
            label="Devices"
            value={search.show}
            options={SHOW}
            onChange={(show) => void setSearch({ show, page: 1 })}
          />
        </FilterBar>
      }
    >
      <DataTable
        label="Devices"
        columns={columns}
        rows={lines.slice((page - 1) * PAGE_LINES, page * PAGE_LINES)}
        rowKey={(line) => line.lineage_id}
        href={(line) => `/lineages/${line.lineage_id}`}
        frameless
        empty={<EmptyState title="No device is like that." />}
      />
      <div className={classes.foot}>
        <Pager
          meta={{
            current_page: page,
            items_per_page: PAGE_LINES,
            total_items: lines.length,
          }}
          onPage={(to) => void setSearch({ page: to })}
        />
      </div>
    </Panel>
  );
}

/** The dry run, made once for each target and again when asked. */
function usePlan(target: PlanTarget, missing: string | undefined) {
  const { projectId, fleetId, sourceTable } = target;
  const [found, setFound] = useState<{ run: number; outcome: Outcome<ConsolidateResult> | null }>({
    run: -1,
    outcome: null,
  });
  const [run, setRun] = useState(0);
  useEffect(() => {
    if (missing !== undefined) return;
    let isGone = false;
    const asked = consolidateAction({ projectId, fleetId, sourceTable }, { dry_run: true });
    void answerOf(asked).then((outcome) => {
      if (!isGone) setFound({ run, outcome });
    });
    return () => {
      isGone = true;
    };
  }, [projectId, fleetId, sourceTable, missing, run]);
  return {
    outcome: found.outcome,
    isTrying: missing === undefined && found.run !== run,
    again: () => setRun(run + 1),
  };
}

function Asked({ plan }: { plan: ConsolidateResult }) {
  const moving = plan.devices - plan.conflicting_devices;
  return (
    <ul className={classes.notes}>
      <li>
        {formatCounted(plan.rows, 'row')} of {formatCounted(moving, 'device')} are copied in the background,
        device by device. Nothing that arrives meanwhile is lost, and it can be stopped.
      </li>
      {plan.conflicting_devices === 0 ? null : (
        <li>{formatCounted(plan.conflicting_devices, 'device')} stay in their own mirrors.</li>
      )}
      {plan.new_schema_hashes.length === 0 ? null : (
        <li>
          {formatCounted(plan.new_schema_hashes.length, 'schema')} that these devices were approved with one
          by one {plan.new_schema_hashes.length === 1 ? 'is' : 'are'} taken into the registry as approved:{' '}
          <span className="tg-mono">{plan.new_schema_hashes.map((hash) => shorten(hash)).join(', ')}</span>
        </li>
      )}
      <li>The old mirror tables stay until you drop them by hand.</li>
    </ul>
  );
}

function Result({ outcome, isTrying }: { outcome: Outcome<ConsolidateResult> | null; isTrying: boolean }) {
  if (outcome === null)
    return (
      <p role="status">{isTrying ? 'Trying every device …' : 'The server did not answer. Try again.'}</p>
    );
  if (!outcome.ok) {
    return (
      <EmptyState
        title="It cannot be consolidated now."
        action={
          <Link href="/policy" className={classes.link}>
            Look at the policy
          </Link>
        }
      >
        {outcome.refusal.detail}
      </EmptyState>
    );
  }
  return <PlanLines plan={outcome.data} />;
}

/** The dry run of the table in the URL, and the button that starts it. */
export function PlanPage() {
  const { project } = useSession();
  const router = useRouter();
  const backTo = useBackTo();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [{ table, fleet }] = useQueryStates(planSearch, { history: 'replace' });
  const target = { projectId: project.id, fleetId: fleet === '' ? null : fleet, sourceTable: table };
  const { outcome, isTrying, again } = usePlan(target, missing);
  const { busy, run } = useActions(project.id);
  const [asking, setAsking] = useState(false);
  const plan = outcome?.ok === true ? outcome.data : null;
  const start = async () => {
    const started = await run('consolidate', () => consolidateAction(target, { dry_run: false }), 'Started');
    setAsking(false);
    if (started?.job !== undefined && started.job !== null) router.push(`${BACK}/${started.job.id}`);
  };
  const whyNot =
    missing ??
    (plan === null
      ? 'The dry run has to be over first.'
      : plan.devices === plan.conflicting_devices
        ? 'Every device has something in the way.'
        : undefined);
  useKeys([
    { keys: ['Escape'], label: 'Back to the consolidation', group: 'Registry', run: () => backTo(BACK) },
    { keys: ['r'], label: 'Try again', group: 'Registry', run: again, disabledReason: missing },
    {
      keys: ['a'],
      label: 'Start the consolidation',
      group: 'Registry',
      run: () => setAsking(true),
      disabledReason: whyNot,
    },
  ]);
  return (
    <>
      <PageHeader
        title={<span className={classes.title}>{table}</span>}
        back={{ href: BACK, label: 'Consolidation' }}
        facts={
          plan === null
            ? 'A dry run: nothing is changed'
            : `A dry run: ${formatCounted(plan.rows, 'row')} would move, nothing is changed`
        }
        actions={
          <>
            <ActionButton
              variant="default"
              hotkey="r"
              disabledReason={missing ?? (isTrying ? 'The dry run is under way.' : undefined)}
              onClick={again}
            >
              Try again
            </ActionButton>
            <ActionButton hotkey="a" disabledReason={whyNot} onClick={() => setAsking(true)}>
              {plan === null
                ? 'Consolidate…'
                : `Consolidate ${formatCounted(plan.devices - plan.conflicting_devices, 'device')}…`}
            </ActionButton>
          </>
        }
      />
      {missing === undefined ? (
        <Result outcome={outcome} isTrying={isTrying} />
      ) : (
        <EmptyState title="A dry run locks the devices for a moment.">{missing}</EmptyState>
      )}
      {plan === null ? null : (
        <ConfirmDialog
          opened={asking}
          title={`Consolidate ${table}?`}
          confirmLabel={`Consolidate ${formatCounted(plan.devices - plan.conflicting_devices, 'device')}`}
          busy={busy !== null}
          onConfirm={() => void start()}
          onClose={() => setAsking(false)}
        >
          <Asked plan={plan} />
        </ConfirmDialog>
      )}
    </>
  );
}
