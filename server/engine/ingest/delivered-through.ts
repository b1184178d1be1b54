// The device's own word: every change up to `delivered_through` has had its receipt. Such a change can come only
// as a repeat, and is taken for one. Tombstones up to it go at once, so without this the late copy of an insert,
// from the queue of a worker that was away, would bring a deleted row back.
import type { RowBatch, RowChange } from '@/server/protocol/row-batch';
import type { LineageRow } from '../lineages/lineage-row';

export type Delivered = Pick<LineageRow, 'deliveredOrdinal' | 'deliveredSeq'>;

/** The rows that may be new on a locked lineage. Versions of other journal epochs are never touched. */
export function withoutDelivered(
  { deliveredOrdinal, deliveredSeq }: Delivered,
  ordinal: bigint,
  rows: readonly RowChange[],
): readonly RowChange[] {
  if (deliveredSeq === null || deliveredOrdinal !== ordinal) return rows;
  return rows.filter(({ commitSeq }) => commitSeq > deliveredSeq);
}

/**
 * What the lineage then knows of it. A batch cannot have had its receipt before it was cut, whatever it says: its
 * own rows are never counted in. An older epoch's word is worth nothing once a newer one has spoken.
 */
export function deliveredAfter(
  { deliveredOrdinal: knownOrdinal, deliveredSeq: knownSeq }: Delivered,
  ordinal: bigint,
  { deliveredThrough, firstCommitSeq }: RowBatch,
): { ordinal: bigint; seq: bigint } | null {
  const known = knownOrdinal === null || knownSeq === null ? null : { ordinal: knownOrdinal, seq: knownSeq };
  if (deliveredThrough === null) return known;
  const said = deliveredThrough < firstCommitSeq ? deliveredThrough : firstCommitSeq - 1n;
  if (known === null || known.ordinal < ordinal) return { ordinal, seq: said };
  return known.ordinal === ordinal && known.seq < said ? { ordinal, seq: said } : known;
}
