// The ends of a registry review that let nothing pass. Rejected: every device on the schema stays held for it and
// keeps its staged rows. Abandoned: nobody decides it here; the devices go on waiting, and the next batch of any
// of them asks again as the mode in force then says, in the registry or on the device's own review.
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { rejectReviewInput, reopenReviewInput } from '@/server/contract/governance';
import { abandonReviewInput, type RegistryReview } from '@/server/contract/registry';
import { registryEntry } from '@/server/db/schema/registry';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvents } from '../events/record-event';
import { openReviewOf } from './entry';
import {
  changeRegistryReview,
  lockDecision,
  requireClaimant,
  requireStatus,
  stateOf,
  type LockedDecision,
  type ReviewTarget,
} from './locked-registry-review';
import { readRegistryReview } from './registry-review-row';
import { releaseHolds } from './release-holds';
import { rejectedLineages, waitingLineages } from './waiting-lineages';

const RESUME = { actionKind: 'resume', actionVersion: 0, registryReviewId: null } as const;

/** Rejects a review that the caller has claimed, for every device that waits and every one that comes. */
export async function rejectRegistryReview(
  args: ReviewTarget & { input: z.input<typeof rejectReviewInput> },
): Promise<RegistryReview> {
  return inTransaction(args.ctx, async (ctx) => {
    const input = parseInput(rejectReviewInput, args.input, 'body');
    const locked = await lockDecision(ctx, args, input.action_version, waitingLineages);
    requireClaimant(ctx, locked.review);
    await setStatus(ctx, locked, 'rejected');
    const decided = { decidedBy: ctx.actor.id, decidedAt: ctx.clock.now() };
    await changeRegistryReview(
      ctx,
      locked.review,
      'rejected',
      { status: 'rejected', reason: input.reason, ...decided },
      { reason: input.reason, lineages: locked.lineages.length },
    );
    await releaseHolds(ctx, idsOf(locked), RESUME);
    return readRegistryReview(ctx, locked.review.id);
  });
}

/** Gives an open review up. It need not be claimed by the caller, only not by somebody else. */
export async function abandonRegistryReview(
  args: ReviewTarget & { input: z.input<typeof abandonReviewInput> },
): Promise<RegistryReview> {
  return inTransaction(args.ctx, async (ctx) => {
    const input = parseInput(abandonReviewInput, args.input, 'body');
    const locked = await lockDecision(ctx, args, input.action_version, waitingLineages);
    requireStatus(locked.review, ['queued', 'in_review'], 'abandoned');
    if (locked.review.status === 'in_review') requireClaimant(ctx, locked.review);
    const decided = { decidedBy: ctx.actor.id, decidedAt: ctx.clock.now() };
    await changeRegistryReview(
      ctx,
      locked.review,
      'abandoned',
      { status: 'abandoned', reason: input.reason, ...decided },
      { reason: input.reason, lineages: locked.lineages.length },
    );
    await releaseHolds(ctx, idsOf(locked), RESUME);
    return readRegistryReview(ctx, locked.review.id);
  });
}

/** Puts a rejected review back into the queue; its devices wait for it again. */
export async function reopenRegistryReview(
  args: ReviewTarget & { input: z.input<typeof reopenReviewInput> },
): Promise<RegistryReview> {
  return inTransaction(args.ctx, async (ctx) => {
    const input = parseInput(reopenReviewInput, args.input, 'body');
    const locked = await lockDecision(ctx, args, input.action_version, rejectedLineages);
    requireStatus(locked.review, ['rejected'], 'reopened');
    if (locked.entry.status !== 'rejected' || (await openReviewOf(ctx.db, locked.entry.id)) !== null) {
      throw conflict(
        'decided_since',
        `A later review of this schema is open, or has decided it: the entry is ${locked.entry.status}.`,
        stateOf(locked.review),
      );
    }
    await setStatus(ctx, locked, 'pending');
    const open = { claimedBy: null, claimedAt: null, decidedBy: null, decidedAt: null, reason: null };
    await changeRegistryReview(ctx, locked.review, 'reopened', { status: 'queued', ...open });
    await holdAgain(ctx, locked);
    return readRegistryReview(ctx, locked.review.id);
  });
}

const idsOf = ({ lineages }: LockedDecision): string[] => lineages.map(({ id }) => id);

/** The entry's status, and that of the locked lineages' versions with it. */
async function setStatus(ctx: Ctx, locked: LockedDecision, status: 'pending' | 'rejected'): Promise<void> {
  const { entry } = locked;
  await ctx.db.orm
    .update(registryEntry)
    .set({ status, updatedAt: ctx.clock.now() })
    .where(eq(registryEntry.id, entry.id));
  await ctx.db.sql`
    update tidegate.schema_version set status = ${status}
    where lineage_id = any(${idsOf(locked)}::uuid[]) and registry_entry_id = ${entry.id}`;
}

/** Holds those of the locked lineages that had gone on with another schema. */
async function holdAgain(ctx: Ctx, locked: LockedDecision): Promise<void> {
  const detail = 'A schema of this table waits for a decision of the registry.';
  const held = await ctx.db.sql<{ lineage_id: string }[]>`
    insert into tidegate.pause_cause (lineage_id, cause, since, detail)
    select l.id, 'schema_review', ${ctx.clock.now().toISOString()}, ${detail}
    from unnest(${idsOf(locked)}::uuid[]) as l(id)
    on conflict do nothing returning lineage_id`;
  const of = new Map(locked.lineages.map((l) => [l.id, l]));
  await recordEvents(
    ctx,
    held.flatMap(({ lineage_id: id }) => {
      const lineage = of.get(id);
      if (lineage === undefined) return [];
      const { orgId, projectId, fleetId, deviceId } = lineage;
      const at = { orgId, projectId, fleetId, deviceId, lineageId: id };
      const data = { cause: 'schema_review', detail };
      return [{ kind: 'edge_table_lineage.ingestion_paused', subject: { kind: 'lineage', id }, ...at, data }];
    }),
  );
}
