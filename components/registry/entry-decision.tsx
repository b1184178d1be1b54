// What is decided for each column of a version, and where its values go.
import type { RegistryEntry } from '@/server/contract/registry';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/status-chip';
import classes from './registry.module.css';

interface Line {
  name: string;
  affinity: string;
  key: number;
  notNull: boolean;
  action: string | null;
  mirrorColumn: string | null;
  isRejected: boolean;
}

/** The columns of the schema; of an approved one with the action for each. */
function linesOf(entry: RegistryEntry): Line[] {
  const actions = new Map((entry.column_actions ?? []).map((action) => [action.source_column_name, action]));
  return (entry.columns ?? []).map((column) => {
    const action = actions.get(column.name);
    return {
      name: column.name,
      affinity: column.decl_type_affinity,
      key: column.pk_ordinal,
      notNull: column.not_null,
      action: action?.action ?? null,
      mirrorColumn: action?.action === 'mirror' ? (action.mirror_column_name ?? column.name) : null,
      isRejected: entry.status === 'rejected',
    };
  });
}

const ACTION: Record<string, string> = { mirror: 'Mirror', ignore: 'Ignore' };

const columns: readonly Column<Line>[] = [
  { id: 'name', header: 'Column', cell: (line) => <span className="tg-mono">{line.name}</span> },
  { id: 'affinity', header: 'Type', cell: (line) => line.affinity },
  {
    id: 'tags',
    header: 'Rules',
    cell: (line) => (
      <span className={classes.links}>
        {line.key > 0 ? <Tag>key {line.key}</Tag> : null}
        {line.notNull ? <Tag>not null</Tag> : null}
      </span>
    ),
  },
  {
    id: 'action',
    header: 'Action',
    cell: (line) =>
      line.action === null ? (
        <span className={classes.none}>{line.isRejected ? 'rejected' : 'undecided'}</span>
      ) : (
        (ACTION[line.action] ?? line.action)
      ),
  },
  {
    id: 'mirror',
    header: 'Mirror column',
    cell: (line) =>
      line.mirrorColumn === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <span className="tg-mono">{line.mirrorColumn}</span>
      ),
  },
];

/** The decision in force, or the columns that wait for one. */
export function EntryDecision({ entry }: { entry: RegistryEntry }) {
  return (
    <Panel title={entry.status === 'approved' ? 'Decision in force' : 'Columns'} flush>
      <DataTable
        label="Columns"
        columns={columns}
        rows={linesOf(entry)}
        rowKey={(line) => line.name}
        frameless
        empty={
          <EmptyState title="The columns are not known yet.">
            No device has named them. The review reads them off the staged rows; the next batch that carries
            its columns verifies them.
          </EmptyState>
        }
      />
    </Panel>
  );
}
