'use client';
// The rows of all devices of a shared mirror, in the same viewer as a lineage's, with the device before each.
import { useQueryStates } from 'nuqs';
import type { CoalescedMirrorDetail } from '@/server/contract/registry-reads';
import type { MirrorRow } from '@/server/contract/rows';
import { MirrorRowsView } from '@/components/rows/mirror-rows-view';
import type { GridColumn } from '@/components/rows/grid-model';
import rowsClasses from '@/components/rows/rows-page.module.css';
import { gridSearch } from '@/components/rows/rows-search';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCounted, shortId } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { useBackTo } from '@/components/ui/trail';
import { mirrorPath, mirrorRowsPath } from './queries';
import classes from './registry.module.css';
import { scopeText } from './words';

const device: GridColumn<MirrorRow> = {
  id: 'device',
  header: 'Device',
  width: 150,
  draw: (row) => (
    <Link href={`/devices/${row.device_id}`} title={row.device_id}>
      {row.device_name ?? `${shortId(row.device_id)} (deleted)`}
    </Link>
  ),
};

function Loaded({ mirror }: { mirror: CoalescedMirrorDetail }) {
  const backTo = useBackTo();
  const missing = useMissingPermission('PROJECT_CAN_READ_ROWS');
  const [search, setSearch] = useQueryStates(gridSearch, { history: 'replace' });
  const back = `/registry/mirrors/${mirror.id}`;
  useKeys([{ keys: ['Escape'], label: 'Back to the shared mirror', group: 'Rows', run: () => backTo(back) }]);
  return (
    <div className={rowsClasses.page}>
      <PageHeader
        title={<span className={classes.title}>{mirror.source_table}</span>}
        back={{ href: back, label: 'Shared mirror' }}
        facts={
          <>
            <span>{scopeText(mirror)}</span>
            <span className="tg-num">{formatCounted(mirror.device_count, 'device')}</span>
            <Copyable value={mirror.mirror_table_name} label="mirror table" chars={0} />
          </>
        }
      />
      {missing === undefined ? (
        <MirrorRowsView
          path={mirrorRowsPath(mirror.id)}
          search={search}
          set={(change) => void setSearch(change)}
          columns={mirror.columns}
          lead={device}
          ofManyDevices
          empty={
            <EmptyState title="The shared mirror has no row.">
              The replays of its devices may not have begun, or every row was deleted on its device.{' '}
              <Link href={back} className={classes.link}>
                See its devices
              </Link>
            </EmptyState>
          }
        />
      ) : (
        <EmptyState title="You may not see the contents of rows.">{missing}</EmptyState>
      )}
    </div>
  );
}

/** The rows of the shared mirror `mirrorId`. */
export function MirrorRowsPage({ mirrorId }: { mirrorId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<CoalescedMirrorDetail>(project.id, mirrorPath(mirrorId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The mirror is being read.'}</p>;
  return <Loaded key={data.id} mirror={data} />;
}
