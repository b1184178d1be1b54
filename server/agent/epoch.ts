/**
 * Journal epochs: which life of the journal a file's commit seqs belong to. A file that was replaced or restored
 * gives numbers again that the cloud has already seen; without a new epoch it would drop those changes as old.
 */
import { v7 } from 'uuid';
import { uuidV7Ms } from '@/server/lib/uuid';

/** What the source file says of its journal. */
export interface JournalIdentity {
  readonly epoch: string;
  readonly inode: string;
  /** Rewritten together with deliveries; a restored copy has an older one. */
  readonly lease: string;
  readonly highestSeq: bigint;
}

/** What the state file remembers of it; null fields in a new state file. */
export interface RememberedIdentity {
  readonly epoch: string | null;
  /** An epoch about to be written to the source when the agent was stopped. */
  readonly nextEpoch: string | null;
  readonly lease: string | null;
  readonly nextLease: string | null;
  /** The highest commit seq ever put into a batch of `epoch`. */
  readonly highestCut: bigint;
}

export type EpochDecision =
  | { readonly kind: 'continue'; readonly epoch: string }
  | {
      readonly kind: 'begin';
      readonly reason: 'first_run' | 'replaced' | 'restored' | 'rolled_back';
      readonly previous: string | null;
    };

/** Whether the file with `inode` continues the journal that the agent knows. */
export function decideEpoch(
  inode: string,
  journal: JournalIdentity | null,
  known: RememberedIdentity,
): EpochDecision {
  if (journal === null)
    return { kind: 'begin', reason: known.epoch === null ? 'first_run' : 'replaced', previous: known.epoch };
  const begin = (reason: 'replaced' | 'restored' | 'rolled_back'): EpochDecision => ({
    kind: 'begin',
    reason,
    previous: known.epoch ?? journal.epoch,
  });
  if (journal.inode !== inode) return begin('replaced');
  if (known.epoch === null || known.nextEpoch === journal.epoch)
    return { kind: 'continue', epoch: journal.epoch };
  if (known.epoch !== journal.epoch) return begin('replaced');
  if (journal.lease !== known.lease && journal.lease !== known.nextLease) return begin('restored');
  if (journal.highestSeq < known.highestCut) return begin('rolled_back');
  return { kind: 'continue', epoch: journal.epoch };
}

/** A new epoch, later than every one of `before`, also when the clock was set back. */
export function nextEpoch(now: Date, before: readonly (string | null)[]): string {
  const floor = Math.max(0, ...before.map((epoch) => (epoch === null ? 0 : uuidV7Ms(epoch) + 1)));
  return v7({ msecs: Math.max(now.getTime(), floor) });
}
