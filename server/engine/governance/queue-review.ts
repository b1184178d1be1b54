// Opens the review of a schema version: the one place where a question to a person is made.
import { schemaReview } from '@/server/db/schema/governance';
import { uuidV4 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';
import type { VersionRow } from './locked-review';

/** Queues a review of `version` on a locked lineage. */
export async function queueReview(ctx: Ctx, lineage: LineageRow, version: VersionRow): Promise<void> {
  const id = uuidV4();
  const now = ctx.clock.now();
  await ctx.db.orm.insert(schemaReview).values({
    id,
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    schemaVersionId: version.id,
    sourceTable: lineage.sourceTable,
    schemaHash: version.schemaHash,
    classification: version.classification,
    reasons: version.reasons,
    status: 'queued',
    createdAt: now,
    updatedAt: now,
  });
  await recordEvent(ctx, {
    kind: 'edge_schema_review.queued',
    subject: { kind: 'schema_review', id },
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    data: {
      source_table: lineage.sourceTable,
      schema_hash: version.schemaHash,
      classification: version.classification,
      reasons: version.reasons,
    },
  });
}
