// What the server has counted for a change, in sentences. Pure.
import type { HeldLineages, PolicyEffect } from '@/server/contract/policy-effect';
import { formatBytes, formatCount, formatCounted } from '@/components/ui/format';
import { CAUSE, type CauseKind } from '@/components/lineages/words';
import type { FieldName } from './fields';

const CAPS: readonly FieldName[] = [
  'max_pending_rows_per_lineage',
  'max_pending_bytes_per_lineage',
  'resume_threshold_percent',
];

/** Whether a field is one of those that are counted together: rows, bytes and the threshold. */
export const isCap = (name: FieldName): boolean => CAPS.includes(name);

const atLeast = (isMore: boolean): string => (isMore ? 'More than ' : '');

function told({ count, devices_told: devices }: HeldLineages, verb: string): string {
  if (devices === count)
    return count === 1 ? ` Its device is told to ${verb}.` : ` Their devices are told to ${verb}.`;
  if (devices === 0) return ' No device is told: each waits for another reason already.';
  return ` ${formatCount(devices)} of the devices are told to ${verb}; the others wait for another reason already.`;
}

function backlogLines({ paused, resumed }: NonNullable<PolicyEffect['backlog']>): string[] {
  return [
    paused.count === 0
      ? 'No lineage that runs now is over the caps.'
      : `${formatCounted(paused.count, 'lineage')} ${paused.count === 1 ? 'is' : 'are'} over the caps now, and paused with the next batch.${told(paused, 'wait')}`,
    resumed.count === 0
      ? 'No backlog that is paused now is below the threshold.'
      : `${formatCounted(resumed.count, 'paused backlog')} ${resumed.count === 1 ? 'is' : 'are'} below the threshold, and let go within seconds.${told(resumed, 'go on')}`,
  ];
}

function rejectedLines(counted: NonNullable<PolicyEffect['rejected_batches']>): string[] {
  const { dropped, unhandled, bytes, is_at_least: isMore } = counted;
  if (dropped === 0) return ['No batch that is kept now is deleted by it.'];
  const never =
    unhandled === 0
      ? 'All of them were landed by a retry.'
      : `${formatCount(unhandled)} of them were never landed by a retry.`;
  return [
    `${atLeast(isMore)}${formatCounted(dropped, 'rejected batch', 'rejected batches')} (${formatBytes(bytes)}) ${dropped === 1 ? 'is' : 'are'} deleted within a minute of saving. ${never}`,
  ];
}

function tombstoneLines({ dropped, is_at_least: isMore }: NonNullable<PolicyEffect['tombstones']>): string[] {
  if (dropped === null) return ['There are too many tombstones to count those of that age now.'];
  if (dropped === 0) return ['No key that is remembered now is forgotten by it.'];
  return [
    `${atLeast(isMore)}${formatCounted(dropped, 'deleted key')} ${dropped === 1 ? 'is' : 'are'} forgotten within a minute of saving, unless something older of the table is still staged or rejected.`,
  ];
}

function additiveLines(
  { open_reviews: open, reviewed, continued }: NonNullable<PolicyEffect['additive']>,
  to: boolean,
): string[] {
  const stay =
    open === 0
      ? 'No review of such a change is open.'
      : `${formatCounted(open, 'open review')} of such ${open === 1 ? 'a change stays' : 'changes stay'} open.`;
  const recent = to
    ? `In the last 30 days ${formatCounted(reviewed, 'such change')} asked for a review, and would not have.`
    : `In the last 30 days ${formatCounted(continued, 'such change')} went on without a review, and would have asked for one.`;
  return [stay, recent];
}

const dataPointLines = (
  { existing, open_drafts: drafts }: NonNullable<PolicyEffect['data_points']>,
  to: boolean,
): string[] => [
  `${formatCounted(existing, 'data point')} of the devices ${existing === 1 ? 'stays' : 'stay'} as before.`,
  drafts === 0
    ? 'No open draft makes one.'
    : `${formatCounted(drafts, 'open draft')} ${drafts === 1 ? 'makes' : 'make'} data points, and ${to ? 'can be approved' : 'would be refused'}.`,
];

/** What has been counted for one field, sentence by sentence; empty where nothing is counted for it. */
export function linesOf(name: FieldName, effect: PolicyEffect): string[] {
  const { backlog, rejected_batches: rejected, tombstones, additive, data_points: points, after } = effect;
  switch (name) {
    case 'max_pending_rows_per_lineage':
    case 'max_pending_bytes_per_lineage':
    case 'resume_threshold_percent':
      return backlog === null ? [] : backlogLines(backlog);
    case 'rejected_batch_retention_days':
      return rejected === null ? [] : rejectedLines(rejected);
    case 'tombstone_retention_days':
      return tombstones === null ? [] : tombstoneLines(tombstones);
    case 'allow_additive_continue':
      return additive === null ? [] : additiveLines(additive, after[name] === true);
    case 'allow_auto_create_device_data_points':
      return points === null ? [] : dataPointLines(points, after[name] === true);
    case 'schema_coalescing_mode':
      return [];
  }
}

const labelOf = (cause: string): string => CAUSE[cause as CauseKind].label.toLowerCase();

/** What becomes of one lineage. */
export function fateOf(item: HeldLineages['items'][number], to: 'paused' | 'resumed'): string {
  const others = item.other_causes.map(labelOf).join(', ');
  if (to === 'paused')
    return item.device_told ? 'Paused, device told' : `Paused; its device waits for ${others} already`;
  if (others !== '') return `Backlog let go; still paused: ${others}`;
  return 'Resumes, device told';
}
