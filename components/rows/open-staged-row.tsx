'use client';
// One staged row: what was received of each column beside the type it has or would have in the mirror.
import type { LineageDetail } from '@/server/contract/governance';
import type { StagedRow } from '@/server/contract/rows';
import { Copyable } from '@/components/ui/copyable';
import { Timestamp } from '@/components/ui/time';
import { MIRROR_TYPE, type Affinity } from './cell-text';
import { KeyHistoryPanel } from './key-history-panel';
import { RowDrawer, type DrawerValue } from './row-drawer';
import { REASON } from './rows-search';

/** The mirror type that a column of a version has or would have; null where its columns are not known. */
function typeOf(detail: LineageDetail, hash: string, column: string): string | null {
  const binding = detail.column_bindings.find(
    (b) => b.schema_hash === hash && b.source_column_name === column,
  );
  if (binding !== undefined && binding.mirror_column_name === null) return null;
  const mirrored = detail.mirror?.columns.find((c) => c.name === binding?.mirror_column_name);
  if (mirrored !== undefined) return mirrored.type;
  const version = detail.schema_versions.find((v) => v.schema_hash === hash);
  const affinity = version?.columns?.find((c) => c.name === column)?.decl_type_affinity;
  return affinity === undefined ? null : MIRROR_TYPE[affinity satisfies Affinity];
}

function valuesOf(detail: LineageDetail, row: StagedRow): DrawerValue[] {
  const one =
    (isKey: boolean) =>
    ([column, value]: [string, DrawerValue['value']]): DrawerValue => ({
      column,
      isKey,
      value,
      type: typeOf(detail, row.schema_hash, column),
    });
  return [
    ...Object.entries(row.pk).map(one(true)),
    ...Object.entries(row.row ?? {})
      .filter(([name, value]) => row.pk[name] !== value)
      .map(one(false)),
  ];
}

const NUMERIC = new Set(['INTEGER', 'REAL', 'NUMERIC']);

/** The key as JSON with every digit: a long number comes as text, and is one where its column says so. */
function pkText(detail: LineageDetail, { pk, schema_hash: hash }: StagedRow): string {
  const columns = detail.schema_versions.find((version) => version.schema_hash === hash)?.columns ?? [];
  const isNumber = (name: string, value: unknown) =>
    typeof value === 'string' &&
    /^-?\d+(\.\d+)?$/.test(value) &&
    NUMERIC.has(columns.find((column) => column.name === name)?.decl_type_affinity ?? '');
  const members = Object.entries(pk).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${isNumber(name, value) ? String(value) : JSON.stringify(value)}`,
  );
  return `{${members.join(',')}}`;
}

/** The drawer of `row`. */
export function OpenStagedRow(props: { detail: LineageDetail; row: StagedRow; onClose: () => void }) {
  const { detail, row, onClose } = props;
  return (
    <RowDrawer
      title={`Staged ${row.op} at ${row.commit_seq === null ? (row.event_ts ?? '–') : `commit ${row.commit_seq}`}`}
      error={row.error}
      isReceived
      values={valuesOf(detail, row)}
      json={row}
      onClose={onClose}
      history={<KeyHistoryPanel lineageId={detail.lineage.id} asked={{ pk: pkText(detail, row) }} />}
      facts={[
        { name: 'Held for', value: REASON[row.staging_reason] },
        { name: 'Received', value: <Timestamp at={row.received_at} /> },
        { name: 'Schema hash', value: <Copyable value={row.schema_hash} label="schema hash" chars={12} /> },
        {
          name: 'Journal epoch',
          value:
            row.journal_epoch === null ? (
              'none'
            ) : (
              <Copyable value={row.journal_epoch} label="journal epoch" chars={13} />
            ),
        },
      ]}
    />
  );
}
