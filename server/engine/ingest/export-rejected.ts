// Rejected batches as a file, oldest first, read page by page. The payload goes along for those who may read rows.
import type { RejectedBatch, RejectedBatchFilter } from '@/server/contract/rows';
import { mayReadRows, requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { join } from '../paging/list-page';
import { payloadText, type PayloadText } from './payload-text';
import {
  rejectedBatchColumns,
  rejectedBatchFrom,
  toRejectedBatch,
  type RejectedBatchRow,
} from './rejected-batch-row';
import { rejectedConditions } from './rejected-conditions';

/** A payload has up to 512 KiB. */
const PAGE_ROWS = 50;

export type ExportedBatch = RejectedBatch & Partial<PayloadText>;

/** Checks, then answers the pages. */
export async function exportRejected({
  ctx,
  projectId,
  filter,
}: {
  ctx: Ctx;
  projectId: string;
  filter: RejectedBatchFilter;
}): Promise<AsyncGenerator<ExportedBatch[]>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const where = join(sql, await rejectedConditions(ctx, project, filter), sql` and `);
  const withPayload = mayReadRows(ctx);
  return (async function* pages() {
    let after: string | null = null;
    for (;;) {
      const rows: (RejectedBatchRow & { payload: Buffer | null })[] = await sql<
        (RejectedBatchRow & { payload: Buffer | null })[]
      >`
        select ${rejectedBatchColumns(sql)}, case when ${withPayload}::boolean then b.payload end as payload
        from ${rejectedBatchFrom(sql)}
        where ${where} and (${after}::uuid is null or b.id > ${after}::uuid) order by b.id limit ${PAGE_ROWS}`;
      if (rows.length > 0)
        yield rows.map(({ payload, ...row }) => ({
          ...toRejectedBatch(row),
          ...(payload === null ? {} : payloadText(payload)),
        }));
      if (rows.length < PAGE_ROWS) return;
      after = rows.at(-1)?.id ?? null;
    }
  })();
}
