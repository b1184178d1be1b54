// What waits for a registry review and whom it concerns, in counts: apart from the review, since they cost more than
// its page may and change with every batch.
import type { RegistryReviewFacts } from '@/server/contract/registry-reads';
import { requirePermission } from '../auth/permissions';
import { notFound } from '../errors/errors';
import { blastRadius } from '../governance/blast-radius';
import { stagedFacts, type StagedFacts } from '../governance/staged-facts';
import { inSnapshot } from '../paging/snapshot';
import { sharedColumns } from './approve-registry-review';
import { readEntry } from './entry';
import { largestBacklogs } from './get-registry-review';
import { findRegistryReview, type ReviewTarget } from './locked-registry-review';
import { readRegistryReview } from './registry-review-row';

/** Devices whose staged rows are looked at, and how many of each. */
const EXAMINED_LINEAGES = 5;
const EXAMINED_ROWS_EACH = 2_000;

type ColumnFacts = StagedFacts['columns'][number];

const plus = (a: ColumnFacts, b: ColumnFacts | undefined): ColumnFacts =>
  b === undefined
    ? a
    : {
        ...a,
        nulls: { rows: a.nulls.rows + b.nulls.rows, of: a.nulls.of + b.nulls.of },
        misfits: {
          rows: a.misfits.rows + b.misfits.rows,
          of: a.misfits.of + b.misfits.of,
          example_kind: a.misfits.example_kind ?? b.misfits.example_kind,
        },
      };

/** Two devices' facts as one's. */
function together(a: StagedFacts, b: StagedFacts): StagedFacts {
  const others = new Map(b.columns.map((column) => [column.source_column_name, column]));
  return {
    examined_rows: a.examined_rows + b.examined_rows,
    estimated: a.estimated || b.estimated,
    columns: a.columns.map((column) => plus(column, others.get(column.source_column_name))),
  };
}

/** 404 `registry_review_not_found`. */
export async function getRegistryReviewFacts(args: ReviewTarget): Promise<RegistryReviewFacts> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  return inSnapshot(args.ctx, async (ctx) => {
    const review = await findRegistryReview(ctx, args);
    const entry = await readEntry(ctx.db, review.registryId);
    if (entry === null) throw notFound('registry review', args.reviewId);
    const lineages = await largestBacklogs(ctx, entry.id, EXAMINED_LINEAGES);
    const columns = await sharedColumns(ctx, entry, lineages);
    const factsOf = (lineageId: string) =>
      stagedFacts(ctx.db, { lineageId, schemaHash: entry.schemaHash }, columns, EXAMINED_ROWS_EACH);
    const [first, ...others] = lineages;
    let facts: StagedFacts =
      first === undefined ? { examined_rows: 0, estimated: false, columns: [] } : await factsOf(first);
    for (const lineageId of others) facts = together(facts, await factsOf(lineageId));
    const { staged_row_count, waiting_lineages } = await readRegistryReview(ctx, review.id);
    return {
      review_id: review.id,
      source_table: entry.sourceTable,
      schema_hash: entry.schemaHash,
      staged_row_count,
      ...facts,
      estimated: facts.estimated || waiting_lineages > lineages.length,
      examined_lineages: lineages.length,
      blast_radius: await blastRadius(ctx, entry),
    };
  });
}
