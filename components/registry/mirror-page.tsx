'use client';
// One shared mirror: its columns and where they came from, and how much of it is of whom.
import { useRouter } from 'next/navigation';
import type { CoalescedMirrorDetail } from '@/server/contract/registry-reads';
import { EventTrail } from '@/components/events/event-trail';
import { COUNT_MS_MAX, getObject, projectPath } from '@/components/shell/api';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useExactCount } from '@/components/shell/use-exact-count';
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount, formatCounted, shorten } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Facts, Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { MirrorDevices } from './mirror-devices';
import { mirrorPath, trailParams } from './queries';
import classes from './registry.module.css';
import { scopeText } from './words';

type MirrorColumn = CoalescedMirrorDetail['columns'][number];

const columns: readonly Column<MirrorColumn>[] = [
  { id: 'name', header: 'Mirror column', cell: (column) => <span className="tg-mono">{column.name}</span> },
  { id: 'type', header: 'Type', cell: (column) => column.type },
  {
    id: 'key',
    header: 'Key',
    cell: (column) => (column.key_ordinal === 0 ? null : <Tag>key {column.key_ordinal}</Tag>),
  },
  {
    id: 'source',
    header: 'Source column',
    cell: (column) => <span className="tg-mono">{column.source_column_name}</span>,
  },
  {
    id: 'since',
    header: 'Since version',
    cell: ({ since }) =>
      since === null ? (
        <span className={classes.none}>before the registry</span>
      ) : (
        <>
          <Link href={`/registry/${since.registry_id}`} className="tg-mono">
            {shorten(since.schema_hash)}
          </Link>{' '}
          <span className={classes.faint}>
            <TimeAgo at={since.decided_at} />
          </span>
        </>
      ),
  },
];

/** The database's estimate, and the exact count once somebody asks for it. */
function RowCount({ mirror }: { mirror: CoalescedMirrorDetail }) {
  const { project } = useSession();
  const { rows, isCounting, count, label } = useExactCount(async () => {
    const path = projectPath(project.id, mirrorPath(mirror.id), { count: 'exact' });
    const signal = new AbortController().signal;
    return (await getObject<CoalescedMirrorDetail>(path, signal, COUNT_MS_MAX)).row_count;
  });
  return (
    <span className="tg-num" role="status">
      {rows === null
        ? `about ${formatCounted(mirror.row_count_estimate, 'row')} `
        : `${formatCounted(rows, 'row')}, counted `}
      <button type="button" className={classes.textButton} disabled={isCounting} onClick={count}>
        {label}
      </button>
    </span>
  );
}

function useMirrorKeys(mirror: CoalescedMirrorDetail, missing: string | undefined): void {
  const router = useRouter();
  const backTo = useBackTo();
  const group = 'Shared mirror';
  useKeys([
    {
      keys: ['Escape'],
      label: 'Back to the shared mirrors',
      group,
      run: () => backTo('/registry/mirrors'),
    },
    {
      keys: ['w'],
      label: 'Rows of all devices',
      group,
      run: () => router.push(`/registry/mirrors/${mirror.id}/rows`),
      disabledReason: missing,
    },
  ]);
}

function Loaded({ mirror }: { mirror: CoalescedMirrorDetail }) {
  const router = useRouter();
  const missing = useMissingPermission('PROJECT_CAN_READ_ROWS');
  useMirrorKeys(mirror, missing);
  return (
    <>
      <PageHeader
        title={<span className={classes.title}>{mirror.source_table}</span>}
        back={{ href: '/registry/mirrors', label: 'Shared mirrors' }}
        facts={
          <>
            <span>{scopeText(mirror)}</span>
            <Copyable value={mirror.mirror_table_name} label="mirror table" chars={0} />
            <span className="tg-num">{formatCounted(mirror.device_count, 'device')}</span>
            <RowCount mirror={mirror} />
          </>
        }
        actions={
          <ActionButton
            variant="default"
            hotkey="w"
            disabledReason={missing}
            onClick={() => router.push(`/registry/mirrors/${mirror.id}/rows`)}
          >
            Rows of all devices
          </ActionButton>
        }
      />
      <div className={classes.grid}>
        <div className={classes.column}>
          <Panel title={formatCounted(mirror.columns.length, 'column')} flush>
            <DataTable
              label="Columns"
              columns={columns}
              rows={mirror.columns}
              rowKey={(column) => column.name}
              frameless
              empty={<EmptyState title="The mirror has no column." />}
            />
          </Panel>
          <MirrorDevices mirrorId={mirror.id} />
        </div>
        <div className={classes.column}>
          <Panel title="Facts">
            <Facts
              items={[
                { name: 'Generation', value: formatCount(mirror.generation) },
                {
                  name: 'Versions',
                  value: (
                    <Link
                      href={`/registry/entries?table=${encodeURIComponent(mirror.source_table)}&${mirror.scope === 'fleet' ? `fleet=${mirror.scope_id}` : 'scope=project'}`}
                      className={classes.link}
                    >
                      {formatCounted(mirror.schema_hashes.length, 'version')}
                    </Link>
                  ),
                },
                ...mirror.generations.map((other) => ({
                  name: `Generation ${other.generation}`,
                  value: (
                    <Link href={`/registry/mirrors/${other.id}`} className={classes.link}>
                      {other.mirror_table_name}
                    </Link>
                  ),
                })),
              ]}
            />
          </Panel>
          <EventTrail params={trailParams(mirror.id)} more={`/events?subject=${mirror.id}`} />
        </div>
      </div>
    </>
  );
}

/** The page of the shared mirror `mirrorId`. */
export function MirrorPage({ mirrorId }: { mirrorId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<CoalescedMirrorDetail>(project.id, mirrorPath(mirrorId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The mirror is being read.'}</p>;
  return <Loaded key={data.id} mirror={data} />;
}
