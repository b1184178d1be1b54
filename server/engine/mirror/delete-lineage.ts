// Removes a lineage's cloud state: versions, reviews, bindings, staged rows, controls. The mirror table stays
// unless asked for; the device is untouched, and its next batch starts a new lineage.
// Its staged rows go by an audited discard (invariant 5): whoever asks has said how many they are.
import { and, eq } from 'drizzle-orm';
import { lineage } from '@/server/db/schema/governance';
import { mirror } from '@/server/db/schema/mirrors';
import { stagedRow } from '@/server/db/schema/rows';
import { mirrorTable } from '@/server/db/identifier';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { lockLineage, type LineageRow } from '../lineages/lineage-row';
import { requireCount } from '../staging/discard-staged';

/** Deletes a lineage. 409 `staged_count_changed` where the count of staged rows is not the confirmed one. */
export async function deleteLineage(args: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  expectedStagedRows: number;
  dropMirror: boolean;
}): Promise<{ deleted_staged_rows: number; dropped_mirrors: string[] }> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockLineage(ctx, args.projectId, args.lineageId);
    requireCount(locked.stagedRows, args.expectedStagedRows);
    await ctx.db.orm.delete(stagedRow).where(eq(stagedRow.lineageId, locked.id));
    await ctx.db.orm.delete(lineage).where(eq(lineage.id, locked.id));
    const dropped = args.dropMirror ? await dropMirrors(ctx, locked) : [];
    await recordEvent(ctx, {
      kind: 'edge_table_lineage.deleted',
      subject: { kind: 'lineage', id: locked.id },
      orgId: locked.orgId,
      projectId: locked.projectId,
      fleetId: locked.fleetId,
      deviceId: locked.deviceId,
      lineageId: locked.id,
      data: {
        source_table: locked.sourceTable,
        deleted_staged_rows: locked.stagedRows,
        dropped_mirrors: dropped,
      },
    });
    return { deleted_staged_rows: locked.stagedRows, dropped_mirrors: dropped };
  });
}

/** Drops every generation of the device's own mirror of the table; a coalesced mirror is not one of these. */
async function dropMirrors(ctx: Ctx, locked: LineageRow): Promise<string[]> {
  const gone = await ctx.db.orm
    .delete(mirror)
    .where(
      and(
        eq(mirror.scope, 'device'),
        eq(mirror.scopeId, locked.deviceId),
        eq(mirror.sourceTable, locked.sourceTable),
      ),
    )
    .returning({ tableName: mirror.tableName });
  for (const { tableName } of gone) await ctx.db.sql.unsafe(`drop table ${mirrorTable(tableName)}`);
  return gone.map((m) => m.tableName);
}
