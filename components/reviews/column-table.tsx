'use client';
// One line per column: what it was and is, what was really received, and what is decided.
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import type { RenameProposal, ReviewColumn } from '@/server/contract/governance';
import type { ReviewFacts } from '@/server/contract/review-facts';
import { StatusChip, Tag, type Tone } from '@/components/ui/status-chip';
import { columnLines, type ColumnChange, type ColumnLine } from './column-lines';
import { PointPicker, RenameChoice } from './column-map';
import classes from './column-table.module.css';
import { ReceivedValues } from './column-values';
import {
  ACTIONS,
  canWiden,
  whyNot,
  withAction,
  withWiden,
  withMirrorName,
  type ActionKind,
  type Decision,
  type Mapping,
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

export interface ColumnTableProps {
  detail: AnyReviewDetail;
  decision: Decision;
  onChange: (decision: Decision) => void;
  /** Why nothing can be changed; undefined where it can. */
  readOnlyReason: string | undefined;
  /** The id of the element that says so. */
  readOnlyId: string;
  problems: ReadonlyMap<string, string>;
  /** Counts over everything that waits; undefined before they are known. */
  facts: ReviewFacts | undefined;
  /** What columns can be mapped to; undefined before it is known. */
  mapping: Mapping | undefined;
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
        const reason = forAll ?? whyNot(column, choice.action, table.mapping);
        return {
          value: choice.action,
          label: choice.label,
          disabled: reason !== undefined && choice.action !== action,
          title: reason,
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
        {own.action === 'map' ? (
          <PointPicker {...table} column={column} />
        ) : own.action === 'mirror' && own.rename_of !== undefined ? (
          <span className={classes.muted}>
            in the column of <code>{own.rename_of}</code>
          </span>
        ) : own.action === 'mirror' && own.widen === true ? (
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
              title={[
                own.mirror_column_name ?? column.proposed.mirror_column_name ?? column.name,
                readOnlyReason ?? '',
              ]
                .filter(Boolean)
                .join('\n')}
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
      {renamesOf(table.detail)
        .filter(({ to }) => to === column.name)
        .map((proposal) => (
          <RenameChoice key={proposal.from} {...table} column={column} proposal={proposal} />
        ))}
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

const renamesOf = (detail: AnyReviewDetail): readonly RenameProposal[] =>
  isShared(detail) ? [] : detail.rename_proposals;

/** What becomes of a column that is gone. */
function Gone({ name, decision }: { name: string; decision: Decision }) {
  const heir = decision.find((a) => a.action === 'mirror' && a.rename_of === name);
  return (
    <div className={classes.second}>
      {heir === undefined ? (
        'Its mirror column stays, with the values it has; new rows leave it NULL.'
      ) : (
        <span>
          Its mirror column goes on with the values of <code>{heir.source_column_name}</code>.
        </span>
      )}
    </div>
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
    <tr role="row" data-change={line.change}>
      <th scope="row" role="rowheader">
        <span className={classes.column}>{line.name}</span>
        {line.column.pk_ordinal > 0 ? (
          <Tag title="Its place in the primary key">key {line.column.pk_ordinal}</Tag>
        ) : null}
        {line.column.not_null ? <Tag>not null</Tag> : null}
      </th>
      <td role="cell">
        <StatusChip tone={change.tone} plain>
          {change.label}
        </StatusChip>
        <div className={classes.shape}>
          <Before line={line} />
        </div>
      </td>
      <td role="cell" className={classes.values}>
        {line.kind === 'column' ? <ReceivedValues column={line.column} facts={table.facts} /> : null}
      </td>
      <td role="cell">
        {line.kind === 'column' ? (
          <Decide column={line.column} table={table} />
        ) : (
          <Gone name={line.name} decision={table.decision} />
        )}
      </td>
    </tr>
  );
}

const misfitsOf = (facts: ReviewFacts | undefined): ReadonlyMap<string, number> =>
  new Map((facts?.columns ?? []).map((c) => [c.source_column_name, c.misfits.rows]));

/** The columns of a review, riskiest first. The roles are said, since stacked cells are no table by their style. */
export function ColumnTable(props: ColumnTableProps) {
  return (
    <div className={classes.frame}>
      <table role="table" className={classes.table} aria-label="Columns, riskiest first">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              Column
            </th>
            <th scope="col" role="columnheader">
              Change
            </th>
            <th scope="col" role="columnheader">
              Received values
            </th>
            <th scope="col" role="columnheader">
              Decision
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {columnLines(props.detail, misfitsOf(props.facts)).map((line) => (
            <Line key={`${line.kind}:${line.name}`} line={line} table={props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
