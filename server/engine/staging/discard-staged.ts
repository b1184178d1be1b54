// The one way, beside the mirror, by which a row leaves staging (invariant 5): somebody said how many rows
// they mean to throw away, and it is in the audit log.
import { z } from 'zod';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { lockLineage } from '../lineages/lineage-row';
import { checkBackpressure } from './backpressure';

export const discardStagedInput = z.strictObject({ expected_rows: z.number().int().min(0) });

/** Discards every staged row of a lineage. 409 `staged_count_changed` where the count is not the expected one. */
export async function discardStaged(args: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof discardStagedInput>;
}): Promise<{ discarded_rows: number }> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { expected_rows: expected } = parseInput(discardStagedInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockLineage(ctx, args.projectId, args.lineageId);
    requireCount(locked.stagedRows, expected);
    await ctx.db.sql`delete from tidegate.staged_row where lineage_id = ${locked.id}`;
    await ctx.db.sql`update tidegate.lineage set staged_rows = 0, staged_bytes = 0 where id = ${locked.id}`;
    await ctx.db
      .sql`update tidegate.schema_version set staged_rows = 0, staged_bytes = 0 where lineage_id = ${locked.id}`;
    await checkBackpressure(ctx, locked);
    await recordEvent(ctx, {
      kind: 'edge_table_lineage.staged_discarded',
      subject: { kind: 'lineage', id: locked.id },
      orgId: locked.orgId,
      projectId: locked.projectId,
      fleetId: locked.fleetId,
      deviceId: locked.deviceId,
      lineageId: locked.id,
      data: { discarded_rows: locked.stagedRows, discarded_bytes: locked.stagedBytes },
    });
    return { discarded_rows: locked.stagedRows };
  });
}

/** Refuses with 409 where the count the operator confirmed is no longer true. */
export function requireCount(staged: number, expected: number): void {
  if (staged === expected) return;
  throw conflict(
    'staged_count_changed',
    `The lineage has ${staged} staged rows now, you confirmed ${expected}. Look again and repeat with the new count.`,
    { staged_row_count: staged },
  );
}
