// Pause causes are independent: setting or clearing one leaves the others (invariant 2: a lineage is paused
// exactly while it has one). The device is told for every cause but a schema review, and resumed only when
// it had been told and no cause that pauses devices is left.
import { and, desc, eq } from 'drizzle-orm';
import { lineage, pauseCause, type PauseCauseKind } from '@/server/db/schema/governance';
import { control } from '@/server/db/schema/downlink';
import type { Ctx } from '../context/context';
import { queueControl } from '../control/queue-control';
import { recordEvent } from '../events/record-event';
import { pauseCausesOf, type LineageIdentity } from './lineage-row';

const TELLS_DEVICE: Record<PauseCauseKind, boolean> = {
  schema_review: false,
  operator: true,
  backpressure: true,
  circuit_breaker: true,
};

/** Whether the newest pause or resume that the device was sent is a pause. */
async function deviceIsTold(ctx: Ctx, lineageId: string): Promise<boolean> {
  const [last] = await ctx.db.orm
    .select({ kind: control.controlKind })
    .from(control)
    .where(eq(control.lineageId, lineageId))
    .orderBy(desc(control.createdAt), desc(control.id))
    .limit(1);
  return last?.kind === 'pause_lineage';
}

/** Tells the device, with the watermark as it is now: the caller's copy of the lineage is older than its batch. */
async function tellDevice(
  ctx: Ctx,
  locked: LineageIdentity,
  kind: 'pause_lineage' | 'resume_lineage',
  reason: string | null,
): Promise<void> {
  const [now] = await ctx.db.orm
    .select({ rows: lineage.watermarkSeq, telemetry: lineage.watermarkBatchSeq })
    .from(lineage)
    .where(eq(lineage.id, locked.id));
  await queueControl(ctx, {
    kind,
    projectId: locked.projectId,
    deviceId: locked.deviceId,
    lineageId: locked.id,
    sourceTable: locked.sourceTable,
    watermark: now?.rows ?? now?.telemetry ?? null,
    reason,
  });
}

const subjectOf = (locked: LineageIdentity) => ({
  subject: { kind: 'lineage', id: locked.id },
  orgId: locked.orgId,
  projectId: locked.projectId,
  fleetId: locked.fleetId,
  deviceId: locked.deviceId,
  lineageId: locked.id,
});

/**
 * Holds a locked lineage for `cause`. False where it was held for it already; the detail is then renewed.
 * @param detail what a person reads: why, in words.
 */
export async function addPauseCause(
  ctx: Ctx,
  locked: LineageIdentity,
  cause: PauseCauseKind,
  detail: string,
): Promise<boolean> {
  const before = await pauseCausesOf(ctx.db, locked.id);
  await ctx.db.orm
    .insert(pauseCause)
    .values({ lineageId: locked.id, cause, since: ctx.clock.now(), detail })
    .onConflictDoUpdate({ target: [pauseCause.lineageId, pauseCause.cause], set: { detail } });
  if (before.includes(cause)) return false;
  await recordEvent(ctx, {
    kind: 'edge_table_lineage.ingestion_paused',
    ...subjectOf(locked),
    data: { cause, detail, before, after: [...before, cause] },
  });
  if (TELLS_DEVICE[cause] && !(await deviceIsTold(ctx, locked.id))) {
    await tellDevice(ctx, locked, 'pause_lineage', `${cause}: ${detail}`);
  }
  return true;
}

/** Clears `cause` of a locked lineage. False where it was not held for it. */
export async function clearPauseCause(
  ctx: Ctx,
  locked: LineageIdentity,
  cause: PauseCauseKind,
): Promise<boolean> {
  const gone = await ctx.db.orm
    .delete(pauseCause)
    .where(and(eq(pauseCause.lineageId, locked.id), eq(pauseCause.cause, cause)))
    .returning({ cause: pauseCause.cause });
  if (gone.length === 0) return false;
  const left = await pauseCausesOf(ctx.db, locked.id);
  await recordEvent(ctx, {
    kind:
      left.length === 0 ? 'edge_table_lineage.ingestion_resumed' : 'edge_table_lineage.pause_cause_cleared',
    ...subjectOf(locked),
    data: { cause, before: [...left, cause], after: left },
  });
  if (!left.some((c) => TELLS_DEVICE[c]) && (await deviceIsTold(ctx, locked.id))) {
    await tellDevice(ctx, locked, 'resume_lineage', null);
  }
  return true;
}

/** Backpressure is what a replay ends, so it alone does not hold one; the other causes do. */
export const replayMayRun = (causes: readonly PauseCauseKind[]): boolean =>
  causes.every((c) => c === 'backpressure');
