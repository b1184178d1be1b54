// The fields of a policy in an operator's words, and what a change of each will do. Pure.
import type { PolicyFields } from '@/server/contract/fleet';
import { POLICY_BOUNDS } from '@/server/contract/policy-bounds';
import { formatBytes, formatCount, formatCounted } from '@/components/ui/format';

export type FieldName = keyof PolicyFields;
/** What a control holds: a value, or text that is none yet, as of a number's field that was cleared. */
export type FieldValue = PolicyFields[FieldName] | string;

export interface Field {
  name: FieldName;
  label: string;
  kind: 'mode' | 'switch' | 'number';
  meaning: string;
  /** What saving `to` in place of `from` sets in motion. */
  effect: (from: FieldValue, to: FieldValue) => string;
}

const wider = (from: FieldValue, to: FieldValue): boolean => Number(to) > Number(from);

const KEPT =
  'Lineages that are approved keep their mirror until they are consolidated, and reviews that are open stay open.';

const MODE_EFFECT: Readonly<Record<string, string>> = {
  none: `From the next new schema on, each device has a review and a mirror table of its own. ${KEPT}`,
  project: `From the next new schema on, the first device of the project opens one review for all, and their rows share a mirror table. ${KEPT}`,
  fleet: `From the next new schema on, the first device of a fleet opens one review for that fleet, and its devices share a mirror table. ${KEPT}`,
};

export const FIELDS: readonly Field[] = [
  {
    name: 'schema_coalescing_mode',
    label: 'Schema coalescing',
    kind: 'mode',
    meaning: 'Whether devices with the same schema share one mirror table and one decision.',
    effect: (_, to) => MODE_EFFECT[String(to)] ?? '',
  },
  {
    name: 'allow_additive_continue',
    label: 'Continue on additive changes',
    kind: 'switch',
    meaning: 'New nullable columns off the key are added to the mirror without a review.',
    effect: (_, to) =>
      to === true
        ? 'From the next batch on, new nullable columns reach Postgres without anybody looking at them. Reviews that are open stay open.'
        : 'From the next batch on, every new column pauses its lineage until a person decides. Columns added before stay.',
  },
  {
    name: 'allow_auto_create_device_data_points',
    label: 'Create data points on approval',
    kind: 'switch',
    meaning: 'A review may make the device data point that it maps a column to.',
    effect: (_, to) =>
      to === true
        ? 'From the next approval on, a decision may make the data points that it maps columns to.'
        : 'From the next approval on, columns can be mapped only to data points that are there.',
  },
  {
    name: 'max_pending_rows_per_lineage',
    label: 'Backlog cap, rows',
    kind: 'number',
    meaning: 'More staged rows than this on one lineage and its device is asked to wait.',
    effect: (from, to) =>
      wider(from, to)
        ? `A lineage may hold ${formatCount(Number(to))} rows before its device is asked to wait.`
        : `A lineage with more than ${formatCounted(Number(to), 'staged row')} is paused with its next batch.`,
  },
  {
    name: 'max_pending_bytes_per_lineage',
    label: 'Backlog cap, bytes',
    kind: 'number',
    meaning: 'The same, in bytes of staged payload.',
    effect: (from, to) =>
      wider(from, to)
        ? `A lineage may hold ${formatBytes(Number(to))} before its device is asked to wait.`
        : `A lineage with more than ${formatBytes(Number(to))} staged is paused with its next batch.`,
  },
  {
    name: 'resume_threshold_percent',
    label: 'Resume threshold, percent of the cap',
    kind: 'number',
    meaning: 'A pause for backpressure ends when rows and bytes are both below it.',
    effect: (_, to) => `Paused devices resume below ${String(to)} % of both caps.`,
  },
  {
    name: 'rejected_batch_retention_days',
    label: 'Keep rejected batches, days',
    kind: 'number',
    meaning: 'Rejected batches are deleted with their payload after this.',
    effect: (from, to) =>
      wider(from, to)
        ? `Rejected batches are kept ${formatCounted(Number(to), 'day')}. What is gone already does not come back.`
        : `Rejected batches older than ${formatCounted(Number(to), 'day')} are deleted with their payload. This cannot be undone.`,
  },
  {
    name: 'tombstone_retention_days',
    label: 'Keep tombstones, days',
    kind: 'number',
    meaning: 'How long a deleted key is remembered, so that an older write that arrives late stays out.',
    effect: (from, to) =>
      wider(from, to)
        ? `Deleted keys are remembered ${formatCounted(Number(to), 'day')}.`
        : `A device that was away for more than ${formatCounted(Number(to), 'day')} may bring deleted rows back with old writes.`,
  },
];

/** The least and the most that a number may be; null where the field is none. */
export const boundsOf = (name: FieldName): readonly [number, number] | null =>
  name in POLICY_BOUNDS ? POLICY_BOUNDS[name as keyof typeof POLICY_BOUNDS] : null;

/** What is wrong with `value` for a field; null where nothing is. */
export function problemOf(name: FieldName, value: FieldValue | null): string | null {
  const bounds = boundsOf(name);
  if (value === null || bounds === null) return null;
  const [least, most] = bounds;
  const isPossible = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return isPossible ? null : `A whole number from ${formatCount(least)} to ${formatCount(most)}.`;
}
