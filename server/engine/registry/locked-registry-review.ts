// How every verb on a registry review begins. A decision locks in the order of invariant 7: the waiting lineages,
// then entry and review, then the mirror. A device that joins between the first two is seen once the entry is
// held, and locked before anything is decided: else it would wait for ever beside an approved entry.
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { EventOf } from '@/server/contract/event-kinds';
import { lineage } from '@/server/db/schema/governance';
import { registryReview } from '@/server/db/schema/registry';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { conflict, notFound } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';
import { isUuid } from '@/server/lib/uuid';
import { lockEntry, type EntryRow } from './entry';
import { registryEvent } from './registry-event';
import { requirePlace, type RegistryTarget } from './registry-scope';

export type RegistryReviewRow = typeof registryReview.$inferSelect;

/** The arguments of a verb on one registry review. */
export interface ReviewTarget extends RegistryTarget {
  ctx: Ctx;
  reviewId: string;
}

export interface LockedDecision {
  entry: EntryRow;
  review: RegistryReviewRow;
  /** Every lineage that the decision is for, locked. */
  lineages: LineageRow[];
}

/** A review that the caller's organisation has at that place, without a lock. Throws 404. */
export async function findRegistryReview(
  ctx: Ctx,
  target: RegistryTarget & { reviewId: string },
): Promise<RegistryReviewRow> {
  const place = await requirePlace(ctx, target);
  if (!isUuid(target.reviewId)) throw notFound('registry review', target.reviewId);
  const [row] = await ctx.db.orm
    .select()
    .from(registryReview)
    .where(
      and(
        eq(registryReview.id, target.reviewId),
        eq(registryReview.projectId, place.projectId),
        eq(registryReview.orgId, place.orgId),
        place.fleetId === null ? undefined : eq(registryReview.fleetId, place.fleetId),
      ),
    );
  if (row === undefined) throw notFound('registry review', target.reviewId);
  return row;
}

/** Locks the review alone: for what changes no device. Throws 404, or 409 where `actionVersion` is stale. */
export async function lockRegistryReview(
  ctx: Ctx,
  target: RegistryTarget & { reviewId: string },
  actionVersion: number | null,
): Promise<RegistryReviewRow> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const found = await findRegistryReview(ctx, target);
  return holdReview(ctx, found.id, actionVersion);
}

async function holdReview(
  ctx: Ctx,
  reviewId: string,
  actionVersion: number | null,
): Promise<RegistryReviewRow> {
  const [review] = await ctx.db.orm
    .select()
    .from(registryReview)
    .where(eq(registryReview.id, reviewId))
    .for('update');
  if (review === undefined) throw notFound('registry review', reviewId);
  if (actionVersion !== null && review.actionVersion !== actionVersion) {
    throw conflict(
      'stale_action_version',
      `The review has changed since you saw it: it is ${review.status} at version ${review.actionVersion}, you sent version ${actionVersion}. Look at it again and repeat the action.`,
      stateOf(review),
    );
  }
  return review;
}

/** Thrown through a savepoint to let the entry go again. */
class SomebodyJoined extends Error {}

/** Locks lineages in one order, so that two who lock many never wait for each other. */
export async function lockLineages(ctx: Ctx, ids: readonly string[]): Promise<LineageRow[]> {
  if (ids.length === 0) return [];
  return ctx.db.orm
    .select()
    .from(lineage)
    .where(inArray(lineage.id, [...ids]))
    .orderBy(asc(lineage.id))
    .for('update');
}

/** One fan-out at a time in a project: two would lock the same lineages in different orders. */
export const lockFanOut = async ({ db }: Ctx, projectId: string): Promise<void> => {
  await db.sql`select pg_advisory_xact_lock(hashtextextended(${`registry fan-out ${projectId}`}, 0))`;
};

/**
 * Locks everything that a decision on an entry touches. `waiting` answers the lineages that it is for.
 * @param hold locks what else the decision needs, once the entry is held.
 */
