// What is proposed for each column of a review, and what that is compared with.
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { captureOf } from '../lineages/lineage-row';
import { readMirror, type ExistingMirror, type MirrorSource } from '../mirror/provision-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { earlierDecisions } from './approved-version';
import { proposeActions, type EarlierDecisions, type Proposal } from './column-actions';
import { inferColumns } from './infer-columns';
import { mirrorOfVersions, versionsBefore } from './mirror-before';
import { versionOf, type ReviewRow, type VersionRow } from './locked-review';

export interface ReviewProposals {
  version: VersionRow;
  columns: SchemaColumn[];
  source: MirrorSource;
  existing: ExistingMirror | null;
  shape: ReturnType<typeof mirrorShapeOf>;
  earlier: EarlierDecisions;
  /** By source column. */
  proposals: Map<string, Proposal>;
}

/** The proposals for a review that the caller may see. */
export async function reviewProposals(ctx: Ctx, review: ReviewRow): Promise<ReviewProposals> {
  const version = await versionOf(ctx, review);
  const columns = version.columns ?? (await inferColumns(ctx.db, review.lineageId, review.schemaHash));
  const source = {
    projectId: review.projectId,
    scope: 'device' as const,
    scopeId: review.deviceId,
    sourceTable: review.sourceTable,
  };
  const existing = await readMirror(ctx.db, source);
  const shape = mirrorShapeOf(await captureOf(ctx, review.lineageId), columns);
  const earlier = await earlierDecisions(ctx, review.lineageId);
  const proposals = proposeActions(shape.columns, existing?.columns ?? null, earlier, shape.own);
  return { version, columns, source, existing, shape, earlier, proposals };
}

/**
 * `proposals` with the reasons that held when the review was decided: what it has brought itself is there since, and is
 * no reason for it.
 */
export async function withReasonsThen(
  ctx: Ctx,
  { lineageId, schemaVersionId, decidedAt }: ReviewRow,
  { shape, proposals }: Pick<ReviewProposals, 'shape' | 'proposals'>,
): Promise<Map<string, Proposal>> {
  if (decidedAt === null) return proposals;
  const decided = { schemaVersionId, decidedAt };
  const existing = mirrorOfVersions(await versionsBefore(ctx, lineageId, decided), shape.own);
  const earlier = await earlierDecisions(ctx, lineageId, decided);
  return withReasonsOf(proposals, proposeActions(shape.columns, existing, earlier, shape.own));
}

/** The actions of `now` with the reasons of `then`. */
export const withReasonsOf = (
  now: ReadonlyMap<string, Proposal>,
  then: ReadonlyMap<string, Proposal>,
): Map<string, Proposal> =>
  new Map([...now].map(([name, { action }]) => [name, { action, reason: then.get(name)?.reason ?? '' }]));
