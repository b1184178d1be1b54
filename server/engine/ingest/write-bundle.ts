// Writes or stages the rows of a held bundle, and settles the whole of it: watermark, counters, ledger. Only what
// every batch of it does alike is done here; a batch with a row that cannot be written, and whatever follows it,
// is left for the way of one batch, which counts failures batch by batch.
import { settleAll } from '@/server/lib/settle-all';
import type { Db } from '@/server/db/client';
import type { Ctx } from '../context/context';
import { plainColumns } from '../mirror/plain-columns';
import { prepareWrites, type MirrorTarget, type Preparation, type RowWrite } from '../mirror/prepare-writes';
import { applyInserts, applyUpserts, applyWrites } from '../mirror/write-rows';
import { effectivePolicy } from '../policy/effective-policy';
import { checkBackpressure, mayChangeBackpressure, type Backlog } from '../staging/backpressure';
import { newRowsOf } from '../staging/new-rows';
import { stageNewRows } from '../staging/stage-new-rows';
import type { Member } from './batch-bundle';
import { deliveredAfter, type Delivered } from './delivered-through';
import type { HeldBundle } from './held-bundles';

/** What became of a bundle: the batches that are done, and how many of each one's rows are staged. */
export interface Written {
  members: readonly Member[];
  isStaged: boolean;
}

const NOTHING: Written = { members: [], isStaged: false };

/** Whether a lineage's rows are believed to be new where its device says so; told of each mirror that is tried so. */
export type MayInsert = (lineageId: string, tableName: string) => boolean;

/**
 * Carries out one held bundle. Throws what Postgres throws: the transaction is then spoilt for all of them. 23505 may
 * come from an insert that `mayInsert` has allowed.
 */
export async function writeBundle(ctx: Ctx, held: HeldBundle, mayInsert: MayInsert): Promise<Written> {
  return held.route === 'mirror' ? mirrorBundle(ctx, held, mayInsert) : stageBundle(ctx, held, held.route);
}

async function mirrorBundle(ctx: Ctx, held: HeldBundle, mayInsert: MayInsert): Promise<Written> {
  const { landing } = held;
  // Data points and deferred columns keep more than the mirror's row: the way of one batch writes them.
  if (landing === null || landing.mirror === null || landing.points !== null) return NOTHING;
  const { mirror } = landing;
  if (mirror.defers || mirror.keepsRows) return NOTHING;
  const plain = plainWrite(ctx, mirror, held, mayInsert);
  if (plain !== null) {
    await settleAll([plain, settle(ctx, held, held.bundle.members, { rows: 0, bytes: 0 })]);
    return { members: held.bundle.members, isStaged: false };
  }
  const { members, prepared } = writable(mirror, held);
  if (members.length === 0) return NOTHING;
  await settleAll([
    applyWrites(ctx.db, mirror, prepared, ctx.clock.now(), { checkTombstones: mirror.hadTombstones }),
    settle(ctx, held, members, { rows: 0, bytes: 0 }),
  ]);
  return { members, isStaged: false };
}

/** Sends the rows on as text where all of them are plain and fit; null where they have to be looked at. */
function plainWrite(
  ctx: Ctx,
  mirror: MirrorTarget,
  { lineage, bundle, ordinal }: HeldBundle,
  mayInsert: MayInsert,
): Promise<void> | null {
  const batches = bundle.members.flatMap(({ batch }) => batch.plain ?? []);
  const writes = batches.length === bundle.members.length ? plainColumns(mirror, batches, ordinal) : null;
  if (writes === null) return null;
  const time = ctx.clock.now().toISOString();
  const isNew = writes.areInserts && !mirror.hadTombstones && mayInsert(lineage.id, mirror.tableName);
  return isNew
    ? applyInserts(ctx.db, mirror, writes.arrays, time)
    : applyUpserts(ctx.db, mirror, writes.arrays, { time });
}

/** The batches before the first one with a row that cannot be written, and their writes. */
function writable(
  mirror: MirrorTarget,
  { bundle, ordinal }: HeldBundle,
): { members: readonly Member[]; prepared: Preparation } {
  const memberOf = new Map<RowWrite, number>();
  for (const [i, { batch }] of bundle.members.entries()) {
    for (const { op, pk, row, commitSeq } of batch.rows)
      memberOf.set({ op, pk, row, epoch: ordinal, seq: commitSeq }, i);
  }
  const prepared = prepareWrites(mirror, [...memberOf.keys()]);
  if (prepared.failures.length === 0) return { members: bundle.members, prepared };
  const until = Math.min(...prepared.failures.map(({ write }) => memberOf.get(write) ?? 0));
  const before = [...memberOf].flatMap(([write, i]) => (i < until ? [write] : []));
  return { members: bundle.members.slice(0, until), prepared: prepareWrites(mirror, before) };
}

