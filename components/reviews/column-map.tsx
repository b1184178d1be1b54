'use client';
// Where a column goes that is not simply mirrored under a name: to a data point, or on in the mirror column of one
// that is gone.
import { NativeSelect, SegmentedControl } from '@mantine/core';
import type { RenameProposal, ReviewColumn } from '@/server/contract/governance';
import { formatCount, formatShare } from '@/components/ui/format';
import classes from './column-table.module.css';
import { pointsFor, withPoint, withRename, withTimeColumn, type Decision, type Mapping } from './decision';

interface Props {
  column: ReviewColumn;
  decision: Decision;
  onChange: (decision: Decision) => void;
  readOnlyReason: string | undefined;
}

/** Picks the data point that `column` is mapped to. */
export function PointPicker({
  column,
  decision,
  onChange,
  readOnlyReason,
  mapping,
}: Props & { mapping: Mapping | undefined }) {
  const own = decision.find((a) => a.source_column_name === column.name);
  const points = mapping === undefined ? [] : pointsFor(column, mapping);
  const chosen = own?.device_data_point_id ?? '';
  const isKnown = chosen === '' || points.some(({ id }) => id === chosen);
  return (
    <NativeSelect
      aria-label={`Data point for ${column.name}`}
      className={classes.name}
      value={chosen}
      disabled={readOnlyReason !== undefined}
      title={readOnlyReason}
      data={[
        { value: '', label: 'Choose a data point…', disabled: true },
        ...points.map(({ id, name, unit }) => ({
          value: id,
          label: unit === null ? name : `${name} (${unit})`,
        })),
        ...(isKnown ? [] : [{ value: chosen, label: 'a data point that is not listed' }]),
      ]}
      onChange={(event) => onChange(withPoint(decision, column.name, event.currentTarget.value))}
    />
  );
}

/** Accepts that `column` is `proposal.from` under another name, or declines it. */
export function RenameChoice({
  column,
  decision,
  onChange,
  readOnlyReason,
  proposal,
}: Props & { proposal: RenameProposal }) {
  const own = decision.find((a) => a.source_column_name === column.name);
  const { from, share, agreeing, compared } = proposal;
  return (
    <div className={classes.rename}>
      <span>
        Looks like <code>{from}</code> renamed: {formatCount(agreeing)} of {formatCount(compared)} values for
        the same keys agree ({formatShare(share)}).
      </span>
      <SegmentedControl
        aria-label={`Is ${column.name} ${from} renamed?`}
        disabled={readOnlyReason !== undefined}
        value={own?.action === 'mirror' && own.rename_of === from ? 'accept' : 'decline'}
        data={[
          { value: 'accept', label: `Renamed: goes on in the column of ${from}` },
          { value: 'decline', label: 'A new column' },
        ]}
        onChange={(value) => onChange(withRename(decision, column.name, value === 'accept' ? from : null))}
      />
    </div>
  );
}

/** Which column says when the mapped values were measured; nothing where none is mapped. */
export function TimeColumnSelect({
  columns,
  decision,
  onChange,
  readOnlyReason,
}: Omit<Props, 'column'> & { columns: readonly ReviewColumn[] }) {
  if (!decision.some(({ action }) => action === 'map' || action === 'auto_create_and_map')) return null;
  return (
    <NativeSelect
      aria-label="Time of the mapped values"
      w={210}
      value={decision.find((a) => a.is_time_column === true)?.source_column_name ?? ''}
      disabled={readOnlyReason !== undefined}
      title={readOnlyReason ?? 'When the mapped values of a row were measured'}
      data={[
        { value: '', label: 'Measured: when received' },
        ...columns
          .filter(({ decl_type_affinity }) => decl_type_affinity !== 'BLOB')
          .map(({ name }) => ({ value: name, label: `Measured: ${name}` })),
      ]}
      onChange={(event) => {
        const name = event.currentTarget.value;
        onChange(withTimeColumn(decision, name === '' ? null : name));
      }}
    />
  );
}
