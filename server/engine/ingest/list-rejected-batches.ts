import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listRejectedBatchesInput, type RejectedBatch } from '@/server/contract/rows';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import {
  rejectedBatchColumns,
  rejectedBatchFrom,
  toRejectedBatch,
  type RejectedBatchRow,
} from './rejected-batch-row';
import { rejectedBatchScope } from './rejected-batch-scope';

/** The inbox of rejected messages, newest first, without their payloads. */
export async function listRejectedBatches({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listRejectedBatchesInput>;
}): Promise<Page<RejectedBatch>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listRejectedBatchesInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const deviceId =
    query.device_id === undefined ? undefined : await requireDeviceId(ctx, project, query.device_id);
  const { sql } = ctx.db;
  return listPage<RejectedBatchRow, RejectedBatch>({
    db: ctx.db,
    page: query,
    columns: rejectedBatchColumns(sql),
    from: rejectedBatchFrom(sql),
    walked: sql`tidegate.rejected_batch b`,
    where: [
      rejectedBatchScope(ctx, project),
      ...(query.code === undefined ? [] : [sql`b.code = ${query.code}`]),
      ...(deviceId === undefined ? [] : [sql`b.device_id = ${deviceId}`]),
      ...(query.since === undefined ? [] : [sql`b.received_at >= ${query.since}::text::timestamptz`]),
    ],
    order: {
      name: '-received_at',
      descending: true,
      keys: [
        { expression: sql`b.received_at`, type: 'timestamptz' },
        { expression: sql`b.id`, type: 'uuid' },
      ],
    },
    toItem: toRejectedBatch,
  });
}
