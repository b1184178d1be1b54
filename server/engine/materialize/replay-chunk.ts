// Drains staged rows in version order, one chunk per transaction: a row leaves staging only in the
// transaction that writes it to the mirror (invariant 5), so a worker may die at any point. Live batches take
// the same lineage lock between two chunks, and the version guard makes their order irrelevant.
import { eq } from 'drizzle-orm';
import { replayIntent, type StagingReason } from '@/server/db/schema/rows';
import type { Db } from '@/server/db/client';
import { groupBy } from '@/server/lib/group-by';
import { inTransaction, type Ctx } from '../context/context';
import { pauseCausesOf, type LineageRow } from '../lineages/lineage-row';
import { replayMayRun } from '../lineages/pause-causes';
import type { RowWrite, WriteFailure } from '../mirror/prepare-writes';
import { addToTally } from '../staging/stage-rows';
import { checkBackpressure } from '../staging/backpressure';
import { replayStranded } from '../staging/replay-intent';
import { countFailure } from './count-failure';
import { landRows } from './land-rows';
import { lockIntent } from './lock-intent';
import { noteReplay } from './note-replay';
import { loadLanding, writeOfStaged, type StagedToWrite } from './landing';
import { failureTitle } from '@/server/contract/failure-kinds';
import { IsolationNeeded } from './materialize-rows';

const CHUNK_ROWS = 1000;
const HELD_RECHECK_MS = 60_000;

/** What a chunk found: more may follow, nothing is left, a pause holds it, or another worker finished it. */
export type ChunkOutcome = 'more' | 'done' | 'held' | 'gone';

type Intent = typeof replayIntent.$inferSelect;

interface StagedForReplay extends StagedToWrite {
  schema_hash: string;
  staging_reason: StagingReason;
  null_columns: string[] | null;
  bytes: number;
}

/** Runs the next chunk of an intent. Throws what is transient; the loop then tries again later. */
export async function runReplayChunk(
  ctx: Ctx,
  intentId: string,
  rowsMax: number = CHUNK_ROWS,
): Promise<ChunkOutcome> {
  const run = (isolate: boolean) =>
    inTransaction(ctx, (inner) => chunk(inner, intentId, { isolate, rowsMax }));
  try {
    return await run(false);
  } catch (error) {
    if (error instanceof IsolationNeeded) return run(true);
    throw error;
  }
}

/** The last failure by column and kind, without its value: a replay is shown to people who may not read rows. */
function lastTitle(failures: ReadonlyMap<unknown, Parameters<typeof failureTitle>[0]>): string | null {
  const last = [...failures.values()].at(-1);
  return last === undefined ? null : failureTitle(last);
}

interface ChunkOptions {
  isolate: boolean;
  rowsMax: number;
}

async function chunk(ctx: Ctx, intentId: string, { isolate, rowsMax }: ChunkOptions): Promise<ChunkOutcome> {
  const found = await lockIntent(ctx, intentId);
  if (found === null) return 'gone';
  const { intent, locked } = found;
  const causes = await pauseCausesOf(ctx.db, locked.id);
  if (!replayMayRun(causes)) {
    await setIntent(ctx, intent, {
      status: 'pending',
      notBefore: new Date(ctx.clock.now().getTime() + HELD_RECHECK_MS),
    });
    return 'held';
  }
  const rows = await nextRows(ctx.db, intent, rowsMax);
  const last = rows.at(-1);
  if (last === undefined) {
    await finish(ctx, intent, locked);
    return 'done';
  }
  if (intent.startedAt === null) await noteReplay(ctx, 'started', intent, locked);
  const failures = await landStaged(ctx, locked, rows, isolate);
  const failedNew = rows.filter((r) => failures.has(r) && r.staging_reason !== 'materialization_failed');
  const [firstNew] = failedNew;
  const triedNew = rows.some((r) => r.staging_reason !== 'materialization_failed');
  if (triedNew)
    await countFailure(ctx, locked, firstNew === undefined ? null : (failures.get(firstNew) ?? null));
  await setIntent(ctx, intent, {
    status: 'running',
    startedAt: intent.startedAt ?? ctx.clock.now(),
    doneRows: intent.doneRows + rows.length - failures.size,
    failedRows: intent.failedRows + failures.size,
    attempts: 0,
    lastError: lastTitle(failures) ?? intent.lastError,
    cursorOrdinal: BigInt(last.ordinal),
    cursorSeq: BigInt(last.seq),
    cursorPkHash: last.hash,
  });
  await checkBackpressure(ctx, locked);
  return 'more';
}

const setIntent = async (
  ctx: Ctx,
  intent: Intent,
  change: Partial<typeof replayIntent.$inferInsert>,
): Promise<void> => {
  await ctx.db.orm
    .update(replayIntent)
    .set({ ...change, updatedAt: ctx.clock.now() })
    .where(eq(replayIntent.id, intent.id));
};

