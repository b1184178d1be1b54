// A lineage's staged rows in version order, which is the order a replay takes them in and the primary key's:
// any page by cursor is one index range.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listStagedRowsInput, type StagedRow } from '@/server/contract/rows';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { requireLineage } from '../lineages/require-lineage';
import { boundedRead } from '../paging/bounded-read';
import { listTwoWayPage } from '../paging/two-way-page';
import { isUnfiltered, soughtPlace, stagedColumns, stagedConditions, stagedOrder } from './staged-select';
import { toStagedRow, type StagedRowRow } from './staged-row-view';

/** Without filters the total is exact at no cost: the lineage counts its staged rows. */
export async function listStagedRows({
  ctx,
  projectId,
  lineageId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof listStagedRowsInput>;
}): Promise<Page<StagedRow>> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const query = parseInput(listStagedRowsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const lineage = await requireLineage(ctx, project, lineageId);
  const isWhole = isUnfiltered(query);
  const { staging_reason, schema_hash, op, where, seek } = query;
  return boundedRead(ctx.db, async (db) => {
    const { sql } = db;
    return listTwoWayPage<StagedRowRow, StagedRow>({
      db,
      page: query,
      columns: stagedColumns(sql, lineage.source_table),
      from: sql`tidegate.staged_row s`,
      where: stagedConditions(sql, lineage.id, query),
      order: stagedOrder(sql, query.sort),
      ...(isWhole ? { total: Number(lineage.staged_rows) } : {}),
      deep: {
        list: JSON.stringify(['staged', lineage.id, staging_reason, schema_hash, op, where]),
        clock: ctx.clock,
      },
      backward: query.direction === 'backward',
      startAt: seek === undefined ? null : await soughtPlace(sql, lineage.id, seek),
      toItem: toStagedRow,
    });
  });
}
