'use client';
// One line per column: what it was and is, what was really received, and what is decided.
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import type { ReviewColumn } from '@/server/contract/governance';
import { formatCount, formatShare } from '@/components/ui/format';
import { StatusChip, Tag, type Tone } from '@/components/ui/status-chip';
import { columnLines, type ColumnChange, type ColumnLine } from './column-lines';
import classes from './column-table.module.css';
import {
  ACTIONS,
  canWiden,
  whyNot,
  withAction,
  withWiden,
  withMirrorName,
  type ActionKind,
  type Decision,
} from './decision';
import { isShared, whyNotShared, type AnyReviewDetail } from './subject';

const CHANGE: Record<ColumnChange, { label: string; tone: Tone }> = {
  key_changed: { label: 'Key changed', tone: 'bad' },
  removed: { label: 'Removed', tone: 'bad' },
  type_changed: { label: 'Retyped', tone: 'bad' },
  added_not_null: { label: 'Added, not null', tone: 'bad' },
  nullability_changed: { label: 'Nullability', tone: 'wait' },
  added: { label: 'Added', tone: 'info' },
  first: { label: 'First schema', tone: 'wait' },
  unchanged: { label: 'Unchanged', tone: 'idle' },
};

interface Shape {
  decl_type_affinity: string;
  pk_ordinal: number;
  not_null: boolean;
}

const shapeText = (shape: Shape): string =>
  [
    shape.decl_type_affinity,
    ...(shape.pk_ordinal > 0 ? [`key ${shape.pk_ordinal}`] : []),
    ...(shape.not_null ? ['not null'] : []),
  ].join(' · ');

function Before({ line }: { line: ColumnLine }) {
  if (line.kind === 'removed') {
    return (
      <>
        <span className={classes.old}>{shapeText(line.column)}</span>
        <IconArrowRight size={12} aria-label="became" />
        <span>gone</span>
      </>
    );
  }
  const { before } = line.column;
  if (before === null || line.change === 'unchanged') return <span>{shapeText(line.column)}</span>;
  return (
    <>
      <span className={classes.old}>{shapeText(before)}</span>
      <IconArrowRight size={12} aria-label="became" />
      <span>{shapeText(line.column)}</span>
    </>
  );
}

function Misfits({ column }: { column: ReviewColumn }) {
  if (column.misfit_rows === 0) return null;
  return (
    <span className={classes.misfit}>
      <IconAlertTriangle size={13} aria-hidden />
      <span>
        {formatCount(column.misfit_rows)} of {formatCount(column.sampled_rows)} do not cast
        {column.misfit_example === null ? null : (
          <>
            : <span className="tg-mono">{column.misfit_example}</span>
          </>
        )}
      </span>
    </span>
  );
}

function Values({ column }: { column: ReviewColumn }) {
  if (column.sampled_rows === 0) return <span className={classes.muted}>no row is staged</span>;
  return (
    <>
      <div className={classes.samples} title={column.samples.join('\n')}>
        {column.samples.map((sample, i) => (
          <span key={`${i}:${sample}`} className={classes.sample}>
            {sample}
          </span>
        ))}
      </div>
      <div className={classes.second}>
        <span>{formatShare(column.null_share)} NULL</span>
        <Misfits column={column} />
      </div>
    </>
  );
}

export interface ColumnTableProps {
  detail: AnyReviewDetail;
  decision: Decision;
  onChange: (decision: Decision) => void;
  /** Why nothing can be changed; undefined where it can. */
  readOnlyReason: string | undefined;
  /** The id of the element that says so. */
  readOnlyId: string;
  problems: ReadonlyMap<string, string>;
}

function ActionSelect({
  column,
  action,
  table,
}: {
  column: ReviewColumn;
  action: ActionKind;
  table: ColumnTableProps;
}) {
  const { decision, onChange, readOnlyReason, readOnlyId } = table;
  return (
    <NativeSelect
      aria-label={`Action for ${column.name}`}
      w={104}
      value={action}
      disabled={readOnlyReason !== undefined}
      title={readOnlyReason}
      {...(readOnlyReason === undefined ? {} : { 'aria-describedby': readOnlyId })}
      data={ACTIONS.map((choice) => {
        const forAll = isShared(table.detail) ? whyNotShared(choice.action) : undefined;
        const reason = forAll ?? whyNot(column, choice.action);
        const suffix = forAll === undefined && choice.unavailable !== undefined ? ' (no data points)' : '';
        return {
          value: choice.action,
          label: `${choice.label}${suffix}`,
          disabled: reason !== undefined,
        };
      })}
      onChange={(event) =>
        onChange(withAction(decision, column.name, event.currentTarget.value as ActionKind))
      }
    />
  );
}