/** The next rows in version order whose schema is approved. */
function nextRows(db: Db, intent: Intent, rowsMax: number): Promise<StagedForReplay[]> {
  const from = [intent.cursorOrdinal ?? -1n, intent.cursorSeq ?? -1n].map(String);
  const hash = intent.cursorPkHash ?? Buffer.alloc(0);
  return db.sql<StagedForReplay[]>`
    select s.epoch_ordinal as ordinal, s.commit_seq as seq, s.pk_hash as hash, s.schema_hash, s.op, s.pk, s."row",
      s.journal_epoch, s.event_ts, s.received_at, s.staging_reason, s.null_columns, s.bytes
    from tidegate.staged_row s
    where s.lineage_id = ${intent.lineageId}
      and (s.epoch_ordinal, s.commit_seq, s.pk_hash) > (${from[0] ?? ''}::bigint, ${from[1] ?? ''}::bigint, ${hash}::bytea)
      and s.schema_hash in (select v.schema_hash from tidegate.schema_version v
                            where v.lineage_id = ${intent.lineageId} and v.status = 'approved')
    order by s.epoch_ordinal, s.commit_seq, s.pk_hash
    limit ${rowsMax}`;
}

/** Writes the rows, each by the bindings of its own hash; what lands leaves staging, what fails keeps its new error. */
async function landStaged(
  ctx: Ctx,
  locked: LineageRow,
  rows: readonly StagedForReplay[],
  isolate: boolean,
): Promise<Map<StagedForReplay, WriteFailure>> {
  const failed = new Map<StagedForReplay, WriteFailure>();
  for (const [schemaHash, group] of groupBy(rows, (r) => r.schema_hash)) {
    const landing = await loadLanding(ctx.db, locked.id, schemaHash);
    // Every column ignored: the approval, which said so, is the decision that these rows are not kept.
    if (landing !== null) {
      const rowOf = new Map<RowWrite, StagedForReplay>();
      for (const r of group) rowOf.set({ ...writeOfStaged(r), nullColumns: r.null_columns ?? [] }, r);
      const options = { at: ctx.clock.now(), isolate, countDuplicates: false, rewriteEqual: true };
      const { failures } = await landRows(ctx.db, landing, [...rowOf.keys()], options);
      for (const failure of failures) {
        const row = rowOf.get(failure.write);
        if (row !== undefined) failed.set(row, failure);
      }
    }
    const at = landing === null ? {} : { writtenAt: ctx.clock.now() };
    await settle(ctx.db, { lineageId: locked.id, schemaHash, ...at }, group, failed);
  }
  return failed;
}

const keyOf = (r: StagedForReplay, failure?: WriteFailure) => ({
  o: r.ordinal,
  s: r.seq,
  h: `\\x${r.hash.toString('hex')}`,
  e: failure?.error,
  c: failure?.column,
  n: failure?.kind,
});

async function settle(
  db: Db,
  { lineageId, schemaHash, ...at }: { lineageId: string; schemaHash: string; writtenAt?: Date },
  group: readonly StagedForReplay[],
  failed: ReadonlyMap<StagedForReplay, WriteFailure>,
): Promise<void> {
  const landed = group.filter((r) => !failed.has(r));
  if (landed.length > 0) {
    await db.sql`
      delete from tidegate.staged_row s
      using json_to_recordset(${JSON.stringify(landed.map((r) => keyOf(r)))}::text::json) as k(o bigint, s bigint, h bytea)
      where s.lineage_id = ${lineageId} and s.epoch_ordinal = k.o and s.commit_seq = k.s and s.pk_hash = k.h`;
    const bytes = landed.reduce((sum, r) => sum + r.bytes, 0);
    await addToTally(db, lineageId, schemaHash, { rows: -landed.length, bytes: -bytes, ...at });
  }
  const kept = group.flatMap((r) => (failed.has(r) ? [keyOf(r, failed.get(r))] : []));
  if (kept.length > 0) {
    await db.sql`
      update tidegate.staged_row s set staging_reason = 'materialization_failed', error = k.e,
        error_column = k.c, error_kind = k.n
      from json_to_recordset(${JSON.stringify(kept)}::text::json) as k(o bigint, s bigint, h bytea, e text, c text, n text)
      where s.lineage_id = ${lineageId} and s.epoch_ordinal = k.o and s.commit_seq = k.s and s.pk_hash = k.h`;
  }
}

async function finish(ctx: Ctx, intent: Intent, locked: LineageRow): Promise<void> {
  const now = ctx.clock.now();
  await setIntent(ctx, intent, { status: 'completed', finishedAt: now, startedAt: intent.startedAt ?? now });
  await checkBackpressure(ctx, locked);
  await replayStranded(ctx, locked);
  await noteReplay(ctx, 'completed', intent, locked);
}
