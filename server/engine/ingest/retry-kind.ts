// Ingests again what was refused for one cause, some at a time and oldest first. Each batch is a transaction of its
// own with its own result, so that a caller who stops, or loses the connection, goes on with what is left.
import type { z } from 'zod';
import { retryKindInput, type RetryKindInput } from '@/server/contract/rows';
import type { retriedKind } from '@/server/contract/results';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { join } from '../paging/list-page';
import { rejectedConditions } from './rejected-conditions';
import { retryRejectedBatch, type RetryResult } from './retry-rejected-batch';

/**
 * Retries at most `limit` batches of the cause that no retry has brought in. `after` of the answer goes into the next
 * call; it is null once there is none left. Ids rise with the time of receipt.
 */
export async function retryKind({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: RetryKindInput;
}): Promise<z.infer<typeof retriedKind>> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { cause, device_id: deviceId, after = null, limit } = parseInput(retryKindInput, input, 'body');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const filter = {
    cause,
    state: 'waiting',
    ...(deviceId === undefined ? {} : { device_id: deviceId }),
  } as const;
  const where = join(sql, await rejectedConditions(ctx, project, filter), sql` and `);
  const due = await sql<{ id: string }[]>`
    select b.id from tidegate.rejected_batch b
    where ${where} and (${after}::uuid is null or b.id > ${after}::uuid) order by b.id limit ${limit}`;
  const results: RetryResult[] = [];
  for (const { id } of due)
    results.push(await retryRejectedBatch({ ctx, projectId: project.id, rejectedBatchId: id }));
  const accepted = results.filter(({ outcome }) => outcome === 'accepted').length;
  return {
    accepted,
    rejected: results.length - accepted,
    results,
    after: due.length < limit ? null : (due.at(-1)?.id ?? null),
  };
}
