// One rejected message with its payload. The payload holds row contents, so it takes the right to read rows.
import type { RejectedBatchDetail } from '@/server/contract/rows';
import { isUuid } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { payloadText } from './payload-text';
import {
  rejectedBatchColumns,
  rejectedBatchFrom,
  toRejectedBatch,
  type RejectedBatchRow,
} from './rejected-batch-row';
import { rejectedBatchScope } from './rejected-batch-scope';

/** 404 `rejected_batch_not_found`. */
export async function getRejectedBatch({
  ctx,
  projectId,
  rejectedBatchId,
}: {
  ctx: Ctx;
  projectId: string;
  rejectedBatchId: string;
}): Promise<RejectedBatchDetail> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const project = await requireProject(ctx, projectId);
  if (!isUuid(rejectedBatchId)) throw notFound('rejected batch', rejectedBatchId);
  const { sql } = ctx.db;
  const [row] = await sql<(RejectedBatchRow & { payload: Buffer })[]>`
    select ${rejectedBatchColumns(sql)}, b.payload from ${rejectedBatchFrom(sql)}
    where b.id = ${rejectedBatchId} and ${rejectedBatchScope(ctx, project)}`;
  if (row === undefined) throw notFound('rejected batch', rejectedBatchId);
  return { ...toRejectedBatch(row), ...payloadText(row.payload) };
}
