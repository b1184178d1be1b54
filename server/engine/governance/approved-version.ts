// What was decided on a lineage so far: the version that was approved last, its bindings, and that decision
// carried over to another schema. Whatever compares a schema with "the approved one" asks here.
import { and, desc, eq, lt, ne, sql } from 'drizzle-orm';
import { schemaReview, schemaVersion } from '@/server/db/schema/governance';
import { columnBinding } from '@/server/db/schema/mirrors';
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { lockMirror } from '../mirror/provision-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { mirrorSourceOf } from './apply-decision';
import { proposeActions, type EarlierDecisions } from './column-actions';

/**
 * The columns of the version that was approved last; null before the first approval. With `before`, of the
 * one that was approved before that review was decided: what the reviewer compared with.
 */
export async function approvedColumns(
  ctx: Ctx,
  lineageId: string,
  before?: { schemaVersionId: string; decidedAt: Date | null },
): Promise<SchemaColumn[] | null> {
  return (await approvedVersion(ctx, lineageId, before))?.columns ?? null;
}

/** The hash and columns of that version; undefined before the first approval. */
export async function approvedVersion(
  ctx: Ctx,
  lineageId: string,
  before?: { schemaVersionId: string; decidedAt: Date | null },
): Promise<{ schemaHash: string; columns: SchemaColumn[] | null } | undefined> {
  const [row] = await ctx.db.orm
    .select({ schemaHash: schemaVersion.schemaHash, columns: schemaVersion.columns })
    .from(schemaVersion)
    .leftJoin(schemaReview, eq(schemaReview.schemaVersionId, schemaVersion.id))
    .where(
      and(
        eq(schemaVersion.lineageId, lineageId),
        eq(schemaVersion.status, 'approved'),
        before === undefined ? undefined : ne(schemaVersion.id, before.schemaVersionId),
        before === undefined || before.decidedAt === null
          ? undefined
          : lt(
              sql`coalesce(${schemaReview.decidedAt}, ${schemaVersion.firstSeenAt})`,
              before.decidedAt.toISOString(),
            ),
      ),
    )
    // A version that went on by policy has no review: it was decided when it was first seen.
    .orderBy(desc(sql`coalesce(${schemaReview.decidedAt}, ${schemaVersion.firstSeenAt})`))
    .limit(1);
  return row;
}

/** A review's version, and when it was decided. */
export interface DecidedReview {
  schemaVersionId: string;
  decidedAt: Date;
}

/** What was decided on each column of the schema that was approved last; with `before`, ahead of that decision. */
export async function earlierDecisions(
  ctx: Ctx,
  lineageId: string,
  before?: DecidedReview,
): Promise<EarlierDecisions> {
  const decided = await approvedVersion(ctx, lineageId, before);
  const affinity = new Map((decided?.columns ?? []).map((c) => [c.name, c.decl_type_affinity]));
  const bindings = await ctx.db.orm
    .select()
    .from(columnBinding)
    .where(
      and(eq(columnBinding.lineageId, lineageId), eq(columnBinding.schemaHash, decided?.schemaHash ?? '')),
    );
  return new Map(
    bindings.map(({ sourceColumnName: name, action, mirrorColumnName }) => [
      name,
      { action, mirrorColumnName, affinity: affinity.get(name) ?? null },
    ]),
  );
}

/**
 * The last decision carried over to a wider schema: what was ignored stays ignored, what was renamed keeps its
 * name. Only the new columns are new; they are mirrored where anything of the table is.
 */
export async function carriedActions(
  ctx: Ctx,
  lineage: LineageRow,
  columns: readonly SchemaColumn[],
): Promise<ColumnAction[]> {
  const decided = await approvedVersion(ctx, lineage.id);
  const bindings = await ctx.db.orm
    .select()
    .from(columnBinding)
    .where(
      and(eq(columnBinding.lineageId, lineage.id), eq(columnBinding.schemaHash, decided?.schemaHash ?? '')),
    );
  const bound = new Map(bindings.map((b) => [b.sourceColumnName, b]));
  const isMirrored = bindings.some((b) => b.action === 'mirror');
  const existing = await lockMirror(ctx.db, mirrorSourceOf(lineage));
  const shape = mirrorShapeOf(lineage.capture, columns);
  const proposals = proposeActions(shape.columns, existing?.columns ?? null, new Map(), shape.own);
  return columns.map(({ name }): ColumnAction => {
    const before = bound.get(name);
    const proposed = proposals.get(name)?.action;
    if (before === undefined) {
      return isMirrored && proposed !== undefined ? proposed : { source_column_name: name, action: 'ignore' };
    }
    const point = before.deviceDataPointId;
    return {
      source_column_name: name,
      // The data point that was made for it is there now.
      action: point === null ? before.action : 'map',
      ...(point === null ? {} : { device_data_point_id: point }),
      ...(before.mirrorColumnName === null ? {} : { mirror_column_name: before.mirrorColumnName }),
    };
  });
}
