// Whether a batch's schema is the registry's to decide, on a locked lineage: it joins the entry of its scope, is
// admitted by one that is approved, or is left to a review of its own. Nothing passes here that `applySharedDecision`
// has not approved.
import { eq } from 'drizzle-orm';
import { schemaVersion } from '@/server/db/schema/governance';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { SchemaSeen } from '../governance/classify';
import type { VersionRow } from '../governance/locked-review';
import { insertVersion, type DecideTogether, type ResolvedVersion } from '../governance/resolve-version';
import { queueReview } from '../governance/queue-review';
import type { LineageRow } from '../lineages/lineage-row';
import { bindLineages } from './bind-lineages';
import { joinEntry, joinEntryById, openReviewOf, type EntryRow } from './entry';
import { learnSharedColumns } from './learn-shared-columns';
import { openEntry, queueRegistryReview } from './open-entry';
import { scopeInForce } from './registry-scope';

interface Arriving {
  lineage: LineageRow;
  schemaHash: string;
  seen: SchemaSeen;
  /** The lineage's version of the hash, not approved; null where the hash is new to it. */
  known: VersionRow | null;
}

/** See `DecideTogether`. */
export const decideTogether: DecideTogether = async (ctx, lineage, schemaHash, seen, known) => {
  const arriving = { lineage, schemaHash, seen, known };
  if (known !== null && known.registryEntryId !== null) {
    return resolveWaiting(ctx, arriving, known, known.registryEntryId);
  }
  if (known !== null && known.status !== 'pending') return null;
  const scope = await scopeInForce(ctx.db, lineage);
  if (scope === null) return null;
  if (known !== null) {
    // A review of the device's own is open, from before the mode changed. It stays, unless all is decided already.
    const entry = await joinEntry(ctx.db, { ...scope, sourceTable: lineage.sourceTable, schemaHash }, seen);
    return entry?.status === 'approved' && entry.capture === lineage.capture
      ? admit(ctx, arriving, entry)
      : null;
  }
  const entry = await openEntry(ctx, lineage, scope, schemaHash, seen);
  return entry === null ? null : join(ctx, arriving, entry);
};

/** A version that has joined an entry: still waiting, admitted meanwhile, or given up by whoever reviewed it. */
async function resolveWaiting(
  ctx: Ctx,
  arriving: Arriving,
  known: VersionRow,
  entryId: string,
): Promise<ResolvedVersion | null> {
  const { lineage, schemaHash, seen } = arriving;
  const entry = await joinEntryById(ctx.db, { id: entryId }, seen);
  if (entry?.status === 'approved') return admit(ctx, arriving, entry);
  if (known.status !== 'pending') return { status: known.status, isNew: false };
  if (entry !== null && (await openReviewOf(ctx.db, entry.id)) !== null) {
    await learnSharedColumns(ctx, entry, seen);
    return { status: 'pending', isNew: false };
  }
  // Its review was abandoned: who decides now is as the mode in force says.
  const scope = await scopeInForce(ctx.db, lineage);
  const next = scope === null ? null : await openEntry(ctx, lineage, scope, schemaHash, seen);
  if (next === null) {
    await ctx.db.orm
      .update(schemaVersion)
      .set({ registryEntryId: null })
      .where(eq(schemaVersion.id, known.id));
    await queueReview(ctx, lineage, known);
    return { status: 'pending', isNew: true };
  }
  return join(ctx, arriving, next);
}

/** Joins an entry that is held: waits with the others, or is bound as they are. */
async function join(ctx: Ctx, arriving: Arriving, entry: EntryRow): Promise<ResolvedVersion> {
  if (entry.status === 'approved') return admit(ctx, arriving, entry);
  const { lineage, schemaHash, seen, known } = arriving;
  await learnSharedColumns(ctx, entry, seen);
  const status = entry.status === 'rejected' ? 'rejected' : 'pending';
  if (known === null) {
    await insertVersion(ctx, lineage, schemaHash, seenWith(entry, seen), entry, {
      entryId: entry.id,
      status,
    });
  } else {
    await ctx.db.orm
      .update(schemaVersion)
      .set({ registryEntryId: entry.id, status })
      .where(eq(schemaVersion.id, known.id));
  }
  if (status === 'pending' && (await openReviewOf(ctx.db, entry.id)) === null) {
    await queueRegistryReview(ctx, entry);
  }
  return { status, isNew: true };
}

/** Binds the lineage to an approved entry: its first batch lands in the shared mirror. */
async function admit(ctx: Ctx, arriving: Arriving, entry: EntryRow): Promise<ResolvedVersion> {
  const { lineage, schemaHash, seen, known } = arriving;
  if (known === null) {
    const verdict = { classification: 'compatible_mapped', reasons: [] } as const;
    const as = { entryId: entry.id, status: 'approved' } as const;
    await insertVersion(ctx, lineage, schemaHash, seenWith(entry, seen), { ...verdict, reasons: [] }, as);
  }
  await bindLineages(ctx, entry, [lineage.id], null);
  await recordEvent(ctx, {
    kind: 'edge_table_lineage.registry_approved',
    subject: { kind: 'lineage', id: lineage.id },
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    data: {
      registry_id: entry.id,
      scope: entry.scope,
      scope_id: entry.scopeId,
      source_table: entry.sourceTable,
      schema_hash: schemaHash,
    },
  });
  return { status: 'approved', isNew: known === null };
}

/** The entry's columns where the batch brought none, or none that can be trusted. */
const seenWith = (entry: EntryRow, seen: SchemaSeen): SchemaSeen =>
  seen.columns === null || (entry.verified && !seen.verified)
    ? { columns: entry.columns, verified: entry.verified }
    : seen;
