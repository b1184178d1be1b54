// A lineage's staged rows as a file of any length, walked in version order: no transaction stays open for the length
// of the download, and each change comes at most once. What leaves staging meanwhile may be missing.
import type { z } from 'zod';
import { exportStagedRowsInput, type StagedRow } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { requireLineage } from '../lineages/require-lineage';
import { parseConditions } from '../paging/row-conditions';
import { walkList } from '../paging/walk-list';
import { stagedColumns, stagedConditions, stagedOrder } from './staged-select';
import { toStagedRow, type StagedRowRow } from './staged-row-view';

export interface StagedExport {
  fileName: string;
  /** The source columns that the lineage's schema versions name. */
  columns: string[];
  pages: AsyncGenerator<StagedRow[]>;
}

/** Checks, records who takes what, then answers the pages. */
export async function exportStagedRows({
  ctx,
  projectId,
  lineageId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof exportStagedRowsInput>;
}): Promise<StagedExport> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const { format, sort, ...filter } = parseInput(exportStagedRowsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const lineage = await requireLineage(ctx, project, lineageId);
  const { sql } = ctx.db;
  const where = stagedConditions(sql, lineage.id, filter);
  await recordEvent(ctx, {
    kind: 'edge_rows.exported',
    subject: { kind: 'lineage', id: lineage.id },
    projectId,
    fleetId: lineage.fleet_id,
    deviceId: lineage.device_id,
    lineageId: lineage.id,
    data: {
      source: 'staged',
      format,
      staging_reason: filter.staging_reason ?? null,
      op: filter.op ?? null,
      schema_hash: filter.schema_hash ?? null,
      filtered_by: parseConditions(filter.where).map(({ column, op }) => `${column} ${op}`),
    },
  });
  return {
    fileName: `${lineage.source_table.replace(/[^\w.-]+/g, '_').slice(0, 80)}-staged.${format}`,
    columns: await columnNames(sql, lineage.id),
    pages: walkList<StagedRowRow, StagedRow>({
      sql,
      columns: stagedColumns(sql, lineage.source_table),
      from: sql`tidegate.staged_row s`,
      where,
      order: stagedOrder(sql, sort),
      toItem: toStagedRow,
    }),
  };
}

async function columnNames(sql: Sql, lineageId: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c ->> 'name' as name from tidegate.schema_version v
    cross join lateral jsonb_array_elements(coalesce(v.columns, '[]')) with ordinality as e(c, n)
    where v.lineage_id = ${lineageId} group by 1 order by min(v.first_seen_at), min(e.n)`;
  return rows.map(({ name }) => name);
}
