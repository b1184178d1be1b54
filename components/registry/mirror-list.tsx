'use client';
// The mirror tables that many devices share.
import { useQueryStates } from 'nuqs';
import type { CoalescedMirror } from '@/server/contract/registry';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { FilterBar } from '@/components/ui/filter-bar';
import { formatCount } from '@/components/ui/format';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { NothingShared } from './nothing-shared';
import { MIRRORS_PATH, ofFleet } from './queries';
import { isScoped, mirrorParams, mirrorSearch, NO_SCOPE, type MirrorSearch } from './registry-search';
import { RegistryTabs } from './registry-tabs';
import { ScopeFilter } from './scope-filter';
import { scopeText } from './words';

const NO_FILTER = { table: '', ...NO_SCOPE } as const;

const columns: readonly Column<CoalescedMirror>[] = [
  {
    id: 'table',
    header: 'Table',
    primary: true,
    cell: (mirror) => <span className="tg-mono">{mirror.source_table}</span>,
  },
  { id: 'scope', header: 'Scope', cell: (mirror) => scopeText(mirror) },
  {
    id: 'name',
    header: 'Mirror table',
    cell: (mirror) => <Copyable value={mirror.mirror_table_name} label="mirror table" chars={0} />,
  },
  { id: 'generation', header: 'Generation', align: 'end', cell: (mirror) => mirror.generation },
  { id: 'columns', header: 'Columns', align: 'end', cell: (mirror) => formatCount(mirror.columns.length) },
  {
    id: 'versions',
    header: 'Versions',
    align: 'end',
    cell: (mirror) => formatCount(mirror.schema_hashes.length),
  },
  { id: 'devices', header: 'Devices', align: 'end', cell: (mirror) => formatCount(mirror.device_count) },
  {
    id: 'rows',
    header: 'Rows, about',
    align: 'end',
    cell: (mirror) => (
      <span title="An estimate of the database">{formatCount(mirror.row_count_estimate)}</span>
    ),
  },
];

/** The shared mirrors of the project and its fleets. */
export function MirrorList() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(mirrorSearch, { history: 'replace' });
  const set = (change: Partial<MirrorSearch>) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<CoalescedMirror>(
    project.id,
    ofFleet(search.fleet, MIRRORS_PATH),
    mirrorParams(search),
  );
  const filtered = isScoped(search) || search.table !== '';
  return (
    <>
      <PageHeader title="Registry" facts="Mirror tables that many devices write to" />
      <RegistryTabs />
      <FilterBar onClear={filtered ? () => set(NO_FILTER) : undefined}>
        <ScopeFilter search={search} set={set} />
        <NarrowedFilter label="Table" value={search.table} onClear={() => set({ table: '' })} />
      </FilterBar>
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The shared mirrors are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Shared mirrors"
            columns={columns}
            rows={data.items}
            rowKey={(mirror) => mirror.id}
            href={(mirror) => `/registry/mirrors/${mirror.id}`}
            stale={isPlaceholderData}
            empty={
              <NothingShared
                title={filtered ? 'No shared mirror matches these filters.' : 'No mirror is shared yet.'}
                {...(filtered ? { onAll: () => set(NO_FILTER) } : {})}
              />
            }
          />
          <ListPager
            path={ofFleet(search.fleet, MIRRORS_PATH)}
            params={mirrorParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </>
      )}
    </>
  );
}
