// The operator's word that the cause of failed writes is gone: the breaker closes, the failed rows are tried
// again, and the device goes on if nothing else holds it. It never clears a volume pause.
import { and, eq, isNotNull } from 'drizzle-orm';
import { lineage, pauseCause } from '@/server/db/schema/governance';
import { stagedRow } from '@/server/db/schema/rows';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { lockLineage, pauseCausesOf } from '../lineages/lineage-row';
import { clearPauseCause } from '../lineages/pause-causes';
import { newestReplay } from '../staging/read-replay';
import { scheduleReplay } from '../staging/replay-intent';

export interface ResetResult {
  lineage_id: string;
  status: 'active' | 'paused';
  resumed: boolean;
  staged_row_count: number;
}

/** Resets a lineage. 409 `nothing_to_reset` names the real pause cause where nothing has failed. */
export async function resetMaterialization(args: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
}): Promise<ResetResult> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockLineage(ctx, args.projectId, args.lineageId);
    const causes = await pauseCausesOf(ctx.db, locked.id);
    const [failedRow] = await ctx.db.orm
      .select({ lineageId: stagedRow.lineageId })
      .from(stagedRow)
      .where(and(eq(stagedRow.lineageId, locked.id), isNotNull(stagedRow.error)))
      .limit(1);
    const broken = causes.includes('circuit_breaker');
    const gaveUp = (await newestReplay(ctx.db, locked.id))?.status === 'failed' && locked.stagedRows > 0;
    if (!broken && !gaveUp && locked.failureCount === 0 && failedRow === undefined)
      throw await nothingToReset(ctx, locked.id);
    await ctx.db.orm
      .update(lineage)
      .set({ failureCount: 0, lastError: null, lastErrorAt: null })
      .where(eq(lineage.id, locked.id));
    const resumed = await clearPauseCause(ctx, locked, 'circuit_breaker');
    await scheduleReplay(ctx, locked, { actionKind: 'reset', actionVersion: 0, reviewId: null });
    const left = await pauseCausesOf(ctx.db, locked.id);
    await recordEvent(ctx, {
      kind: 'edge_table_lineage.materialization_reset',
      subject: { kind: 'lineage', id: locked.id },
      orgId: locked.orgId,
      projectId: locked.projectId,
      fleetId: locked.fleetId,
      deviceId: locked.deviceId,
      lineageId: locked.id,
      data: {
        before: { failure_count: locked.failureCount, last_error: locked.lastError, causes },
        after: { failure_count: 0, causes: left },
      },
    });
    return {
      lineage_id: locked.id,
      status: left.length === 0 ? 'active' : 'paused',
      resumed: resumed && left.length === 0,
      staged_row_count: locked.stagedRows,
    };
  });
}

async function nothingToReset(ctx: Ctx, lineageId: string) {
  const causes = await ctx.db.orm
    .select({ cause: pauseCause.cause, detail: pauseCause.detail })
    .from(pauseCause)
    .where(eq(pauseCause.lineageId, lineageId));
  const why =
    causes.length === 0
      ? 'The lineage is active.'
      : `It is paused for ${causes.map((c) => `${c.cause} (${c.detail})`).join('; ')}`;
  return conflict(
    'nothing_to_reset',
    `No write of this lineage has failed, so there is nothing to reset. ${why}`,
    {
      pause_causes: causes,
    },
  );
}
