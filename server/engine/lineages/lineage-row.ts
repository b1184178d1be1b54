// A lineage as the engine holds it: always locked first (invariant 7), so that whoever changes its rows,
// causes or counters sees what the one before did.
import { and, eq } from 'drizzle-orm';
import { lineage, pauseCause, type Capture, type PauseCauseKind } from '@/server/db/schema/governance';
import type { Db } from '@/server/db/client';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';

export type LineageRow = typeof lineage.$inferSelect;

/** Which lineage it is, and whose. */
export type LineageIdentity = Pick<
  LineageRow,
  'id' | 'orgId' | 'projectId' | 'fleetId' | 'deviceId' | 'sourceTable'
>;

/** Locks a lineage until the transaction ends. Throws 404 where the caller's organisation has none such. */
export async function lockLineage(ctx: Ctx, projectId: string, lineageId: string): Promise<LineageRow> {
  const scope = and(
    eq(lineage.id, lineageId),
    eq(lineage.projectId, projectId),
    ctx.orgId === null ? undefined : eq(lineage.orgId, ctx.orgId),
  );
  const [row] = await ctx.db.orm.select().from(lineage).where(scope).for('update');
  if (row === undefined) throw notFound('lineage', lineageId);
  return row;
}

/** The causes that hold a lineage now; empty means active. */
export async function pauseCausesOf(db: Db, lineageId: string): Promise<PauseCauseKind[]> {
  const rows = await db.orm
    .select({ cause: pauseCause.cause })
    .from(pauseCause)
    .where(eq(pauseCause.lineageId, lineageId));
  return rows.map((r) => r.cause);
}

/** Which kind of batch a lineage takes. */
export async function captureOf(ctx: Ctx, lineageId: string): Promise<Capture> {
  const [row] = await ctx.db.orm
    .select({ capture: lineage.capture })
    .from(lineage)
    .where(eq(lineage.id, lineageId));
  return row?.capture ?? 'rows';
}
