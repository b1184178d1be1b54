// What a key's history cannot show, in words: an operator must not take a short history for a short life.
import type { KeyHistory } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import type { LineageScope } from '../lineages/require-lineage';

interface Known {
  lineage: LineageScope;
  hasMirror: boolean;
  /** False where the key cannot be a key of the mirror. */
  hasKey: boolean;
}

interface Found extends Pick<KeyHistory, 'staged' | 'written' | 'deleted' | 'batches'> {
  /** More changes wait than are listed. */
  isCut: boolean;
}

/** Sentences; none where everything is there. */
export async function notKept(sql: Sql, known: Known, found: Found): Promise<string[]> {
  const { staged, written, deleted, isCut } = found;
  return [
    ...(isCut ? ['More changes of this key wait than are listed here; the newest are.'] : []),
    ...mirrorNotes(known, found),
    ...(written === null
      ? []
      : ['Only the newest written version is kept: what it replaced was overwritten in the mirror.']),
    ...(deleted !== null && written === null
      ? ['What the row held before it was deleted is not kept, only that it was deleted and when.']
      : []),
    ...(staged.length === 0 && written === null && deleted === null
      ? []
      : await ledgerNotes(sql, known.lineage.id, found)),
  ];
}

function mirrorNotes({ hasMirror, hasKey }: Known, { staged, written, deleted }: Found): string[] {
  if (!hasMirror) return ['There is no mirror table yet: nothing of this key was written.'];
  if (!hasKey)
    return ['This key cannot be a key of the mirror: it has other columns, or a value does not fit.'];
  if (written !== null || deleted !== null) return [];
  return staged.length > 0
    ? ['Nothing of this key is in the mirror. A row that was deleted long ago leaves no tombstone.']
    : [
        'Nothing is kept of this key. It was never received, or deleted so long ago that its tombstone has gone, or its staged changes were discarded.',
      ];
}

async function ledgerNotes(sql: Sql, lineageId: string, { staged, written, deleted, batches }: Found) {
  const brought = new Set(batches.map((b) => `${b.brought.journal_epoch ?? ''}/${b.brought.commit_seq}`));
  const versions = [
    ...staged.map(({ journal_epoch, commit_seq }) => ({ journal_epoch, commit_seq })),
    ...[written, deleted].flatMap((kept) => (kept === null ? [] : [kept.version])),
  ];
  if (versions.every((v) => brought.has(`${v.journal_epoch ?? ''}/${v.commit_seq ?? ''}`))) return [];
  const [oldest] = await sql<{ received_at: string }[]>`
    select received_at from tidegate.batch_ledger where lineage_id = ${lineageId} order by id limit 1`;
  return [
    oldest === undefined
      ? 'The ledger has no batch of this lineage any more, so when a change was received is not known beyond what its row says.'
      : `The ledger of batches reaches back to ${rfc3339(oldest.received_at)}; the batch of a change before that is not known.`,
  ];
}
