// An operator's own pause and its end. The reason is asked for, since whoever is on call next reads it.
import { z } from 'zod';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { lockLineage, pauseCausesOf } from '../lineages/lineage-row';
import { addPauseCause, clearPauseCause, replayMayRun } from '../lineages/pause-causes';
import { scheduleReplay } from './replay-intent';

export const pauseLineageInput = z.strictObject({ reason: z.string().trim().min(1).max(2000) });

interface LineageArgs {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
}

/** Pauses a lineage and tells its device. 409 `already_paused` where an operator has paused it before. */
export async function pauseLineage(
  args: LineageArgs & { input: z.input<typeof pauseLineageInput> },
): Promise<void> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { reason } = parseInput(pauseLineageInput, args.input, 'body');
  await inTransaction(args.ctx, async (ctx) => {
    const locked = await lockLineage(ctx, args.projectId, args.lineageId);
    const added = await addPauseCause(ctx, locked, 'operator', `${reason} (${ctx.actor.label})`);
    if (!added) throw conflict('already_paused', 'An operator has paused this lineage already.');
  });
}

/** Ends an operator's pause. 409 `not_paused_by_operator` where there is none; other causes stay. */
export async function resumeLineage(args: LineageArgs): Promise<void> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  await inTransaction(args.ctx, async (ctx) => {
    const locked = await lockLineage(ctx, args.projectId, args.lineageId);
    const cleared = await clearPauseCause(ctx, locked, 'operator');
    if (!cleared) {
      throw conflict(
        'not_paused_by_operator',
        'No operator has paused this lineage. Another pause ends with its own cause: decide the review, let the backlog drain, or reset materialization.',
      );
    }
    // Where another cause still holds the rows, its end schedules their replay.
    if (replayMayRun(await pauseCausesOf(ctx.db, locked.id)))
      await scheduleReplay(ctx, locked, { actionKind: 'resume', actionVersion: 0, reviewId: null });
  });
}
