// A later message brings the columns of a hash that was known alone, or that came with columns that do not hash to
// it. What it says is never taken for decided: an open review rises in version by it, and an approval that was
// about other columns does not cover it.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { schemaReview, schemaVersion, type VersionStatus } from '@/server/db/schema/governance';
import { columnBinding, mirrorColumn } from '@/server/db/schema/mirrors';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { approvedColumns } from './approved-version';
import { classify, type SchemaSeen } from './classify';
import type { VersionRow } from './locked-review';
import { queueReview } from './queue-review';
import { settleOpenReviews } from './settle-open-reviews';

/** The fingerprint that columns have on a lineage, whatever hash they came with; null where none are known. */
export const columnsHashOf = (
  { sourceTable }: Pick<LineageRow, 'sourceTable'>,
  columns: readonly SchemaColumn[] | null,
): string | null => (columns === null ? null : schemaHash({ tableName: sourceTable, columns }));

/**
 * Takes `seen` to a known and not verified version of a locked lineage.
 * @returns its status, and whether the review hold has to be looked at again.
 */
export async function learnColumns(
  ctx: Ctx,
  lineage: LineageRow,
  version: VersionRow,
  seen: SchemaSeen,
): Promise<{ status: VersionStatus; changed: boolean }> {
  const columnsHash = columnsHashOf(lineage, seen.columns);
  const learns = seen.verified || version.columns === null || version.columnsHash !== columnsHash;
  if (!learns || seen.columns === null) return { status: version.status, changed: false };
  const verdict = classify(seen, await approvedColumns(ctx, lineage.id, before(version)));
  const known = { classification: verdict.classification, reasons: verdict.reasons };
  const [after] = await ctx.db.orm
    .update(schemaVersion)
    .set({ ...known, columns: [...seen.columns], columnsHash, verified: seen.verified })
    .where(eq(schemaVersion.id, version.id))
    .returning();
  if (after === undefined) throw new Error('the schema version vanished under its lineage lock');
  switch (version.status) {
    case 'pending': {
      await restateReviews(ctx, after);
      await settleOpenReviews(ctx, lineage);
      return { status: await statusOf(ctx, version.id), changed: true };
    }
    case 'rejected':
      return { status: 'rejected', changed: false };
    case 'approved':
    case 'deferred': {
      if (await coversColumns(ctx, lineage, version, seen.columns, columnsHash))
        return { status: version.status, changed: false };
      await ctx.db.orm.update(schemaVersion).set({ status: 'pending' }).where(eq(schemaVersion.id, after.id));
      await queueReview(ctx, lineage, after);
      return { status: 'pending', changed: true };
    }
  }
}

/** Compared with what was approved besides it: its own approval is what is in question. */
const before = ({ id }: VersionRow) => ({ schemaVersionId: id, decidedAt: null });

async function statusOf(ctx: Ctx, versionId: string): Promise<VersionStatus> {
  const [row] = await ctx.db.orm
    .select({ status: schemaVersion.status })
    .from(schemaVersion)
    .where(eq(schemaVersion.id, versionId));
  if (row === undefined) throw new Error('the schema version vanished under its lineage lock');
  return row.status;
}

/** Open reviews rise in version: whoever decides has to have seen the columns that are decided. */
async function restateReviews(ctx: Ctx, { id, classification, reasons }: VersionRow): Promise<void> {
  await ctx.db.orm
    .update(schemaReview)
    .set({
      classification,
      reasons,
      actionVersion: sql`${schemaReview.actionVersion} + 1`,
      updatedAt: ctx.clock.now(),
    })
    .where(and(eq(schemaReview.schemaVersionId, id), inArray(schemaReview.status, ['queued', 'in_review'])));
}

/**
 * Whether the decision on a version was about exactly these columns. Where it was made on columns that were read
 * off the rows, their names and the key have to be the same: each one was decided, and types are checked per row.
 */
async function coversColumns(
  ctx: Ctx,
  { id: lineageId, capture }: LineageRow,
  decided: VersionRow,
  columns: readonly SchemaColumn[],
  columnsHash: string | null,
): Promise<boolean> {
  if (decided.columns !== null) return decided.columnsHash === columnsHash;
  const bindings = await ctx.db.orm
    .select({ name: columnBinding.sourceColumnName, keyOrdinal: mirrorColumn.keyOrdinal })
    .from(columnBinding)
    .leftJoin(
      mirrorColumn,
      and(
        eq(mirrorColumn.mirrorId, columnBinding.mirrorId),
        eq(mirrorColumn.name, columnBinding.mirrorColumnName),
      ),
    )
    .where(and(eq(columnBinding.lineageId, lineageId), eq(columnBinding.schemaHash, decided.schemaHash)));
  const bound = new Map(bindings.map((b) => [b.name, b.keyOrdinal]));
  if (bound.size !== columns.length) return false;
  const isMirrored = bindings.some((b) => b.keyOrdinal !== null);
  return columns.every(({ name, pk_ordinal }) => {
    if (!bound.has(name)) return false;
    return capture === 'telemetry' || !isMirrored || (bound.get(name) ?? 0) === pk_ordinal;
  });
}
