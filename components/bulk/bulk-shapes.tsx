'use client';
// The shapes of a counted set: what each consists of and, of an approval, what happens to its columns and how that
// would go. Until the job starts, each column can be decided otherwise; it is simulated again at once.
import { NativeSelect } from '@mantine/core';
import type { BulkShape } from '@/server/contract/bulk';
import type { ColumnAction } from '@/server/contract/governance';
import { PreviewResult } from '@/components/reviews/preview-result';
import { Copyable } from '@/components/ui/copyable';
import { formatCounted } from '@/components/ui/format';
import { StatusChip, Tag } from '@/components/ui/status-chip';
import { Timestamp } from '@/components/ui/time';
import classes from './bulk-shapes.module.css';

type Action = ColumnAction['action'];

const CHOICES: readonly { value: Action; label: string }[] = [
  { value: 'mirror', label: 'Mirror' },
  { value: 'ignore', label: 'Ignore' },
  { value: 'defer', label: 'Defer' },
];

export interface ShapeDecider {
  /** Why nothing can be decided; undefined where it can. */
  whyNot: string | undefined;
  decide: (shape: BulkShape, decision: ColumnAction[]) => void;
}

/** The action for every column of the shape, `action` for `name`. */
const withAction = (decision: readonly ColumnAction[], name: string, action: Action): ColumnAction[] =>
  decision.map((a) => (a.source_column_name === name ? { source_column_name: name, action } : a));

function Columns({ shape, decider }: { shape: BulkShape; decider: ShapeDecider | null }) {
  const { columns, decision } = shape;
  if (columns === null) return null;
  return (
    <table className={classes.columns} aria-label={`Columns of ${shape.source_table}`}>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Type</th>
          {decision === null ? null : <th scope="col">Decision</th>}
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => {
          const own = decision?.find((a) => a.source_column_name === column.name);
          return (
            <tr key={column.name}>
              <th scope="row">
                <span className="tg-mono">{column.name}</span>
                {column.pk_ordinal > 0 ? <Tag>key {column.pk_ordinal}</Tag> : null}
                {column.not_null ? <Tag>not null</Tag> : null}
              </th>
              <td className={classes.type}>{column.decl_type_affinity}</td>
              {own === undefined ? null : (
                <td>
                  <NativeSelect
                    aria-label={`Action for ${column.name} of ${shape.source_table}`}
                    w={110}
                    value={own.action}
                    disabled={decider?.whyNot !== undefined || decider === null}
                    title={decider?.whyNot}
                    data={CHOICES.filter(
                      ({ value }) => value !== 'defer' || shape.kind === 'schema_review',
                    ).map((choice) => ({ ...choice }))}
                    onChange={(event) =>
                      decider?.decide(
                        shape,
                        withAction(decision ?? [], column.name, event.currentTarget.value as Action),
                      )
                    }
                  />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Facts({ shape, countedAt }: { shape: BulkShape; countedAt: string }) {
  const what = shape.kind === 'lineage' ? 'lineage' : 'review';
  return (
    <div className={classes.facts}>
      <strong className={classes.table}>{shape.source_table}</strong>
      <span className="tg-num">{formatCounted(shape.items, what)}</span>
      <span className="tg-num">
        {formatCounted(shape.staged_row_count, 'staged row')}, as counted at <Timestamp at={countedAt} />
      </span>
      <span>
        Hash <Copyable value={shape.schema_hash} label="schema hash" chars={12} />
      </span>
      {shape.kind === 'registry_review' ? <Tag title="Decided for many devices at once">registry</Tag> : null}
      {shape.verified ? null : (
        <StatusChip tone="wait" icon="warn">
          Hash not verified
        </StatusChip>
      )}
    </div>
  );
}

/** Every shape; `decider` is null where there is nothing to decide. */
export function BulkShapes({
  shapes,
  countedAt,
  decider,
}: {
  shapes: readonly BulkShape[];
  /** When the set was counted: what comes in later is not in the counts. */
  countedAt: string;
  decider: ShapeDecider | null;
}) {
  return (
    <ul className={classes.shapes} aria-label="Shapes">
      {shapes.map((shape) => (
        <li key={`${shape.kind}:${shape.source_table}:${shape.schema_hash}`} className={classes.shape}>
          <Facts shape={shape} countedAt={countedAt} />
          <div className={classes.body}>
            <Columns shape={shape} decider={decider} />
            <div className={classes.outcome}>
              {shape.problem === null ? null : (
                <p className={classes.problem} role="alert">
                  {shape.problem}
                </p>
              )}
              {shape.preview === null ? null : (
                <>
                  <p className={classes.note}>
                    Simulated on the review with the most rows of this shape, with the rows that were staged
                    at <Timestamp at={shape.preview.tried_at} />:
                  </p>
                  <PreviewResult preview={shape.preview} />
                </>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
