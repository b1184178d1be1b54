// Recognises the schema of a batch: known and approved, known and waiting, or new and in need of a person.
// Only a data batch classifies; nothing passes unapproved, because the one way to status `approved` is
// applyDecision.
import { and, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import { schemaReview, schemaVersion, type VersionStatus } from '@/server/db/schema/governance';
import { columnBinding } from '@/server/db/schema/rows';
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { uuidV4 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';
import { lockMirror } from '../mirror/provision-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { effectivePolicy } from '../policy/effective-policy';
import { applyDecision, mirrorSourceOf } from './apply-decision';
import { classify, type SchemaSeen, type Verdict } from './classify';
import { proposeActions, type EarlierDecisions } from './column-actions';
import type { VersionRow } from './locked-review';

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

async function approvedVersion(
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

/** What was decided on each column of the schema that was approved last. */
export async function earlierDecisions(ctx: Ctx, lineageId: string): Promise<EarlierDecisions> {
  const decided = await approvedVersion(ctx, lineageId);
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

/** Writes a schema version of a locked lineage; with `registryEntryId`, one that the registry decides. */
export async function insertVersion(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  seen: SchemaSeen,
  verdict: Verdict,
  registry: { entryId: string; status: VersionStatus } | null = null,
): Promise<VersionRow> {
  const [row] = await ctx.db.orm
    .insert(schemaVersion)
    .values({
      id: uuidV4(),
      lineageId: lineage.id,
      schemaHash,
      classification: verdict.classification,
      verified: seen.verified,
      columns: seen.columns === null ? null : [...seen.columns],
      reasons: verdict.reasons,
      status: registry?.status ?? 'pending',
      registryEntryId: registry?.entryId ?? null,
      firstSeenAt: ctx.clock.now(),
    })
    .returning();
  if (row === undefined) throw new Error('the schema version was not written');
  return row;
}

/** Opens a device review of a version. */
export async function queueReview(ctx: Ctx, lineage: LineageRow, version: VersionRow): Promise<void> {
  const id = uuidV4();
  const now = ctx.clock.now();
  await ctx.db.orm.insert(schemaReview).values({
    id,
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    schemaVersionId: version.id,
    sourceTable: lineage.sourceTable,
    schemaHash: version.schemaHash,
    classification: version.classification,
    reasons: version.reasons,
    status: 'queued',
    createdAt: now,
    updatedAt: now,
  });
  await recordEvent(ctx, {
    kind: 'edge_schema_review.queued',
    subject: { kind: 'schema_review', id },
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    data: {
      source_table: lineage.sourceTable,
      schema_hash: version.schemaHash,
      classification: version.classification,
      reasons: version.reasons,
    },
  });
}

/**
 * The last decision carried over to a wider schema: what was ignored stays ignored, what was renamed keeps its
 * name. Only the new columns are new; they are mirrored where anything of the table is.
 */
async function carriedActions(
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

/** Lets a purely additive schema through by policy: the decision that an operator has made goes on. */
async function continueAdditively(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  columns: readonly SchemaColumn[],
): Promise<void> {
  const actions = await carriedActions(ctx, lineage, columns);
  await applyDecision(ctx, lineage, { schemaHash, columns, actions });
  await recordEvent(ctx, {
    kind: 'edge_table_lineage.additive_continued',
    subject: { kind: 'lineage', id: lineage.id },
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    data: { schema_hash: schemaHash },
  });
}

/**
 * A later message brought the columns of a hash that was known alone, or unverified. Open reviews rise in
 * version by it: whoever decides has to have seen the columns that are decided.
 */
async function learnColumns(
  ctx: Ctx,
  lineage: LineageRow,
  version: VersionRow,
  seen: SchemaSeen,
): Promise<void> {
  const verdict = classify(seen, await approvedColumns(ctx, lineage.id));
  const known = { classification: verdict.classification, reasons: verdict.reasons };
  await ctx.db.orm
    .update(schemaVersion)
    .set({ ...known, columns: seen.columns === null ? null : [...seen.columns], verified: seen.verified })
    .where(eq(schemaVersion.id, version.id));
  await ctx.db.orm
    .update(schemaReview)
    .set({ ...known, actionVersion: sql`${schemaReview.actionVersion} + 1`, updatedAt: ctx.clock.now() })
    .where(
      and(
        eq(schemaReview.schemaVersionId, version.id),
        inArray(schemaReview.status, ['queued', 'in_review']),
      ),
    );
}

/** The version's status, and whether it was seen for the first time or waits for another decision than before. */
export interface ResolvedVersion {
  status: VersionStatus;
  isNew: boolean;
}

/**
 * Who decides a schema for many devices at once: the registry, which stands above this folder. Null where the
 * device's own review does. `known` is the lineage's version of that hash, not approved, or null.
 */
export type DecideTogether = (
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  seen: SchemaSeen,
  known: VersionRow | null,
) => Promise<ResolvedVersion | null>;

/** The status of the batch's schema on a locked lineage, made and classified where the hash is new. */
export async function resolveVersion(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  seen: SchemaSeen,
  decideTogether: DecideTogether,
): Promise<ResolvedVersion> {
  const [known] = await ctx.db.orm
    .select()
    .from(schemaVersion)
    .where(and(eq(schemaVersion.lineageId, lineage.id), eq(schemaVersion.schemaHash, schemaHash)));
  if (known?.status === 'approved') return { status: 'approved', isNew: false };
  const together = await decideTogether(ctx, lineage, schemaHash, seen, known ?? null);
  if (together !== null) return together;
  if (known !== undefined) {
    const learns = seen.columns !== null && !known.verified && (seen.verified || known.columns === null);
    if (learns && known.status === 'pending') await learnColumns(ctx, lineage, known, seen);
    return { status: known.status, isNew: false };
  }
  const verdict = classify(seen, await approvedColumns(ctx, lineage.id));
  const version = await insertVersion(ctx, lineage, schemaHash, seen, verdict);
  if (verdict.classification === 'compatible_additive' && seen.columns !== null) {
    const { fields } = await effectivePolicy(ctx.db, lineage);
    if (fields.allow_additive_continue) {
      const { columns } = seen;
      try {
        await ctx.db.savepoint((db) => continueAdditively({ ...ctx, db }, lineage, schemaHash, columns));
        return { status: 'approved', isNew: true };
      } catch (error) {
        // What a rule cannot decide (a mirror wider than Postgres allows) is a person's to decide.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
  await queueReview(ctx, lineage, version);
  return { status: 'pending', isNew: true };
}
