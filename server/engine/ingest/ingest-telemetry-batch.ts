// One telemetry batch, in one transaction, under its lineage's lock. Dedup is per batch: the ledger knows a
// repeat by (device, batch id), and batch_seq rises strictly, so a repeat that the ledger has forgotten is
// refused and changes nothing either. What makes the result independent of the order of arrival, of staging
// and of replay: every sample has the version (0, batch_seq) and the key row_id, else ts; mirror and data
// points keep the highest version per key, and of two samples of one batch with one key the later one counts
// before anything is staged or written.
import type { TelemetryBatch, TelemetryRow } from '@/server/protocol/telemetry-batch';
import { inTransaction, type Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { openLineage, type DeviceOfBatch } from '../lineages/open-lineage';
import { sampleKey, sampleWrite } from '../materialize/landing';
import { IsolationNeeded } from '../materialize/materialize-rows';
import { BatchRefused, requireCapture } from './capture-conflict';
import type { BatchOutcome } from './ingest-row-batch';
import { routeRows, type IncomingRow, type Landed } from './route-rows';

/** Ingests a valid batch of a registered device. Throws BatchRefused, else only what is worth another try. */
export async function ingestTelemetryBatch(
  ctx: Ctx,
  device: DeviceOfBatch,
  batch: TelemetryBatch,
): Promise<BatchOutcome> {
  const run = (isolate: boolean) => inTransaction(ctx, (inner) => ingest(inner, device, batch, isolate));
  try {
    return await run(false);
  } catch (error) {
    if (error instanceof IsolationNeeded) return run(true);
    throw error;
  }
}

async function ingest(
  ctx: Ctx,
  device: DeviceOfBatch,
  batch: TelemetryBatch,
  isolate: boolean,
): Promise<BatchOutcome> {
  const lineage = await openLineage(ctx, device, { ...batch, capture: 'telemetry' });
  requireCapture(lineage.capture, 'telemetry', batch);
  if (await isRepeat(ctx, device, batch)) return repeated(lineage, batch);
  await requireRisingSeq(ctx, lineage, batch);
  const rows = incomingRows(batch);
  const landed = await routeRows(ctx, {
    lineage,
    schemaHash: batch.schemaHash,
    seen: { columns: batch.schemaColumns, verified: batch.schemaVerified },
    journalEpoch: null,
    epochOrdinal: 0n,
    receivedAt: ctx.clock.now(),
    rows,
    isolate,
    countDuplicates: false,
    note: () => noteBatch(ctx, lineage, batch),
  });
  const duplicates = landed.duplicates + batch.rows.length - rows.length;
  await countBatch(ctx, lineage, batch, { ...landed, duplicates });
  return {
    lineageId: lineage.id,
    projectId: lineage.projectId,
    rows: batch.rows.length,
    duplicates,
    staged: landed.staged,
    watermark: batch.batchSeq,
  };
}

async function isRepeat(ctx: Ctx, device: DeviceOfBatch, batch: TelemetryBatch): Promise<boolean> {
  const [known] = await ctx.db.sql`
    select from tidegate.batch_ledger
    where device_id = ${device.id} and batch_id = ${batch.batchId} and kind = 'telemetry' limit 1`;
  return known !== undefined;
}

const repeated = (lineage: LineageRow, batch: TelemetryBatch): BatchOutcome => ({
  lineageId: lineage.id,
  projectId: lineage.projectId,
  rows: batch.rows.length,
  duplicates: batch.rows.length,
  staged: 0,
  watermark: lineage.watermarkBatchSeq ?? batch.batchSeq,
});

async function requireRisingSeq(ctx: Ctx, lineage: LineageRow, batch: TelemetryBatch): Promise<void> {
  const { watermarkBatchSeq: highest } = lineage;
  if (highest === null || batch.batchSeq > highest) return;
  const { batchId, sourceTable } = batch;
  const isOther = batch.batchSeq === highest && (await isInLedger(ctx, lineage, highest));
  throw new BatchRefused({
    code: isOther ? 'duplicate_batch_seq' : 'stale_batch_seq',
    detail: isOther
      ? `batch_seq is ${batch.batchSeq}, which another batch of this table has already had`
      : `batch_seq is ${batch.batchSeq}, and this table has already had ${highest}`,
    path: 'batch_seq',
    batchId,
    sourceTable,
  });
}

/** False once the ledger's retention has passed: whose the newest seq was, or that it was this batch's, is forgotten. */
async function isInLedger(ctx: Ctx, lineage: LineageRow, batchSeq: bigint): Promise<boolean> {
  const [newest] = await ctx.db.sql<{ seq: string }[]>`
    select last_seq as seq from tidegate.batch_ledger where lineage_id = ${lineage.id} order by id desc limit 1`;
  return newest?.seq === batchSeq.toString();
}

/** One row per sample: of two with the same key in one batch the later one. */
function incomingRows(batch: TelemetryBatch): IncomingRow[] {
  const rows = new Map<string, IncomingRow>();
  for (const row of batch.rows) {
    const incoming = incomingOf(row, batch.batchSeq);
    rows.set(incoming.staged.pkText, incoming);
  }
  return [...rows.values()];
}

function incomingOf(row: TelemetryRow, seq: bigint): IncomingRow {
  const { pk, text, hash } = sampleKey(row.rowId, row.tsNs);
  const { fields, ts } = row;
  return {
    write: {
      op: 'insert',
      pk,
      epoch: 0n,
      seq,
      ...sampleWrite({ fields, ts, rowId: row.rowId, key: hash }),
    },
    staged: {
      commitSeq: seq,
      op: 'insert',
      pkHash: hash,
      pkText: text,
      rowText: row.fieldsText,
      eventTs: ts,
    },
  };
}

async function noteBatch(ctx: Ctx, lineage: LineageRow, batch: TelemetryBatch): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await ctx.db.sql`
    update tidegate.lineage set current_schema_hash = ${batch.schemaHash}, last_batch_at = ${now}, updated_at = ${now},
      watermark_batch_seq = ${batch.batchSeq.toString()}
    where id = ${lineage.id}`;
}

async function countBatch(
  ctx: Ctx,
  lineage: LineageRow,
  batch: TelemetryBatch,
  landed: Landed,
): Promise<void> {
  const accepted = batch.rows.length - landed.duplicates;
  const writtenAt = landed.written > 0 ? ctx.clock.now().toISOString() : null;
  const seq = batch.batchSeq.toString();
  await ctx.db.sql`
    update tidegate.lineage set accepted_rows = accepted_rows + ${accepted},
      duplicate_rows = duplicate_rows + ${landed.duplicates},
      last_written_at = greatest(last_written_at, ${writtenAt}::timestamptz)
    where id = ${lineage.id}`;
  await ctx.db.sql`
    insert into tidegate.batch_ledger
      (batch_id, kind, device_id, lineage_id, schema_hash, first_seq, last_seq, rows, duplicates, bytes, outcome, received_at)
    values (${batch.batchId}, 'telemetry', ${lineage.deviceId}, ${lineage.id}, ${batch.schemaHash}, ${seq}, ${seq},
      ${batch.rows.length}, ${landed.duplicates}, ${batch.bytes}, ${landed.outcome},
      ${ctx.clock.now().toISOString()})`;
}
