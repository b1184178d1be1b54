// What a draft rests on, so that it can be said when that has changed. The facts are those of the moment when the
// draft was begun: a save that renewed them by itself would take the mark away before anybody had read it.
import { eq } from 'drizzle-orm';
import { schemaVersion, type DraftBasis } from '@/server/db/schema/governance';
import type { Ctx } from '../context/context';
import { approvedVersion } from './approved-version';
import { inferColumns } from './infer-columns';
import { versionOf, type ReviewRow } from './locked-review';
import { sampleColumn, sampleRows } from './sample-values';

/** The facts as they are now. */
export async function draftBasisOf(ctx: Ctx, review: ReviewRow): Promise<DraftBasis> {
  const version = await versionOf(ctx, review);
  const approved = await approvedVersion(ctx, review.lineageId, review);
  const known = await ctx.db.orm
    .select({ schemaHash: schemaVersion.schemaHash })
    .from(schemaVersion)
    .where(eq(schemaVersion.lineageId, review.lineageId));
  const rows = await sampleRows(ctx.db, review.lineageId, review.schemaHash);
  const columns = version.columns ?? (await inferColumns(ctx.db, review.lineageId, review.schemaHash));
  return {
    approvedHash: approved?.schemaHash ?? null,
    hashes: known.map((v) => v.schemaHash).sort(),
    columnsHash: version.columnsHash,
    columns: columns.map((c) => c.name),
    hadRows: rows.length > 0,
    misfits: columns.filter((c) => sampleColumn(rows, c).misfitRows > 0).map((c) => c.name),
  };
}

/** In what the picture has changed, in sentences; null where a decision made on `then` can be made on `now` too. */
export function staleReason(then: DraftBasis, now: DraftBasis): string | null {
  const added = now.columns.filter((name) => !then.columns.includes(name));
  const misfits = now.misfits.filter((name) => !then.misfits.includes(name));
  const hashes = now.hashes.filter((hash) => !then.hashes.includes(hash)).length;
  const reasons = [
    ...(added.length > 0
      ? [`The schema has columns that the draft does not know: ${added.join(', ')}.`]
      : then.columnsHash !== now.columnsHash
        ? ['The columns of this schema have been described anew.']
        : []),
    ...(then.approvedHash === now.approvedHash
      ? []
      : ['Another schema of this table was approved meanwhile, which this one is compared with now.']),
    ...(hashes === 0
      ? []
      : [
          `The device has sent ${hashes === 1 ? 'another schema' : `${String(hashes)} other schemas`} since.`,
        ]),
    ...(now.hadRows && !then.hadRows
      ? ['The first rows have arrived since; the draft was made without one.']
      : []),
    ...(misfits.length > 0
      ? [`Values that do not fit their type have arrived since in: ${misfits.join(', ')}.`]
      : []),
  ];
  return reasons.length === 0 ? null : reasons.join(' ');
}

/** Whether the review's draft is stale, and why; null without a draft. */
export async function draftStale(ctx: Ctx, review: ReviewRow): Promise<{ reason: string } | null> {
  if (review.draft === null || review.draftBasis === null) return null;
  const reason = staleReason(review.draftBasis, await draftBasisOf(ctx, review));
  return reason === null ? null : { reason };
}
