// One row batch, in one transaction, under its lineage's lock: recognise the schema, write or stage every
// row, move the counters and the watermark. The caller acknowledges after the commit (invariant 1). The same
// batch again changes nothing: staging has the row's identity as its key, the mirror its version guard.
import type { RowBatch, RowChange } from '@/server/protocol/row-batch';
import { inTransaction, type Ctx } from '../context/context';
import { resolveVersion } from '../governance/resolve-version';
import { refreshReviewHold } from '../governance/review-hold';
import { routeOf } from '../governance/pause';
import { pauseCausesOf, type LineageRow } from '../lineages/lineage-row';
import { epochOrdinal, openLineage, type DeviceOfBatch } from '../lineages/open-lineage';
import { loadTarget } from '../mirror/load-target';
import type { RowWrite } from '../mirror/prepare-writes';
import { IsolationNeeded, materializeRows } from '../materialize/materialize-rows';
import { countFailure } from '../materialize/count-failure';
import { stageRows } from '../staging/stage-rows';
import { checkBackpressure } from '../staging/backpressure';

export interface RowBatchOutcome {
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
}

/** Ingests a valid batch of a registered device. Throws only what is worth another try. */
export async function ingestRowBatch(
  ctx: Ctx,
  device: DeviceOfBatch,
  batch: RowBatch,
): Promise<RowBatchOutcome> {
  const run = (isolate: boolean) =>
    inTransaction(ctx, (inner) => ingest({ ctx: inner, device, batch, isolate }));
  try {
    return await run(false);
  } catch (error) {
    if (error instanceof IsolationNeeded) return run(true);
    throw error;
  }
}

async function ingest(work: Work): Promise<RowBatchOutcome> {
  const { ctx, device, batch } = work;
  const lineage = await openLineage(ctx, device, batch.sourceTable, batch.schemaHash);
  const now = ctx.clock.now();
  const ordinal = await epochOrdinal(ctx.db, lineage.id, batch.journalEpoch, batch.previousJournalEpoch, now);
  const seen = { columns: batch.schemaColumns, verified: batch.schemaVerified };
  const version = await resolveVersion(ctx, lineage, batch.schemaHash, seen);
  const causesBefore = await pauseCausesOf(ctx.db, lineage.id);
  await noteBatch(ctx, lineage, batch, ordinal);
  const holdMayChange =
    version.isNew || (version.status === 'approved') === causesBefore.includes('schema_review');
  if (holdMayChange) await refreshReviewHold(ctx, lineage);
  const causes = holdMayChange ? await pauseCausesOf(ctx.db, lineage.id) : causesBefore;
  const route = routeOf(causes, version.status);
  const result =
    route === 'mirror'
      ? await mirrorRows(work, lineage, ordinal)
      : await stageAll(work, lineage, ordinal, route);
  await countBatch(ctx, lineage, batch, result);
  if (result.staged > 0) await checkBackpressure(ctx, lineage);
  return {
    lineageId: lineage.id,
    projectId: lineage.projectId,
    rows: batch.rows.length,
    duplicates: result.duplicates,
    staged: result.staged,
    watermark: watermarkAfter(lineage, ordinal, batch.lastCommitSeq),
  };
}

/** The watermark rises by version: a new epoch starts it again, a late batch does not lower it. */
function watermarkAfter(lineage: LineageRow, ordinal: bigint, lastSeq: bigint): bigint {
  const { watermarkOrdinal: epoch, watermarkSeq: seq } = lineage;
  if (epoch === null || seq === null || epoch < ordinal) return lastSeq;
  return epoch > ordinal || seq > lastSeq ? seq : lastSeq;
}

