// A control message is a row first: it survives any restart, and only its acknowledgement ends it.
import { and, eq, isNull, max } from 'drizzle-orm';
import { control } from '@/server/db/schema/downlink';
import { ring } from '@/server/db/notify';
import { uuidV4 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';

export interface PauseOrResume {
  kind: 'pause_lineage' | 'resume_lineage';
  projectId: string;
  deviceId: string;
  lineageId: string;
  sourceTable: string;
  /** The highest commit seq (or batch seq) accepted; null before any. */
  watermark: bigint | null;
  reason: string | null;
}

/**
 * Now, or just after the lineage's newest control: which of them is the newest says whether the device is
 * paused, and neither two in one millisecond nor another machine's clock may change that.
 */
async function laterThanAll(ctx: Ctx, lineageId: string): Promise<Date> {
  const now = ctx.clock.now();
  const [newest] = await ctx.db.orm
    .select({ at: max(control.createdAt) })
    .from(control)
    .where(eq(control.lineageId, lineageId));
  const last = newest?.at ?? null;
  return last !== null && last >= now ? new Date(last.getTime() + 1) : now;
}

/**
 * Queues a control for the worker to send, in the caller's transaction. A newer control of a lineage
 * supersedes its older unacknowledged ones: a device must not act on a pause after its resume.
 */
export async function queueControl(ctx: Ctx, input: PauseOrResume): Promise<string> {
  const now = await laterThanAll(ctx, input.lineageId);
  await ctx.db.orm
    .update(control)
    .set({ supersededAt: now })
    .where(
      and(
        eq(control.lineageId, input.lineageId),
        isNull(control.acknowledgedAt),
        isNull(control.supersededAt),
      ),
    );
  const id = uuidV4();
  await ctx.db.orm.insert(control).values({
    id,
    deviceId: input.deviceId,
    lineageId: input.lineageId,
    sourceTable: input.sourceTable,
    controlKind: input.kind,
    serverWatermark: input.watermark,
    reason: input.reason,
    createdAt: now,
    nextSendAt: now,
  });
  await recordEvent(ctx, {
    kind: 'edge_control.queued',
    subject: { kind: 'control', id },
    projectId: input.projectId,
    deviceId: input.deviceId,
    lineageId: input.lineageId,
    data: { control_kind: input.kind, source_table: input.sourceTable, reason: input.reason },
  });
  await ring(ctx.db, 'control');
  return id;
}