function Decide({ column, table }: { column: ReviewColumn; table: ColumnTableProps }) {
  const { decision, onChange, readOnlyReason, readOnlyId, problems } = table;
  const own = decision.find((a) => a.source_column_name === column.name) ?? column.proposed;
  const problem = problems.get(column.name);
  return (
    <>
      <div className={classes.decide}>
        <ActionSelect column={column} action={own.action} table={table} />
        {own.action === 'mirror' && own.widen === true ? (
          <span className={classes.muted}>in the old column, widened</span>
        ) : own.action === 'mirror' ? (
          <>
            <TextInput
              aria-label={`Mirror column for ${column.name}`}
              className={classes.name}
              classNames={{ input: classes.nameInput ?? '' }}
              value={own.mirror_column_name ?? ''}
              placeholder={column.proposed.mirror_column_name ?? column.name}
              disabled={readOnlyReason !== undefined}
              title={readOnlyReason}
              error={problem !== undefined}
              spellCheck={false}
              {...(readOnlyReason === undefined ? {} : { 'aria-describedby': readOnlyId })}
              onChange={(event) => onChange(withMirrorName(decision, column.name, event.currentTarget.value))}
            />
            <span className={classes.type}>{column.mirror_type}</span>
          </>
        ) : (
          <span className={classes.muted}>{afterOf(own.action, column)}</span>
        )}
      </div>
      {own.action === 'mirror' && canWiden(column) ? (
        <Checkbox
          label="Widen the old mirror column instead of adding one"
          checked={own.widen === true}
          disabled={readOnlyReason !== undefined}
          onChange={(event) => onChange(withWiden(decision, column.name, event.currentTarget.checked))}
        />
      ) : null}
      {problem === undefined ? (
        <div className={classes.second}>{column.proposal_reason}</div>
      ) : (
        <div className={classes.problem} role="alert">
          <IconAlertTriangle size={13} aria-hidden />
          {problem}
        </div>
      )}
    </>
  );
}

const AFTER: Record<ActionKind, string> = {
  mirror: '',
  map: 'goes to telemetry',
  auto_create_and_map: 'goes to telemetry',
  ignore: 'not in the mirror',
  defer: 'undecided: its values are kept',
};

const afterOf = (action: ActionKind, column: ReviewColumn): string =>
  action === 'defer' && (column.pk_ordinal > 0 || column.not_null)
    ? 'undecided: the lineage stays paused'
    : AFTER[action];

function Line({ line, table }: { line: ColumnLine; table: ColumnTableProps }) {
  const change = CHANGE[line.change];
  return (
    <tr data-change={line.change}>
      <th scope="row">
        <span className={classes.column}>{line.name}</span>
        {line.column.pk_ordinal > 0 ? (
          <Tag title="Its place in the primary key">key {line.column.pk_ordinal}</Tag>
        ) : null}
        {line.column.not_null ? <Tag>not null</Tag> : null}
      </th>
      <td>
        <StatusChip tone={change.tone} plain>
          {change.label}
        </StatusChip>
        <div className={classes.shape}>
          <Before line={line} />
        </div>
      </td>
      <td className={classes.values}>{line.kind === 'column' ? <Values column={line.column} /> : null}</td>
      <td>
        {line.kind === 'column' ? (
          <Decide column={line.column} table={table} />
        ) : (
          <div className={classes.second}>
            Its mirror column stays, with the values it has; new rows leave it NULL.
          </div>
        )}
      </td>
    </tr>
  );
}

/** The columns of a review, riskiest first. */
export function ColumnTable(props: ColumnTableProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label="Columns, riskiest first">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Change</th>
            <th scope="col">Received values</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {columnLines(props.detail).map((line) => (
            <Line key={`${line.kind}:${line.name}`} line={line} table={props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
