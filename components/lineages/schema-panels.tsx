// What the lineage's columns were and are bound to.
import type { LineageDetail } from '@/server/contract/governance';
import { CLASSIFICATION } from '@/components/reviews/words';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { StatusChip, Tag } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './lineage-page.module.css';
import { VERSION_STATUS } from './words';

type Version = LineageDetail['schema_versions'][number];
type Binding = LineageDetail['column_bindings'][number];

const columnsText = (version: Version): string =>
  version.columns === null
    ? 'not known'
    : version.columns
        .map(
          (c) =>
            `${c.name} ${c.decl_type_affinity}${c.pk_ordinal > 0 ? ' key' : ''}${c.not_null ? ' not null' : ''}`,
        )
        .join('\n');

const versionColumns = (current: string): readonly Column<Version>[] => [
  {
    id: 'hash',
    header: 'Schema hash',
    cell: (v) => (
      <span className={classes.hash}>
        <Copyable value={v.schema_hash} label="schema hash" chars={12} />
        {v.registry_id === null ? null : (
          <Link href={`/registry/${v.registry_id}`} className={classes.link}>
            registry
          </Link>
        )}
        {v.schema_hash === current ? <Tag title="The hash of the last batch">current</Tag> : null}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: (v) => (
      <StatusChip tone={VERSION_STATUS[v.status].tone} plain>
        {VERSION_STATUS[v.status].label}
      </StatusChip>
    ),
  },
  {
    id: 'classification',
    header: 'Classification',
    wide: true,
    cell: (v) => (
      <span title={CLASSIFICATION[v.classification].meaning}>
        {CLASSIFICATION[v.classification].label}
        {v.verified ? '' : ', unverified'}
      </span>
    ),
  },
  {
    id: 'columns',
    header: 'Columns',
    align: 'end',
    cell: (v) => (
      <span title={columnsText(v)}>{v.columns === null ? 'unknown' : formatCount(v.columns.length)}</span>
    ),
  },
  { id: 'staged', header: 'Staged rows', align: 'end', cell: (v) => formatCount(v.staged_row_count) },
  { id: 'seen', header: 'First seen', align: 'end', cell: (v) => <TimeAgo at={v.first_seen_at} /> },
];

/** The schema versions, newest first. */
export function VersionsPanel({ detail }: { detail: LineageDetail }) {
  return (
    <Panel title={formatCounted(detail.schema_versions.length, 'schema version')} flush>
      <DataTable
        label="Schema versions"
        columns={versionColumns(detail.lineage.current_schema_hash)}
        rows={detail.schema_versions}
        rowKey={(version) => version.id}
        empty={<EmptyState title="No schema version is known." />}
        frameless
      />
    </Panel>
  );
}

const ACTION: Record<Binding['action'], string> = {
  mirror: 'Mirror',
  map: 'Map to data point',
  ignore: 'Ignore',
  defer: 'Deferred',
  auto_create_and_map: 'Create and map',
};

const bindingColumns = (mirror: LineageDetail['mirror']): readonly Column<Binding>[] => [
  {
    id: 'source',
    header: 'Source column',
    cell: (b) => <span className="tg-mono">{b.source_column_name}</span>,
  },
  { id: 'action', header: 'Action', cell: (b) => ACTION[b.action] },
  {
    id: 'target',
    header: 'Mirror column',
    cell: (b) =>
      b.mirror_column_name === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <span className="tg-mono">{b.mirror_column_name}</span>
      ),
  },
  {
    id: 'type',
    header: 'Type',
    cell: (b) => mirror?.columns.find((c) => c.name === b.mirror_column_name)?.type ?? '',
  },
  {
    id: 'hash',
    header: 'Schema hash',
    cell: (b) => <Copyable value={b.schema_hash} label="schema hash" chars={12} />,
  },
];

/** The bindings in force, for each approved version. */
export function BindingsPanel({ detail }: { detail: LineageDetail }) {
  const review = detail.open_review;
  return (
    <Panel title={formatCounted(detail.column_bindings.length, 'column binding')} flush>
      <DataTable
        label="Column bindings"
        columns={bindingColumns(detail.mirror)}
        rows={detail.column_bindings}
        rowKey={(b) => `${b.schema_hash} ${b.source_column_name}`}
        frameless
        empty={
          <EmptyState title="No column is bound yet.">
            Bindings come from an approval.{' '}
            {review === null ? null : <Link href={`/reviews/${review.id}`}>Open the review that waits</Link>}
          </EmptyState>
        }
      />
    </Panel>
  );
}
