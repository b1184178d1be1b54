import type { z } from 'zod';
import { activityInput, type LineageActivity } from '@/server/contract/activity';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { requireLineage, type LineageScope } from '../lineages/require-lineage';
import { effectivePolicy } from '../policy/effective-policy';
import { bucketsOf, type Buckets } from './activity-window';
import { forecastOf, SEEN_MINUTES, seenMinutesOf } from './forecast';

/** What a lineage received over time, and when its backlog would be full. */
export async function getLineageActivity({
  ctx,
  projectId,
  lineageId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof activityInput>;
}): Promise<LineageActivity> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const { window } = parseInput(activityInput, input, 'query');
  const lineage = await requireLineage(ctx, await requireProject(ctx, projectId), lineageId);
  const buckets = bucketsOf(window, ctx.clock.now());
  const [points, forecast] = await Promise.all([
    pointsOf(ctx, lineage.id, buckets),
    forecastFor(ctx, lineage),
  ]);
  return { window, bucket_seconds: buckets.seconds, points, forecast };
}

async function pointsOf({ db }: Ctx, lineageId: string, { seconds, from, count }: Buckets) {
  const rows = await db.sql<
    { bucket: number; batches: number; rows: number; duplicates: number; staged_batches: number }[]
  >`
    select floor(extract(epoch from received_at - ${from.toISOString()}::text::timestamptz) / ${seconds}::int)::int
        as bucket,
      count(*)::int as batches, sum(rows - duplicates)::float8 as rows, sum(duplicates)::float8 as duplicates,
      count(*) filter (where outcome <> 'mirrored')::int as staged_batches
    from tidegate.batch_ledger
    where lineage_id = ${lineageId} and received_at >= ${from.toISOString()}::text::timestamptz
    group by 1`;
  const known = new Map(rows.map(({ bucket, ...point }) => [bucket, point]));
  const nothing = { batches: 0, rows: 0, duplicates: 0, staged_batches: 0 };
  return Array.from({ length: count }, (_, i) => ({
    at: new Date(from.getTime() + i * seconds * 1000).toISOString(),
    ...(known.get(i) ?? nothing),
  }));
}

async function forecastFor(ctx: Ctx, lineage: LineageScope) {
  const { db, clock } = ctx;
  const now = clock.now();
  const { fields } = await effectivePolicy(db, { projectId: lineage.project_id, fleetId: lineage.fleet_id });
  const from = new Date(now.getTime() - SEEN_MINUTES * 60_000).toISOString();
  const [seen] = await db.sql<{ rows: number }[]>`
    select coalesce(sum(rows - duplicates), 0)::float8 as rows
    from tidegate.batch_ledger
    where lineage_id = ${lineage.id} and received_at >= ${from}::text::timestamptz and outcome = 'staged'`;
  const stagedRows = Number(lineage.staged_rows);
  const stagedBytes = Number(lineage.staged_bytes);
  const rowsSeen = seen?.rows ?? 0;
  return forecastOf(
    {
      stagedRows,
      stagedBytes,
      capRows: fields.max_pending_rows_per_lineage,
      capBytes: fields.max_pending_bytes_per_lineage,
      rowsSeen,
      // The ledger knows the size of messages, not of rows; those at hand are the best measure of the next.
      bytesSeen: stagedRows === 0 ? 0 : (rowsSeen * stagedBytes) / stagedRows,
      seenMinutes: seenMinutesOf(rfc3339(lineage.created_at), now),
    },
    now,
  );
}
