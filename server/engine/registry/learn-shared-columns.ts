// A device brought the columns of a hash that the registry knew alone, or unverified. The open review rises in
// version by it: whoever decides has to have seen the columns that are decided.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { registryEntry, registryReview } from '@/server/db/schema/registry';
import type { Ctx } from '../context/context';
import { classify, type SchemaSeen } from '../governance/classify';
import { lastApproved, learnsFrom, type EntryRow } from './entry';

/** Takes over what `seen` says better; the entry is held for update where it does. */
export async function learnSharedColumns(ctx: Ctx, entry: EntryRow, seen: SchemaSeen): Promise<void> {
  if (!learnsFrom(entry, seen) || seen.columns === null) return;
  const verdict = classify(seen, (await lastApproved(ctx.db, entry))?.columns ?? null);
  const known = { classification: verdict.classification, reasons: verdict.reasons };
  const updatedAt = ctx.clock.now();
  await ctx.db.orm
    .update(registryEntry)
    .set({ ...known, columns: [...seen.columns], verified: seen.verified, updatedAt })
    .where(eq(registryEntry.id, entry.id));
  await ctx.db.orm
    .update(registryReview)
    .set({ ...known, actionVersion: sql`${registryReview.actionVersion} + 1`, updatedAt })
    .where(
      and(eq(registryReview.registryId, entry.id), inArray(registryReview.status, ['queued', 'in_review'])),
    );
}
