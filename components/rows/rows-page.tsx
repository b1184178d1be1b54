'use client';
// Staged and written rows of a lineage in one place, with a switch. Everything chosen is in the URL.
import { Button, Checkbox, Menu, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import type { LineageDetail } from '@/server/contract/governance';
import { lineagePath } from '@/components/lineages/queries';
import { PauseChips } from '@/components/lineages/pause-chips';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { PageHeader } from '@/components/ui/page-header';
import { MirrorView } from './mirror-view';
import classes from './rows-page.module.css';
import { OP_FILTERS, REASON_FILTERS, rowsSearch, type RowsSearch } from './rows-search';
import { StagedView, type SetRowsSearch } from './staged-view';

interface BarProps {
  detail: LineageDetail;
  search: RowsSearch;
  set: SetRowsSearch;
}

const PLATFORM = {
  staged: ['commit seq', 'op', 'reason', 'error', 'received'],
  mirror: ['updated'],
} as const;

function ColumnChooser({ detail, search, set }: BarProps) {
  const names =
    search.source === 'mirror'
      ? (detail.mirror?.columns.map(({ name }) => name) ?? [])
      : [...new Set(detail.schema_versions.flatMap((v) => v.columns?.map(({ name }) => name) ?? []))];
  const ids = [...PLATFORM[search.source], ...names.map((name) => `column ${name}`)];
  const hidden = ids.filter((id) => search.hide.includes(id)).length;
  const toggle = (id: string) =>
    set({ hide: search.hide.includes(id) ? search.hide.filter((one) => one !== id) : [...search.hide, id] });
  return (
    <Menu closeOnItemClick={false} position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          Columns{hidden === 0 ? '' : ` (${hidden} hidden)`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.chooser ?? ''}>
        {hidden === 0 ? null : <Menu.Item onClick={() => set({ hide: [] })}>Show all columns</Menu.Item>}
        {ids.map((id) => (
          <Menu.Item key={id} onClick={() => toggle(id)} role="menuitemcheckbox">
            <Checkbox
              checked={!search.hide.includes(id)}
              readOnly
              tabIndex={-1}
              label={id.replace(/^column /, '')}
            />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function StagedFilters({ detail, search, set }: BarProps) {
  const filtered = search.reason !== null || search.op !== null || search.hash !== '';
  return (
    <FilterBar onClear={filtered ? () => set({ reason: null, op: null, hash: '' }) : undefined}>
      <FilterSelect
        label="Reason"
        width={200}
        value={search.reason}
        options={REASON_FILTERS}
        onChange={(reason) => set({ reason })}
      />
      <FilterSelect
        label="Schema"
        width={180}
        value={search.hash === '' ? null : search.hash}
        options={detail.schema_versions.map(({ schema_hash: hash }) => ({
          value: hash,
          label: hash.slice(0, 12),
        }))}
        onChange={(hash) => set({ hash: hash ?? '' })}
      />
      <FilterSelect label="Op" value={search.op} options={OP_FILTERS} onChange={(op) => set({ op })} />
    </FilterBar>
  );
}

function MirrorFilters({ detail, search, set }: BarProps) {
  const columns = detail.mirror?.columns ?? [];
  return (
    <FilterBar
      onClear={
        search.column === '' && search.sort === ''
          ? undefined
          : () => set({ column: '', value: '', sort: '' })
      }
    >
      <NativeSelect
        aria-label="Column to filter by"
        value={search.column}
        w={190}
        data={[{ value: '', label: 'Filter by column…' }, ...columns.map(({ name }) => name)]}
        onChange={(event) => set({ column: event.currentTarget.value, value: '' })}
      />
      {search.column === '' ? null : (
        <FilterText
          label={`${search.column} equals`}
          value={search.value}
          onChange={(value) => set({ value })}
        />
      )}
    </FilterBar>
  );
}

function Toolbar(props: BarProps) {
  const { search, set } = props;
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        aria-label="Which rows"
        value={search.source}
        onChange={(source) =>
          set({ source: source as RowsSearch['source'], row: '', hide: [], column: '', value: '', sort: '' })
        }
        data={[
          { value: 'staged', label: 'Staged' },
          { value: 'mirror', label: 'Mirror' },
        ]}
      />
      {search.source === 'staged' ? <StagedFilters {...props} /> : <MirrorFilters {...props} />}
      <div className={classes.right}>
        <ColumnChooser {...props} />
      </div>
    </div>
  );
}

function useRowsKeys(detail: LineageDetail, set: SetRowsSearch): void {
  const router = useRouter();
  const group = 'Rows';
  const review = detail.open_review;
  useKeys([
    {
      keys: ['Escape'],
      label: 'Back to the lineage',
      group,
      run: () => router.push(`/lineages/${detail.lineage.id}`),
    },
    { keys: ['d'], label: 'Staged rows', group, run: () => set({ source: 'staged', row: '' }) },
    { keys: ['w'], label: 'Written rows', group, run: () => set({ source: 'mirror', row: '' }) },
    {
      keys: ['v'],
      label: 'Jump to the review',
      group,
      run: () => router.push(`/reviews/${review?.id ?? ''}`),
      disabledReason: review === null ? 'No review of this lineage is open.' : undefined,
    },
  ]);
}

function Facts({ detail }: { detail: LineageDetail }) {
  const { lineage, mirror } = detail;
  return (
    <>
      <PauseChips causes={lineage.pause_causes} />
      <span>
        Device <Link href={`/devices/${lineage.device_id}`}>{lineage.device_name}</Link>
      </span>
      <span className="tg-num">{formatCounted(lineage.staged_row_count, 'staged row')}</span>
      {mirror === null ? (
        <span>no mirror table</span>
      ) : (
        <Copyable value={mirror.mirror_table_name} label="mirror table" chars={0} />
      )}
    </>
  );
}

function Loaded({ detail }: { detail: LineageDetail }) {
  const [search, setSearch] = useQueryStates(rowsSearch, { history: 'replace' });
  const set: SetRowsSearch = (change) => void setSearch(change);
  const missing = useMissingPermission('PROJECT_CAN_READ_ROWS');
  useRowsKeys(detail, set);
  return (
    <div className={classes.page}>
      <PageHeader
        title={<span className={classes.title}>{detail.lineage.source_table}</span>}
        back={{ href: `/lineages/${detail.lineage.id}`, label: 'Lineage' }}
        facts={<Facts detail={detail} />}
      />
      <Toolbar detail={detail} search={search} set={set} />
      {missing !== undefined ? (
        <EmptyState title="You may not see the contents of rows.">{missing}</EmptyState>
      ) : search.source === 'staged' ? (
        <StagedView detail={detail} search={search} set={set} />
      ) : (
        <MirrorView detail={detail} search={search} set={set} />
      )}
    </div>
  );
}

/** The row viewer of `lineageId`. */
export function RowsPage({ lineageId }: { lineageId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<LineageDetail>(project.id, lineagePath(lineageId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The lineage is being read.'}</p>;
  return <Loaded detail={data} />;
}
