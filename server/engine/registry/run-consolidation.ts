// One step of a consolidation, in one transaction: it may die anywhere and is taken up again where it was. A device
// goes over in two parts. First, at once: its tombstones, and the bindings, so that whatever it sends from then on
// lands in the shared mirror. Then its rows, chunk by chunk under the lineage's lock, by the version guard: what has
// arrived meanwhile is newer and stays. The old mirror is only read.
import { and, asc, desc, eq, inArray, lte, sql as raw } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { lineage } from '@/server/db/schema/governance';
import { consolidation, consolidationDevice, type MirrorMove } from '@/server/db/schema/registry';
import { backoffMs } from '@/server/lib/backoff';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent, type EventInput } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';
import { bindLineages } from './bind-lineages';
import { loadCandidates, loadMirrors, loadSharedSchemas } from './consolidation-candidates';
import { approvedHashes, planMove, type Candidate } from './consolidation-rules';
import { copyRows, copyTombstones, deleteOvertaken, type Copy } from './copy-rows';
import { readEntry } from './entry';
import { registerFromDevices } from './register-from-devices';

const CHUNK_ROWS = 1000;
const RETRY = { baseMs: 500, capMs: 60_000 };

type Job = typeof consolidation.$inferSelect;
type JobDevice = typeof consolidationDevice.$inferSelect;

/** What a step found: more may follow, nothing is left, or it was stopped, finished or is in another worker's hands. */
export type StepOutcome = 'more' | 'done' | 'gone';

const turnOf = (jobId: string): string => `consolidation ${jobId}`;

/**
 * Waits until no step of the job is under way, and lets none begin until the transaction ends. Those who wait are a line,
 * and a step that finds one does not begin: the lock of the job's row would go to the next step as easily.
 */
export async function waitTurn(db: Db, jobId: string): Promise<void> {
  await db.sql`select pg_advisory_xact_lock(hashtextextended(${turnOf(jobId)}, 0))`;
}

