// What the codes of a review mean, in an operator's words. Pure.
import type { SchemaChangeReason, SchemaReview } from '@/server/contract/governance';
import { formatCounted } from '@/components/ui/format';
import type { Tone } from '@/components/ui/status-chip';

type Status = SchemaReview['status'];
type Classification = SchemaReview['classification'];

export const STATUS: Record<Status, { label: string; tone: Tone }> = {
  queued: { label: 'Queued', tone: 'wait' },
  in_review: { label: 'In review', tone: 'info' },
  approved: { label: 'Approved', tone: 'ok' },
  rejected: { label: 'Rejected', tone: 'bad' },
  abandoned: { label: 'Abandoned', tone: 'idle' },
  superseded: { label: 'Superseded', tone: 'idle' },
};

export const CLASSIFICATION: Record<Classification, { label: string; tone: Tone; meaning: string }> = {
  ambiguous: {
    label: 'Ambiguous',
    tone: 'wait',
    meaning: 'The first schema of this table, or columns that nothing binds yet: a person decides them.',
  },
  compatible_mapped: {
    label: 'Mapped',
    tone: 'ok',
    meaning: 'This schema was approved before.',
  },
  compatible_additive: {
    label: 'Additive',
    tone: 'info',
    meaning: 'Only new nullable columns off the key; everything approved before still fits.',
  },
  breaking: {
    label: 'Breaking',
    tone: 'bad',
    meaning: 'A column was dropped or retyped, the key changed, or a NOT NULL column is new.',
  },
  unknown: {
    label: 'Unknown',
    tone: 'wait',
    meaning: 'The columns are not known for certain; compare them with the staged rows.',
  },
};

const from = (reason: SchemaChangeReason) => reason.from ?? 'none';
const to = (reason: SchemaChangeReason) => reason.to ?? 'none';

/** One reason as a sentence without its full stop. */
export function reasonSentence(reason: SchemaChangeReason): string {
  const name = reason.column;
  switch (reason.change) {
    case 'first_schema':
      return 'First schema of this table';
    case 'added':
      return `${name} is new`;
    case 'added_not_null':
      return `${name} is new and NOT NULL`;
    case 'removed':
      return `${name} is gone`;
    case 'type_changed':
      return `${name} changed type from ${from(reason)} to ${to(reason)}`;
    case 'key_changed':
      return `The place of ${name} in the key changed from ${from(reason)} to ${to(reason)}`;
    case 'nullability_changed':
      return `${name} changed from ${from(reason)} to ${to(reason)}`;
    case 'unverified':
      return 'The hash does not follow from the columns that the device named';
    case 'columns_unknown':
      return 'Only the hash is known; the columns were read off the staged rows';
  }
}

const VERB: Partial<Record<SchemaChangeReason['change'], string>> = {
  added: 'added',
  added_not_null: 'added NOT NULL',
  removed: 'removed',
  type_changed: 'retyped',
  key_changed: 'key changed',
  nullability_changed: 'nullability',
};

/** What changed, short enough for a list: `2 added, 1 retyped`. */
export function changeSummary(reasons: readonly SchemaChangeReason[]): string {
  if (reasons.some((r) => r.change === 'first_schema')) return 'First schema';
  const counts = new Map<string, number>();
  for (const { change } of reasons) {
    const verb = VERB[change];
    if (verb !== undefined) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  }
  if (counts.size > 0) return [...counts].map(([verb, n]) => `${n} ${verb}`).join(', ');
  return reasons.some((r) => r.change === 'columns_unknown') ? 'Columns unknown' : 'Unverified hash';
}

/** The words on the button that approves: what it sets in motion, and for how many devices where it is shared. */
export function approveLabel(stagedRows: number, devices: number | null = null): string {
  const whose = devices === null ? 'Approve' : `Approve for ${formatCounted(devices, 'device')}`;
  return stagedRows === 0 ? whose : `${whose} and replay ${formatCounted(stagedRows, 'row')}`;
}

/** True while a decision can still be made. */
export const isOpen = (status: Status): boolean => status === 'queued' || status === 'in_review';
