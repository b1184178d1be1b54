import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listRejectedBatchesInput, type RejectedBatch } from '@/server/contract/rows';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import {
  rejectedBatchColumns,
  rejectedBatchFrom,
  toRejectedBatch,
  type RejectedBatchRow,
} from './rejected-batch-row';
import { rejectedConditions } from './rejected-conditions';

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
  const { sql } = ctx.db;
  return listPage<RejectedBatchRow, RejectedBatch>({
    db: ctx.db,
    page: query,
    columns: rejectedBatchColumns(sql),
    from: rejectedBatchFrom(sql),
    walked: sql`tidegate.rejected_batch b`,
    where: await rejectedConditions(ctx, project, query),
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
