// One row batch, in one transaction, under its lineage's lock: recognise the schema, write or stage every
// row, move the counters and the watermark. The caller acknowledges after the commit (invariant 1). The same
// batch again changes nothing: staging has the row's identity as its key, the mirror its version guard.
import { rfc3339 } from '@/server/db/time';
import type { RowBatch, RowChange } from '@/server/protocol/row-batch';
import { inTransaction, type Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { epochOrdinal, openLineage, type DeviceOfBatch } from '../lineages/open-lineage';
import { nsOf } from '../materialize/landing';
import { IsolationNeeded } from '../materialize/materialize-rows';
import { requireCapture } from './capture-conflict';
import { deliveredAfter, withoutDelivered } from './delivered-through';
import { routeRows, type IncomingRow, type Landed } from './route-rows';

export interface BatchOutcome {
  lineageId: string;
  projectId: string;
  rows: number;
  duplicates: number;
  staged: number;
  watermark: bigint;
}

interface Work {
  ctx: Ctx;
  device: DeviceOfBatch;
  batch: RowBatch;
  isolate: boolean;
  isRetry: boolean;
}

/**
 * Ingests a valid batch of a registered device. `isRetry`: from a kept rejected batch, whose rows no receipt has
 * stood for. Throws BatchRefused, else only what is worth another try.
 */
export async function ingestRowBatch(
  ctx: Ctx,
  device: DeviceOfBatch,
  batch: RowBatch,
  isRetry = false,
): Promise<BatchOutcome> {
  const run = (isolate: boolean) =>
    inTransaction(ctx, (inner) => ingest({ ctx: inner, device, batch, isolate, isRetry }));
  try {
    return await run(false);
  } catch (error) {
    if (error instanceof IsolationNeeded) return run(true);
    throw error;
  }
}

async function ingest(work: Work): Promise<BatchOutcome> {
  const { ctx, device, batch, isolate, isRetry } = work;
  const lineage = await openLineage(ctx, device, { ...batch, capture: 'rows' });
  requireCapture(lineage.capture, 'rows', batch);
  const now = ctx.clock.now();
  const ordinal = await epochOrdinal(ctx.db, lineage.id, batch.journalEpoch, batch.previousJournalEpoch, now);
  const countDuplicates = mayRepeat(lineage, ordinal, batch);
  const receivedAt = countDuplicates ? await firstReceivedAt(ctx, device, batch, now) : now;
  const rows = isRetry ? batch.rows : withoutDelivered(lineage, ordinal, batch.rows);
  const routed = await routeRows(ctx, {
    lineage,
    schemaHash: batch.schemaHash,
    seen: { columns: batch.schemaColumns, verified: batch.schemaVerified },
    journalEpoch: batch.journalEpoch,
    epochOrdinal: ordinal,
    receivedAt,
    rows: rows.map((change) => incomingOf(change, ordinal, receivedAt)),
    isolate,
    countDuplicates,
    note: () => noteBatch(ctx, lineage, batch, ordinal),
  });
  const landed = { ...routed, duplicates: routed.duplicates + batch.rows.length - rows.length };
  await countBatch(ctx, lineage, batch, landed, receivedAt);
  return {
    lineageId: lineage.id,
    projectId: lineage.projectId,
    rows: batch.rows.length,
    duplicates: landed.duplicates,
    staged: landed.staged,
    watermark: watermarkAfter(lineage, ordinal, batch.lastCommitSeq),
  };
}

const incomingOf = (change: RowChange, epoch: bigint, receivedAt: Date): IncomingRow => ({
  write: {
    op: change.op,
    pk: change.pk,
    row: change.row,
    epoch,
    seq: change.commitSeq,
    sample: { timeNs: nsOf(receivedAt), key: change.pkHash, isEvent: false },
  },
  staged: {
    commitSeq: change.commitSeq,
    op: change.op,
    pkHash: change.pkHash,
    pkText: change.pkText,
    rowText: change.rowText,
    eventTs: null,
  },
});

/**
 * When a batch that may be a repeat came for the first time. Mapped values without a time of their own are
 * dated by it: with the time of the repeat, each delivery would add a sample.
 */
async function firstReceivedAt(ctx: Ctx, device: DeviceOfBatch, batch: RowBatch, now: Date): Promise<Date> {
  const [first] = await ctx.db.sql<{ at: string }[]>`
    select received_at as at from tidegate.batch_ledger
    where device_id = ${device.id} and batch_id = ${batch.batchId} order by id limit 1`;
  return first === undefined ? now : new Date(rfc3339(first.at));
}

/** The watermark rises by version: a new epoch starts it again, a late batch does not lower it. */
function watermarkAfter(lineage: LineageRow, ordinal: bigint, lastSeq: bigint): bigint {
  const { watermarkOrdinal: epoch, watermarkSeq: seq } = lineage;
  if (epoch === null || seq === null || epoch < ordinal) return lastSeq;
  return epoch > ordinal || seq > lastSeq ? seq : lastSeq;
}

/**
 * Moves what is newest of a lineage. Only a batch at or above the watermark says which schema the device has now:
 * an old one that comes again must not end the hold of a newer schema that was rejected.
 */
async function noteBatch(ctx: Ctx, lineage: LineageRow, batch: RowBatch, ordinal: bigint): Promise<void> {
  const delivered = deliveredAfter(lineage, ordinal, batch);
  await ctx.db.sql`
    update tidegate.lineage set
      delivered_ordinal = ${delivered?.ordinal.toString() ?? null}, delivered_seq = ${delivered?.seq.toString() ?? null},
      current_schema_hash = case when (coalesce(watermark_ordinal, 0), coalesce(watermark_seq, 0)) <=
        (${ordinal.toString()}::bigint, ${batch.lastCommitSeq.toString()}::bigint)
        then ${batch.schemaHash} else current_schema_hash end,
      last_batch_at = ${ctx.clock.now().toISOString()},
      updated_at = ${ctx.clock.now().toISOString()},
      watermark_epoch = case when (coalesce(watermark_ordinal, 0), coalesce(watermark_seq, 0)) <
        (${ordinal.toString()}::bigint, ${batch.lastCommitSeq.toString()}::bigint)
        then ${batch.journalEpoch}::uuid else watermark_epoch end,
      watermark_seq = case when (coalesce(watermark_ordinal, 0), coalesce(watermark_seq, 0)) <
        (${ordinal.toString()}::bigint, ${batch.lastCommitSeq.toString()}::bigint)
        then ${batch.lastCommitSeq.toString()}::bigint else watermark_seq end,
      watermark_ordinal = greatest(coalesce(watermark_ordinal, 0), ${ordinal.toString()}::bigint)
    where id = ${lineage.id}`;
}

/** Above the watermark of the newest epoch nothing can have been seen before. */
const mayRepeat = (lineage: LineageRow, ordinal: bigint, batch: RowBatch): boolean =>
  lineage.watermarkOrdinal !== null &&
  lineage.watermarkSeq !== null &&
  (ordinal < lineage.watermarkOrdinal ||
    (ordinal === lineage.watermarkOrdinal && batch.firstCommitSeq <= lineage.watermarkSeq));

async function countBatch(
  ctx: Ctx,
  lineage: LineageRow,
  batch: RowBatch,
  landed: Landed,
  receivedAt: Date,
): Promise<void> {
  const accepted = batch.rows.length - landed.duplicates;
  const writtenAt = landed.written > 0 ? ctx.clock.now().toISOString() : null;
  await ctx.db.sql`
    update tidegate.lineage set accepted_rows = accepted_rows + ${accepted},
      duplicate_rows = duplicate_rows + ${landed.duplicates},
      last_written_at = greatest(last_written_at, ${writtenAt}::timestamptz)
    where id = ${lineage.id}`;
  await ctx.db.sql`
    insert into tidegate.batch_ledger
      (batch_id, kind, device_id, lineage_id, schema_hash, journal_epoch, first_seq, last_seq, rows, duplicates,
       bytes, outcome, received_at)
    values (${batch.batchId}, 'rows', ${lineage.deviceId}, ${lineage.id}, ${batch.schemaHash}, ${batch.journalEpoch},
      ${batch.firstCommitSeq.toString()}, ${batch.lastCommitSeq.toString()}, ${batch.rows.length},
      ${landed.duplicates}, ${batch.bytes}, ${landed.outcome}, ${receivedAt.toISOString()})`;
}