export async function lockEntryWith<T>(
  ctx: Ctx,
  entryOf: { id: string; projectId: string },
  waiting: (ctx: Ctx, entryId: string) => Promise<string[]>,
  hold: (ctx: Ctx) => Promise<T>,
): Promise<{ entry: EntryRow; lineages: LineageRow[]; held: T }> {
  await lockFanOut(ctx, entryOf.projectId);
  const lineages = new Map<string, LineageRow>();
  for (;;) {
    const ids = (await waiting(ctx, entryOf.id)).filter((id) => !lineages.has(id));
    for (const row of await lockLineages(ctx, ids)) lineages.set(row.id, row);
    try {
      return await ctx.db.savepoint(async (db) => {
        const inner = { ...ctx, db };
        const entry = await lockEntry(db, entryOf.id);
        if (entry === null) throw notFound('registry entry', entryOf.id);
        const now = await waiting(inner, entryOf.id);
        if (now.some((id) => !lineages.has(id))) throw new SomebodyJoined();
        const still = new Set(now);
        const held = await hold(inner);
        return { entry, lineages: [...lineages.values()].filter(({ id }) => still.has(id)), held };
      });
    } catch (error) {
      if (!(error instanceof SomebodyJoined)) throw error;
    }
  }
}

/** Locks a review with its entry and the lineages it decides. Throws 404, or 409 where the version is stale. */
export async function lockDecision(
  ctx: Ctx,
  target: RegistryTarget & { reviewId: string },
  actionVersion: number,
  waiting: (ctx: Ctx, entryId: string) => Promise<string[]>,
): Promise<LockedDecision> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const found = await findRegistryReview(ctx, target);
  const of = { id: found.registryId, projectId: found.projectId };
  const { entry, lineages, held } = await lockEntryWith(ctx, of, waiting, (inner) =>
    holdReview(inner, found.id, actionVersion),
  );
  return { entry, lineages, review: held };
}

/** What a 409 shows of a review. */
export const stateOf = (review: RegistryReviewRow): Record<string, unknown> => ({
  id: review.id,
  status: review.status,
  action_version: review.actionVersion,
  claimed_by: review.claimedBy,
  claimed_at: review.claimedAt?.toISOString() ?? null,
});

/** Refuses with 409 unless the review is in one of `statuses`. */
export function requireStatus(
  review: RegistryReviewRow,
  statuses: readonly RegistryReviewRow['status'][],
  verb: string,
): void {
  if (statuses.includes(review.status)) return;
  throw conflict(
    'review_status_conflict',
    `A review that is ${review.status} cannot be ${verb}; it has to be ${statuses.join(' or ')}.`,
    stateOf(review),
  );
}

/** Refuses with 409 unless the caller is the claimant. */
export function requireClaimant(ctx: Ctx, review: RegistryReviewRow): void {
  requireStatus(review, ['in_review'], 'decided');
  if (review.claimedBy === ctx.actor.id) return;
  throw conflict(
    'not_the_claimant',
    'Another operator has claimed this review. Take it over first; the draft comes with it.',
    stateOf(review),
  );
}

/** Writes a change of a review, raises its version and records the event. */
export async function changeRegistryReview(
  ctx: Ctx,
  review: RegistryReviewRow,
  kind: EventOf<'edge_registry_review'>,
  change: Partial<typeof registryReview.$inferInsert>,
  data: Record<string, unknown> = {},
): Promise<RegistryReviewRow> {
  const [after] = await ctx.db.orm
    .update(registryReview)
    .set({ ...change, actionVersion: review.actionVersion + 1, updatedAt: ctx.clock.now() })
    .where(eq(registryReview.id, review.id))
    .returning();
  if (after === undefined) throw notFound('registry review', review.id);
  const entry = { ...review, id: review.registryId };
  await recordEvent(
    ctx,
    registryEvent(entry, `edge_registry_review.${kind}`, review.id, {
      before: stateOf(review),
      after: stateOf(after),
      ...data,
    }),
  );
  return after;
}