async function takesTurn(db: Db, jobId: string): Promise<boolean> {
  const [turn] = await db.sql<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${turnOf(jobId)}, 0)) as taken`;
  return turn?.taken === true;
}

/** The jobs that are due, the longest waiting first. */
export async function dueConsolidations(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.orm
    .select({ id: consolidation.id })
    .from(consolidation)
    .where(
      and(
        inArray(consolidation.status, ['pending', 'running']),
        lte(consolidation.notBefore, ctx.clock.now()),
      ),
    )
    .orderBy(asc(consolidation.updatedAt));
  return rows.map(({ id }) => id);
}

/** Puts a job off after a failure that passes. */
export async function putOffConsolidation(ctx: Ctx, jobId: string, error: string): Promise<void> {
  await inTransaction(ctx, async ({ db, clock }) => {
    const [row] = await db.orm
      .update(consolidation)
      .set({ attempts: raw`${consolidation.attempts} + 1`, lastError: error, updatedAt: clock.now() })
      .where(eq(consolidation.id, jobId))
      .returning({ attempts: consolidation.attempts });
    const waitMs = backoffMs(row?.attempts ?? 1, RETRY);
    await db.orm
      .update(consolidation)
      .set({ notBefore: new Date(clock.now().getTime() + waitMs) })
      .where(eq(consolidation.id, jobId));
  });
}

/** Runs the next step of a job. Throws what is transient; the caller tries again later. */
export async function runConsolidationStep(
  ctx: Ctx,
  jobId: string,
  rowsMax: number = CHUNK_ROWS,
): Promise<StepOutcome> {
  return inTransaction(ctx, async (tx) => {
    if (!(await takesTurn(tx.db, jobId))) return 'gone';
    const [job] = await tx.db.orm
      .select()
      .from(consolidation)
      .where(and(eq(consolidation.id, jobId), inArray(consolidation.status, ['pending', 'running'])))
      .for('update', { skipLocked: true });
    if (job === undefined) return 'gone';
    if (job.status === 'pending') {
      const candidates = await loadCandidates(tx.db, job, job.sourceTable);
      await registerFromDevices(tx, job, job.sourceTable, candidates);
      await setJob(tx, job, { status: 'running', startedAt: tx.clock.now() });
      return 'more';
    }
    const [next] = await tx.db.orm
      .select()
      .from(consolidationDevice)
      .where(
        and(
          eq(consolidationDevice.consolidationId, job.id),
          inArray(consolidationDevice.status, ['copying', 'pending']),
        ),
      )
      .orderBy(desc(raw`${consolidationDevice.status} = 'copying'`), asc(consolidationDevice.deviceName))
      .limit(1);
    if (next === undefined) {
      await complete(tx, job);
      return 'done';
    }
    const [locked] = await tx.db.orm
      .select()
      .from(lineage)
      .where(eq(lineage.id, next.lineageId))
      .for('update');
    if (locked === undefined)
      await setDevice(tx, next, { status: 'skipped', detail: 'It has been deleted.' });
    else if (next.status === 'pending') await goOver(tx, job, next, locked, rowsMax);
    else await copyNext(tx, job, next, locked, rowsMax);
    await setJob(tx, job, job.attempts === 0 ? {} : { attempts: 0, lastError: null });
    return 'more';
  });
}

const setJob = async (
  ctx: Ctx,
  job: Job,
  change: Partial<typeof consolidation.$inferInsert>,
): Promise<void> => {
  await ctx.db.orm
    .update(consolidation)
    .set({ ...change, updatedAt: ctx.clock.now() })
    .where(eq(consolidation.id, job.id));
};

const setDevice = async (
  ctx: Ctx,
  device: JobDevice,
  change: Partial<typeof consolidationDevice.$inferInsert>,
): Promise<void> => {
  await ctx.db.orm
    .update(consolidationDevice)
    .set({ ...change, updatedAt: ctx.clock.now() })
    .where(
      and(
        eq(consolidationDevice.consolidationId, device.consolidationId),
        eq(consolidationDevice.lineageId, device.lineageId),
      ),
    );
};

/** The first part: from here on the device writes to the shared mirror. */
async function goOver(
  ctx: Ctx,
  job: Job,
  device: JobDevice,
  locked: LineageRow,
  rowsMax: number,
): Promise<void> {
  const [candidate] = await loadCandidates(ctx.db, job, job.sourceTable, locked.id);
  if (candidate === undefined) {
    await setDevice(ctx, device, { status: 'skipped', detail: 'It has no mirror of its own any more.' });
    return;
  }
  // A schema that was approved on the device since the job began comes along.
  const { refused } = await registerFromDevices(ctx, job, job.sourceTable, [candidate]);
  const shared = await loadSharedSchemas(ctx.db, job, job.sourceTable);
  const plan = planMove(candidate, job.scope, shared, refused);
  if (plan.conflicts.length > 0) {
    await setDevice(ctx, device, { status: 'skipped', detail: plan.conflicts.join(' ') });
    return;
  }
  let tombstones = 0;
  for (const copy of await copiesOf(ctx.db, locked.deviceId, plan.moves)) {
    tombstones += await copyTombstones(ctx.db, copy);
    await deleteOvertaken(ctx.db, copy, rowsMax);
  }
  await rebind(ctx, candidate, shared);
  const [first] = plan.moves;
  await setDevice(ctx, device, {
    status: 'copying',
    moves: [...plan.moves],
    copiedTombstones: tombstones,
    cursor: first === undefined ? null : { mirrorId: first.fromMirrorId, key: [] },
  });
}

async function rebind(
  ctx: Ctx,
  candidate: Candidate,
  shared: Awaited<ReturnType<typeof loadSharedSchemas>>,
): Promise<void> {
  for (const hash of approvedHashes(candidate)) {
    const id = shared.get(hash)?.id;
    const entry = id === undefined ? null : await readEntry(ctx.db, id);
    if (entry !== null) await bindLineages(ctx, entry, [candidate.lineageId], null);
  }
}

async function copiesOf(db: Db, deviceId: string, moves: readonly MirrorMove[]): Promise<Copy[]> {
  const mirrors = await loadMirrors(db, [...new Set(moves.flatMap((m) => [m.fromMirrorId, m.toMirrorId]))]);
  return moves.flatMap(({ fromMirrorId, toMirrorId, columns }) => {
    const [from, to] = [mirrors.get(fromMirrorId), mirrors.get(toMirrorId)];
    return from === undefined || to === undefined ? [] : [{ deviceId, from, to, columns }];
  });
}

/** The second part: the next rows of the device. */
async function copyNext(
  ctx: Ctx,
  job: Job,
  device: JobDevice,
  locked: LineageRow,
  rowsMax: number,
): Promise<void> {
  const copies = await copiesOf(ctx.db, locked.deviceId, device.moves ?? []);
  const at = copies.findIndex(({ from }) => from.id === device.cursor?.mirrorId);
  const copy = copies[at];
  if (copy === undefined) {
    await finishDevice(ctx, job, device, locked, copies);
    return;
  }
  const key = device.cursor?.key ?? [];
  const { copied, last } = await copyRows(ctx.db, copy, key.length === 0 ? null : key, rowsMax);
  const done = { ...device, copiedRows: device.copiedRows + copied };
  const following = copies[at + 1];
  if (last !== null) {
    await setDevice(ctx, device, {
      copiedRows: done.copiedRows,
      cursor: { mirrorId: copy.from.id, key: last },
    });
  } else if (following !== undefined) {
    const cursor = { mirrorId: following.from.id, key: [] };
    await setDevice(ctx, device, { copiedRows: done.copiedRows, cursor });
  } else {
    await finishDevice(ctx, job, done, locked, copies);
  }
}

async function finishDevice(
  ctx: Ctx,
  job: Job,
  device: JobDevice,
  locked: LineageRow,
  copies: readonly Copy[],
): Promise<void> {
  const { copiedRows, copiedTombstones } = device;
  await setDevice(ctx, device, { status: 'moved', copiedRows, cursor: null });
  await recordEvent(ctx, {
    ...eventOf(job),
    fleetId: locked.fleetId,
    deviceId: locked.deviceId,
    lineageId: locked.id,
    data: {
      source_table: job.sourceTable,
      from: copies.map((c) => c.from.tableName),
      to: [...new Set(copies.map((c) => c.to.tableName))],
      copied_rows: copiedRows,
      copied_tombstones: copiedTombstones,
    },
  });
}

const eventOf = (job: Job): EventInput => ({
  kind: 'edge_mirror.consolidated',
  subject: { kind: 'consolidation', id: job.id },
  orgId: job.orgId,
  projectId: job.projectId,
  fleetId: job.fleetId,
});

async function complete(ctx: Ctx, job: Job): Promise<void> {
  const now = ctx.clock.now();
  await setJob(ctx, job, { status: 'completed', finishedAt: now, attempts: 0, lastError: null });
  const [sum] = await ctx.db.sql<{ moved: number; skipped: number; rows: number }[]>`
    select (count(*) filter (where status = 'moved'))::int as moved,
      (count(*) filter (where status = 'skipped'))::int as skipped, coalesce(sum(copied_rows), 0)::float8 as rows
    from tidegate.consolidation_device where consolidation_id = ${job.id}`;
  await recordEvent(ctx, {
    ...eventOf(job),
    kind: 'edge_consolidation.completed',
    data: {
      source_table: job.sourceTable,
      moved_devices: sum?.moved ?? 0,
      skipped_devices: sum?.skipped ?? 0,
      copied_rows: sum?.rows ?? 0,
    },
  });
}