async function stageBundle(
  ctx: Ctx,
  held: HeldBundle,
  reason: Exclude<HeldBundle['route'], 'mirror'>,
): Promise<Written> {
  const { lineage, bundle, ordinal } = held;
  const { members, schemaHash, journalEpoch } = bundle;
  const rows = newRowsOf(members.map(({ batch }) => batch));
  const header = { lineageId: lineage.id, schemaHash, journalEpoch, epochOrdinal: ordinal, reason };
  const staged = { rows: rows.seqs.length, bytes: rows.bytes };
  const [, backlog, , { fields }] = await settleAll([
    stageNewRows(ctx.db, { ...header, receivedAt: ctx.clock.now(), rows }),
    settle(ctx, held, members, staged),
    countStaged(ctx.db, held, staged),
    effectivePolicy(ctx.db, lineage),
  ]);
  if (mayChangeBackpressure(backlog, fields, held.causes)) await checkBackpressure(ctx, lineage);
  return { members, isStaged: true };
}

interface Staged {
  rows: number;
  bytes: number;
}

const countStaged = ({ sql }: Db, { lineage, bundle }: HeldBundle, { rows, bytes }: Staged) => sql`
  update tidegate.schema_version set staged_rows = staged_rows + ${rows}, staged_bytes = staged_bytes + ${bytes}
  where lineage_id = ${lineage.id} and schema_hash = ${bundle.schemaHash}`;

/** Above the watermark nothing has had its receipt, so no row is left out; what the batches say of earlier rows is kept. */
const deliveredBy = ({ lineage, ordinal }: HeldBundle, members: readonly Member[]): Delivered =>
  members.reduce<Delivered>((known, { batch }) => {
    const delivered = deliveredAfter(known, ordinal, batch);
    return { deliveredOrdinal: delivered?.ordinal ?? null, deliveredSeq: delivered?.seq ?? null };
  }, lineage);

/**
 * Watermark, counters and ledger; answers the backlog that is now. A clean write ends a row of failures; rows that are
 * staged say nothing of them.
 */
async function settle(
  { db, clock }: Ctx,
  held: HeldBundle,
  members: readonly Member[],
  staged: Staged,
): Promise<Backlog> {
  const { lineage, bundle, ordinal } = held;
  const now = clock.now().toISOString();
  const rows = members.reduce((sum, { batch }) => sum + batch.rowCount, 0);
  const last = members.at(-1)?.batch.lastCommitSeq ?? 0n;
  const isStaged = staged.rows > 0;
  const delivered = deliveredBy(held, members);
  const entries = members.map(({ batch: b }) => ({
    b: b.batchId,
    f: b.firstCommitSeq.toString(),
    l: b.lastCommitSeq.toString(),
    n: b.rowCount,
    y: b.bytes,
  }));
  const [backlog] = await db.sql<{ rows: string; bytes: string }[]>`
    with ledger as (
      insert into tidegate.batch_ledger
        (batch_id, kind, device_id, lineage_id, schema_hash, journal_epoch, first_seq, last_seq, rows, duplicates,
         bytes, outcome, received_at)
      select b, 'rows', ${lineage.deviceId}::uuid, ${lineage.id}::uuid, ${bundle.schemaHash},
        ${bundle.journalEpoch}::uuid, f, l, n, 0, y, ${isStaged ? 'staged' : 'mirrored'}, ${now}::timestamptz
      from json_to_recordset(${JSON.stringify(entries)}::text::json) as r(b uuid, f bigint, l bigint, n int, y int)
      order by f
    )
    update tidegate.lineage set
      delivered_ordinal = ${delivered.deliveredOrdinal?.toString() ?? null},
      delivered_seq = ${delivered.deliveredSeq?.toString() ?? null},
      current_schema_hash = ${bundle.schemaHash}, last_batch_at = ${now}, updated_at = ${now},
      last_staged_at = greatest(last_staged_at, ${isStaged ? now : null}::timestamptz),
      last_written_at = greatest(last_written_at, ${isStaged ? null : now}::timestamptz),
      watermark_epoch = ${bundle.journalEpoch}, watermark_ordinal = ${ordinal.toString()},
      watermark_seq = ${last.toString()}, accepted_rows = accepted_rows + ${rows},
      staged_rows = staged_rows + ${staged.rows}, staged_bytes = staged_bytes + ${staged.bytes},
      failure_count = case when ${isStaged} then failure_count else 0 end
    where id = ${lineage.id}
    returning staged_rows as rows, staged_bytes as bytes`;
  return { stagedRows: Number(backlog?.rows), stagedBytes: Number(backlog?.bytes) };
}
