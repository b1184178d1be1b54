// Recognises the schema of a batch: known and approved, known and waiting, or new and in need of a person.
// Only a data batch classifies; nothing passes unapproved, because the one way to status `approved` is
// applyDecision.
import { and, eq } from 'drizzle-orm';
import { schemaObservation, schemaVersion, type VersionStatus } from '@/server/db/schema/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { uuidV4 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';
import { effectivePolicy } from '../policy/effective-policy';
import { applyDecision } from './apply-decision';
import { approvedColumns, carriedActions } from './approved-version';
import { approvedTwin, carryDecision } from './carry-decision';
import { classify, type SchemaSeen, type Verdict } from './classify';
import { columnsHashOf, learnColumns } from './learn-columns';
import type { VersionRow } from './locked-review';
import { queueReview } from './queue-review';
import { settleOpenReviews } from './settle-open-reviews';

/** Writes a schema version of a locked lineage; with `registry`, one that the registry decides. */
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
      columnsHash: columnsHashOf(lineage, seen.columns),
      reasons: verdict.reasons,
      status: registry?.status ?? 'pending',
      registryEntryId: registry?.entryId ?? null,
      firstSeenAt: ctx.clock.now(),
    })
    .returning();
  if (row === undefined) throw new Error('the schema version was not written');
  return row;
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
  await settleOpenReviews(ctx, lineage);
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

/** A schema with exactly the approved columns, verified, under another hash: the decision there is holds for it. */
async function continueUnchanged(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  columns: readonly SchemaColumn[],
): Promise<void> {
  const from = await approvedTwin(ctx, lineage.id, columns);
  if (from === null) throw new Error('the schema differs from the approved one');
  await carryDecision(ctx, lineage, { schemaHash, columns }, from);
  await recordEvent(ctx, {
    kind: 'edge_table_lineage.schema_continued',
    subject: { kind: 'lineage', id: lineage.id },
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    data: { schema_hash: schemaHash, same_columns_as: from },
  });
}

/** Lets a new schema through that needs no person, by `verdict` and by policy. False where it needs one. */
async function continueByRule(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  { classification }: Verdict,
  columns: readonly SchemaColumn[],
): Promise<boolean> {
  const isUnchanged = classification === 'compatible_mapped';
  if (!isUnchanged) {
    if (classification !== 'compatible_additive') return false;
    const { fields } = await effectivePolicy(ctx.db, lineage);
    if (!fields.allow_additive_continue) return false;
  }
  const carryOn = isUnchanged ? continueUnchanged : continueAdditively;
  try {
    await ctx.db.savepoint((db) => carryOn({ ...ctx, db }, lineage, schemaHash, columns));
    return true;
  } catch (error) {
    // What a rule cannot decide (a mirror wider than Postgres allows) is a person's to decide.
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

/** What a hash that came alone is known to stand for: the device may have observed its columns before. */
async function withObserved(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  seen: SchemaSeen,
): Promise<SchemaSeen> {
  if (seen.columns !== null) return seen;
  const [observed] = await ctx.db.orm
    .select({ hash: schemaObservation.schemaHash, columns: schemaObservation.columns })
    .from(schemaObservation)
    .where(
      and(
        eq(schemaObservation.deviceId, lineage.deviceId),
        eq(schemaObservation.sourceTable, lineage.sourceTable),
      ),
    );
  if (observed?.hash !== schemaHash || observed.columns === null) return seen;
  return { columns: observed.columns, verified: true };
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

/** Takes the batch's columns to a version that is known. */
async function resolveKnown(
  ctx: Ctx,
  lineage: LineageRow,
  known: VersionRow,
  seen: SchemaSeen,
): Promise<ResolvedVersion> {
  const isSettled = seen.columns === null || known.verified || known.registryEntryId !== null;
  if (isSettled) return { status: known.status, isNew: false };
  const { status, changed } = await learnColumns(ctx, lineage, known, seen);
  return { status, isNew: changed };
}

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
  if (known?.status === 'approved') return resolveKnown(ctx, lineage, known, seen);
  const complete = known === undefined ? await withObserved(ctx, lineage, schemaHash, seen) : seen;
  const together = await decideTogether(ctx, lineage, schemaHash, complete, known ?? null);
  if (together !== null) return together;
  if (known !== undefined) return resolveKnown(ctx, lineage, known, seen);
  const verdict = classify(complete, await approvedColumns(ctx, lineage.id));
  const version = await insertVersion(ctx, lineage, schemaHash, complete, verdict);
  if (complete.columns !== null && complete.verified) {
    const passes = await continueByRule(ctx, lineage, schemaHash, verdict, complete.columns);
    if (passes) return { status: 'approved', isNew: true };
  }
  await queueReview(ctx, lineage, version);
  return { status: 'pending', isNew: true };
}
