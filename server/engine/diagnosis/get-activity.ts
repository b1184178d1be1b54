import type { z } from 'zod';
import { activityInput, type Activity, type ActivityPoint } from '@/server/contract/activity';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { bucketsOf } from './activity-window';

interface Sample {
  bucket: number;
  accepted: number;
  staged_rows: number;
  staged_bytes: number;
}

/**
 * Ingest rate and backlog of a project over time. A bucket's rows are the difference between its last sample and
 * the last one before it; lineages that were deleted take their total with them, so it is never below zero.
 */
export async function getActivity({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof activityInput>;
}): Promise<Activity> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const { window } = parseInput(activityInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { seconds, from, count } = bucketsOf(window, ctx.clock.now());
  const samples = await ctx.db.sql<Sample[]>`
    select distinct on (bucket) bucket, accepted_rows::float8 as accepted, staged_rows::float8 as staged_rows,
      staged_bytes::float8 as staged_bytes
    from (
      select floor(extract(epoch from at - ${from.toISOString()}::text::timestamptz) / ${seconds}::int)::int as bucket,
        s.*
      from tidegate.activity_sample s
      where project_id = ${project.id}
        and at >= ${from.toISOString()}::text::timestamptz - make_interval(secs => ${seconds})
    ) b
    order by bucket, at desc`;
  const known = new Map(samples.map((sample) => [sample.bucket, sample]));
  let before = known.get(-1)?.accepted;
  const points = Array.from({ length: count }, (_, i): ActivityPoint => {
    const at = new Date(from.getTime() + i * seconds * 1000).toISOString();
    const sample = known.get(i);
    if (sample === undefined) return { at, rows: null, staged_rows: null, staged_bytes: null };
    const rows = before === undefined ? null : Math.max(0, sample.accepted - before);
    before = sample.accepted;
    return { at, rows, staged_rows: sample.staged_rows, staged_bytes: sample.staged_bytes };
  });
  return { window, bucket_seconds: seconds, points };
}
