// What a draft of a registry review rests on. A device may bring the columns of a hash that was known alone, another
// schema of the table may be approved, and the devices that wait may send what does not fit: each of them changes what
// was decided on.
import type { DraftBasis } from '@/server/db/schema/governance';
import { schemaHash } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { staleReason } from '../governance/draft-basis';
import { sampleColumn, sampleRows } from '../governance/sample-values';
import { sharedColumns } from './approve-registry-review';
import { approvedBefore, type EntryRow } from './entry';
import type { RegistryReviewRow } from './locked-registry-review';

/** The facts as they are now; `lineages` are those whose rows are looked at. */
export async function sharedDraftBasis(
  ctx: Ctx,
  entry: EntryRow,
  lineages: readonly string[],
): Promise<DraftBasis> {
  const columns = await sharedColumns(ctx, entry, lineages);
  const samples = await Promise.all(lineages.map((id) => sampleRows(ctx.db, id, entry.schemaHash)));
  const rows = samples.flat();
  return {
    approvedHash: (await approvedBefore(ctx.db, entry))?.schemaHash ?? null,
    hashes: [],
    columnsHash:
      entry.columns === null ? null : schemaHash({ tableName: entry.sourceTable, columns: entry.columns }),
    columns: columns.map((c) => c.name),
    hadRows: rows.length > 0,
    misfits: columns.filter((c) => sampleColumn(rows, c).misfitRows > 0).map((c) => c.name),
  };
}

/** Whether the review's draft is stale, and why; null without a draft. */
export async function sharedDraftStale(
  ctx: Ctx,
  { draft, draftBasis }: RegistryReviewRow,
  entry: EntryRow,
  lineages: readonly string[],
): Promise<{ reason: string } | null> {
  if (draft === null || draftBasis === null) return null;
  const reason = staleReason(draftBasis, await sharedDraftBasis(ctx, entry, lineages));
  return reason === null ? null : { reason };
}
