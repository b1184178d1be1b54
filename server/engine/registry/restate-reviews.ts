// A review's classification and reasons are stated against the schema that was approved last. An approval changes
// that for the other open reviews of the table: unless they are stated anew, they go on calling a first schema what
// adds one column.
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { SchemaChangeReason } from '@/server/contract/governance';
import { registryEntry, registryReview } from '@/server/db/schema/registry';
import type { Ctx } from '../context/context';
import { classify } from '../governance/classify';
import type { EntryRow } from './entry';
import { changeRegistryReview, type RegistryReviewRow } from './locked-registry-review';

const wordsOf = (reasons: readonly SchemaChangeReason[]): string =>
  JSON.stringify(reasons.map((r) => [r.column, r.change, r.from ?? null, r.to ?? null]));

/**
 * States the other open reviews of the table anew against `approved`; each rises in version by it. One that somebody
 * is at just now is left as it is: to wait for it, with the table held, could be to wait for one who waits for us.
 */
export async function restateOpenReviews(ctx: Ctx, approved: EntryRow): Promise<void> {
  const { scope, scopeId, sourceTable } = approved;
  const open = await ctx.db.orm
    .select({ entry: registryEntry, review: registryReview })
    .from(registryReview)
    .innerJoin(registryEntry, eq(registryEntry.id, registryReview.registryId))
    .where(
      and(
        eq(registryEntry.scope, scope),
        eq(registryEntry.scopeId, scopeId),
        eq(registryEntry.sourceTable, sourceTable),
        eq(registryEntry.status, 'pending'),
        inArray(registryReview.status, ['queued', 'in_review']),
      ),
    )
    .orderBy(asc(registryReview.createdAt), asc(registryReview.id))
    .for('update', { skipLocked: true });
  for (const { entry, review } of open) await restate(ctx, approved, entry, review);
}

async function restate(
  ctx: Ctx,
  approved: EntryRow,
  { id, columns, verified }: EntryRow,
  review: RegistryReviewRow,
): Promise<void> {
  const { classification, reasons } = classify({ columns, verified }, approved.columns);
  if (classification === review.classification && wordsOf(reasons) === wordsOf(review.reasons)) return;
  const stated = { classification, reasons };
  await ctx.db.orm.update(registryEntry).set(stated).where(eq(registryEntry.id, id));
  await changeRegistryReview(ctx, review, 'restated', stated, {
    classification: { before: review.classification, after: classification },
    reasons: { before: review.reasons, after: reasons },
  });
}
