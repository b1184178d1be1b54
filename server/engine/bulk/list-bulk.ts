import type { Fragment } from 'postgres';
import type { z } from 'zod';
import { listBulkItemsInput, listBulkJobsInput, type BulkItem, type BulkJob } from '@/server/contract/bulk';
import type { Page } from '@/server/contract/common';
import { rfc3339OrNull } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { jobColumns, jobFrom, readJob, requireJob, toJob, type BulkTarget, type JobView } from './bulk-row';

/** The bulk jobs of a project, the newest first. */
export async function listBulkJobs(args: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listBulkJobsInput>;
}): Promise<Page<BulkJob>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listBulkJobsInput, args.input, 'query');
  const project = await requireProject(ctx, args.projectId);
  const { sql } = ctx.db;
  const where: Fragment[] = [
    sql`j.project_id = ${project.id}`,
    sql`j.org_id = ${project.orgId}`,
    ...(query.status === undefined ? [] : [sql`j.status = ${query.status}`]),
    ...(query.action === undefined ? [] : [sql`j.action = ${query.action}`]),
  ];
  return listPage<JobView, BulkJob>({
    db: ctx.db,
    page: query,
    columns: jobColumns(sql),
    from: jobFrom(sql),
    walked: sql`tidegate.bulk_job j`,
    where,
    order: {
      name: '-created_at',
      descending: true,
      keys: [
        { expression: sql`j.created_at`, type: 'timestamptz' },
        { expression: sql`j.id`, type: 'uuid' },
      ],
    },
    toItem: (row) => toJob(ctx, row),
  });
}

/** One job with how far it is. 404 `bulk_job_not_found`. */
export async function getBulkJob(target: BulkTarget): Promise<BulkJob> {
  requirePermission(target.ctx, 'PROJECT_CAN_VIEW');
  return readJob(target.ctx, (await requireJob(target)).id);
}

/** What became of each item, in the order that they are done in. */
export async function listBulkItems(
  args: BulkTarget & { input: z.input<typeof listBulkItemsInput> },
): Promise<Page<BulkItem>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listBulkItemsInput, args.input, 'query');
  const job = await requireJob(args);
  const { sql } = ctx.db;
  return listPage<BulkItem, BulkItem>({
    db: ctx.db,
    page: query,
    columns: sql`i.position, i.subject_kind as kind, i.subject_id, i.device_name, i.source_table, i.schema_hash,
      i.status, i.code, i.detail, i.attempts, i.finished_at`,
    from: sql`tidegate.bulk_job_item i`,
    where: [
      sql`i.job_id = ${job.id}`,
      ...(query.status === undefined ? [] : [sql`i.status = ${query.status}`]),
    ],
    order: {
      name: 'position',
      descending: false,
      keys: [{ expression: sql`i.position`, type: 'bigint' }],
    },
    toItem: (row) => ({ ...row, finished_at: rfc3339OrNull(row.finished_at) }),
  });
}
