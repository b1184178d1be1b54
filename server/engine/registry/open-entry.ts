// The first device that brings a schema to a scope makes its entry, and with it the one review that all devices
// of the scope wait for. With the additive policy the entry is approved at once, as a device's schema would be.
import { eq } from 'drizzle-orm';
import type { ColumnAction } from '@/server/contract/governance';
import { registryEntry, registryReview } from '@/server/db/schema/registry';
import { uuidV4 } from '@/server/lib/uuid';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { classify, type SchemaSeen } from '../governance/classify';
import { proposeActions } from '../governance/column-actions';
import type { LineageRow } from '../lineages/lineage-row';
import { lockMirror } from '../mirror/provision-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { effectivePolicy } from '../policy/effective-policy';
import { applySharedDecision } from './apply-shared-decision';
import { joinEntry, lastApproved, lockTableOfScope, type EntryRow } from './entry';
import { registryEvent } from './registry-event';
import { sharedMirrorSource, type RegistryScope } from './registry-scope';

/**
 * The entry of a lineage's schema, made where there is none, with its review. Null where devices of the scope
 * send this table as the other kind of batch: a mirror has one kind of key.
 */
export async function openEntry(
  ctx: Ctx,
  lineage: LineageRow,
  scope: RegistryScope,
  schemaHash: string,
  seen: SchemaSeen,
): Promise<EntryRow | null> {
  const key = { ...scope, sourceTable: lineage.sourceTable, schemaHash };
  const there = await joinEntry(ctx.db, key, seen);
  if (there !== null) return there.capture === lineage.capture ? there : null;
  await lockTableOfScope(ctx.db, key);
  const meanwhile = await joinEntry(ctx.db, key, seen);
  if (meanwhile !== null) return meanwhile.capture === lineage.capture ? meanwhile : null;
  const before = await lastApproved(ctx.db, key);
  if (before !== null && before.capture !== lineage.capture) return null;
  const verdict = classify(seen, before?.columns ?? null);
  const now = ctx.clock.now();
  const [entry] = await ctx.db.orm
    .insert(registryEntry)
    .values({
      id: uuidV4(),
      ...key,
      capture: lineage.capture,
      classification: verdict.classification,
      verified: seen.verified,
      columns: seen.columns === null ? null : [...seen.columns],
      reasons: verdict.reasons,
      status: 'pending',
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (entry === undefined) throw new Error('the registry entry was not written');
  const continued = before === null ? null : await continueAdditively(ctx, lineage, entry, before);
  if (continued !== null) return continued;
  await queueRegistryReview(ctx, entry);
  return entry;
}

/** Opens a review of a pending entry, unless another device has just done so. */
export async function queueRegistryReview(ctx: Ctx, entry: EntryRow): Promise<void> {
  const now = ctx.clock.now();
  const { orgId, projectId, fleetId, scope, scopeId, sourceTable, schemaHash, classification, reasons } =
    entry;
  const [review] = await ctx.db.orm
    .insert(registryReview)
    .values({
      id: uuidV4(),
      orgId,
      projectId,
      fleetId,
      scope,
      scopeId,
      sourceTable,
      schemaHash,
      classification,
      reasons,
      registryId: entry.id,
      status: 'queued',
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: registryReview.id });
  if (review === undefined) return;
  await recordEvent(
    ctx,
    registryEvent(entry, 'edge_registry_review.queued', review.id, { classification, reasons }),
  );
}

/** Approves a purely additive schema by policy: the decision on the one before goes on. Null where it may not. */
async function continueAdditively(
  ctx: Ctx,
  lineage: LineageRow,
  entry: EntryRow,
  before: EntryRow,
): Promise<EntryRow | null> {
  const { columns } = entry;
  if (entry.classification !== 'compatible_additive' || columns === null) return null;
  // The scope's own policy: one fleet's must not widen the mirror of the whole project.
  const { fields } = await effectivePolicy(ctx.db, entry);
  if (!fields.allow_additive_continue) return null;
  try {
    await ctx.db.savepoint(async (db) => {
      const inner = { ...ctx, db };
      const actions = await carriedActions(inner, entry, before, columns);
      await applySharedDecision(inner, entry, { columns, actions, sample: lineage });
    });
  } catch (error) {
    // What a rule cannot decide is a person's to decide.
    if (!(error instanceof Refusal)) throw error;
    return null;
  }
  const [approved] = await ctx.db.orm.select().from(registryEntry).where(eq(registryEntry.id, entry.id));
  if (approved === undefined) throw new Error('the registry entry vanished while it was being approved');
  await recordEvent(ctx, {
    ...registryEvent(entry, 'edge_registry_entry.additive_continued', entry.id, {
      continues: before.schemaHash,
    }),
    subject: { kind: 'registry_entry', id: entry.id },
  });
  return approved;
}

/** What was decided on the schema before; only new columns are new, and mirrored where anything is. */
async function carriedActions(
  ctx: Ctx,
  entry: EntryRow,
  before: EntryRow,
  columns: readonly SchemaColumn[],
): Promise<ColumnAction[]> {
  const bound = new Map((before.bindings ?? []).map((b) => [b.sourceColumnName, b]));
  const isMirrored = before.mirrorId !== null;
  const existing = await lockMirror(ctx.db, sharedMirrorSource(entry));
  const shape = mirrorShapeOf(entry.capture, columns);
  const proposals = proposeActions(shape.columns, existing?.columns ?? null, new Map(), shape.own);
  return columns.map(({ name }): ColumnAction => {
    const was = bound.get(name);
    const proposed = proposals.get(name)?.action;
    if (was === undefined) {
      return isMirrored && proposed !== undefined ? proposed : { source_column_name: name, action: 'ignore' };
    }
    const named = was.mirrorColumnName === null ? {} : { mirror_column_name: was.mirrorColumnName };
    return { source_column_name: name, action: was.action, ...named };
  });
}