async function noteBatch(ctx: Ctx, lineage: LineageRow, batch: RowBatch, ordinal: bigint): Promise<void> {
  await ctx.db.sql`
    update tidegate.lineage set
      current_schema_hash = ${batch.schemaHash}, last_batch_at = ${ctx.clock.now().toISOString()},
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

interface Landed {
  staged: number;
  duplicates: number;
}

async function mirrorRows(work: Work, lineage: LineageRow, ordinal: bigint): Promise<Landed> {
  const { ctx, batch } = work;
  const target = await loadTarget(ctx.db, lineage.id, batch.schemaHash);
  // Every column is ignored by decision: the rows are counted, and by that decision not kept.
  if (target === null) return { staged: 0, duplicates: 0 };
  const receivedAt = ctx.clock.now().toISOString();
  const changeOf = new Map<RowWrite, RowChange>();
  for (const r of batch.rows) {
    const received = { ...r, journalEpoch: batch.journalEpoch, receivedAt };
    changeOf.set({ op: r.op, pk: r.pk, row: r.row, epoch: ordinal, seq: r.commitSeq, received }, r);
  }
  const { failures, duplicates } = await materializeRows(ctx.db, target, [...changeOf.keys()], {
    at: ctx.clock.now(),
    isolate: work.isolate,
    countDuplicates: mayRepeat(lineage, ordinal, batch),
  });
  const staged = await stageRows(ctx.db, {
    ...stageHeader(work, lineage, ordinal),
    reason: 'materialization_failed',
    rows: failures.flatMap(({ write, error, column, kind }) => {
      const change = changeOf.get(write);
      return change === undefined ? [] : [{ ...change, error, errorColumn: column, errorKind: kind }];
    }),
  });
  await countFailure(ctx, lineage, failures[0]?.error ?? null);
  return { staged: staged.rows, duplicates: duplicates + failures.length - staged.rows };
}

/** Above the watermark of the newest epoch nothing can have been seen before. */
const mayRepeat = (lineage: LineageRow, ordinal: bigint, batch: RowBatch): boolean =>
  lineage.watermarkOrdinal !== null &&
  lineage.watermarkSeq !== null &&
  (ordinal < lineage.watermarkOrdinal ||
    (ordinal === lineage.watermarkOrdinal && batch.firstCommitSeq <= lineage.watermarkSeq));

async function stageAll(
  work: Work,
  lineage: LineageRow,
  ordinal: bigint,
  reason: 'schema_review' | 'lineage_paused',
): Promise<Landed> {
  const { ctx, batch } = work;
  const staged = await stageRows(ctx.db, {
    ...stageHeader(work, lineage, ordinal),
    reason,
    rows: batch.rows.map((r) => ({ ...r, error: null })),
  });
  return { staged: staged.rows, duplicates: batch.rows.length - staged.rows };
}

const stageHeader = ({ ctx, batch }: Work, lineage: LineageRow, ordinal: bigint) => ({
  lineageId: lineage.id,
  schemaHash: batch.schemaHash,
  journalEpoch: batch.journalEpoch,
  epochOrdinal: ordinal,
  receivedAt: ctx.clock.now(),
});

async function countBatch(ctx: Ctx, lineage: LineageRow, batch: RowBatch, landed: Landed): Promise<void> {
  const accepted = batch.rows.length - landed.duplicates;
  const outcome = landed.staged === 0 ? 'mirrored' : landed.staged === batch.rows.length ? 'staged' : 'mixed';
  await ctx.db.sql`
    update tidegate.lineage set accepted_rows = accepted_rows + ${accepted},
      duplicate_rows = duplicate_rows + ${landed.duplicates}
    where id = ${lineage.id}`;
  await ctx.db.sql`
    insert into tidegate.batch_ledger
      (batch_id, kind, device_id, lineage_id, schema_hash, journal_epoch, first_seq, last_seq, rows, duplicates,
       bytes, outcome, received_at)
    values (${batch.batchId}, 'rows', ${lineage.deviceId}, ${lineage.id}, ${batch.schemaHash}, ${batch.journalEpoch},
      ${batch.firstCommitSeq.toString()}, ${batch.lastCommitSeq.toString()}, ${batch.rows.length},
      ${landed.duplicates}, ${batch.bytes}, ${outcome}, ${ctx.clock.now().toISOString()})`;
}
