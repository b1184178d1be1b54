'use client';
// Any two versions of the table in this scope, side by side.
import { NativeSelect } from '@mantine/core';
import type { RegistryEntry } from '@/server/contract/registry';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { shorten } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import {
  changeWords,
  columnText,
  compareColumns,
  comparisonText,
  type ComparedColumn,
  type SchemaColumn,
} from './compare-columns';
import classes from './registry.module.css';
import { ENTRY_STATUS } from './words';

interface Props {
  entry: RegistryEntry;
  /** All versions of the table in the scope, the newest first. */
  versions: readonly RegistryEntry[];
  of: string;
  with: string;
  set: (change: { of?: string; with?: string }) => void;
}

function Side({ column }: { column: SchemaColumn | null }) {
  return column === null ? <span className={classes.none}>not there</span> : columnText(column);
}

const columnsOf = (before: RegistryEntry, after: RegistryEntry): readonly Column<ComparedColumn>[] => [
  { id: 'name', header: 'Column', cell: (line) => <span className="tg-mono">{line.name}</span> },
  { id: 'before', header: shorten(before.schema_hash), cell: (line) => <Side column={line.before} /> },
  { id: 'after', header: shorten(after.schema_hash), cell: (line) => <Side column={line.after} /> },
  {
    id: 'change',
    header: 'Change',
    cell: (line) =>
      line.changes.length === 0 ? (
        <span className={classes.none}>same</span>
      ) : (
        <span className={classes.changed}>{changeWords(line.changes)}</span>
      ),
  },
];

const optionOf = (version: RegistryEntry, position: number, entry: RegistryEntry) => ({
  value: version.id,
  label: `${shorten(version.schema_hash)}, ${ENTRY_STATUS[version.status].label.toLowerCase()}${
    version.id === entry.id ? ', this one' : position === 0 ? ', newest' : ''
  }`,
});

function Comparison({ before, after }: { before: RegistryEntry; after: RegistryEntry }) {
  if (before.columns === null || after.columns === null)
    return <EmptyState title="The columns of one of these versions are not known yet." />;
  const compared = compareColumns(before.columns, after.columns);
  return (
    <>
      <p className={classes.bar} role="status">
        {comparisonText(compared)}
      </p>
      <DataTable
        label="Comparison"
        columns={columnsOf(before, after)}
        rows={compared}
        rowKey={(line) => line.name}
        frameless
        empty={<EmptyState title="Neither version has a column." />}
      />
    </>
  );
}

/** The two that are compared unless others are chosen: this one and the one before it, of the first the one after. */
function chosen({ entry, versions, of, with: earlier }: Props) {
  const at = versions.findIndex(({ id }) => id === entry.id);
  const isFirst = at === versions.length - 1;
  const found = (id: string) => versions.find((version) => version.id === id);
  return {
    before: found(earlier) ?? (isFirst ? (at > 0 ? entry : undefined) : versions[at + 1]),
    after: found(of) ?? (isFirst ? (versions[at - 1] ?? entry) : entry),
  };
}

/** Two versions with what differs. */
export function EntryCompare(props: Props) {
  const { entry, versions, set } = props;
  const { before, after } = chosen(props);
  if (before === undefined) {
    return (
      <Panel title="Compare versions">
        <p className={classes.muted}>This is the only version of the table in this scope.</p>
      </Panel>
    );
  }
  const options = versions.map((version, position) => optionOf(version, position, entry));
  return (
    <Panel title="Compare versions" flush>
      <div className={classes.bar}>
        <NativeSelect
          aria-label="Earlier version"
          value={before.id}
          data={options}
          onChange={(event) => set({ with: event.currentTarget.value })}
        />
        <span aria-hidden>→</span>
        <NativeSelect
          aria-label="Later version"
          value={after.id}
          data={options}
          onChange={(event) => set({ of: event.currentTarget.value })}
        />
      </div>
      <Comparison before={before} after={after} />
    </Panel>
  );
}
