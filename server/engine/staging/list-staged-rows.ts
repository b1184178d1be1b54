// A lineage's staged rows in version order, which is the order a replay takes them in and the primary key's:
// any page by cursor is one index range.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listStagedRowsInput, type ListStagedRowsInput, type StagedRow } from '@/server/contract/rows';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { requireLineage } from '../lineages/require-lineage';
import { listPage } from '../paging/list-page';
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
  const { sql } = ctx.db;
  return listPage<StagedRowRow, StagedRow>({
    db: ctx.db,
    page: query,
    columns: sql`
      s.epoch_ordinal, s.commit_seq, encode(s.pk_hash, 'hex') as pk_hash,
      ${lineage.source_table}::text as source_table, s.schema_hash, s.journal_epoch, s.event_ts, s.op, s.pk, s."row",
      s.staging_reason, s.error, s.received_at,
      array(select c ->> 'name' from tidegate.schema_version v
              cross join lateral jsonb_array_elements(coalesce(v.columns, '[]')) as c
            where v.lineage_id = s.lineage_id and v.schema_hash = s.schema_hash
              and c ->> 'decl_type_affinity' = 'NUMERIC') as numeric_columns`,
    from: sql`tidegate.staged_row s`,
    where: [
      sql`s.lineage_id = ${lineage.id}`,
      ...(query.staging_reason === undefined ? [] : [sql`s.staging_reason = ${query.staging_reason}`]),
      ...(query.schema_hash === undefined ? [] : [sql`s.schema_hash = ${query.schema_hash}`]),
      ...(query.op === undefined ? [] : [sql`s.op = ${query.op}`]),
    ],
    order: {
      name: 'version',
      descending: false,
      keys: [
        { expression: sql`s.epoch_ordinal`, type: 'bigint' },
        { expression: sql`s.commit_seq`, type: 'bigint' },
        { expression: sql`s.pk_hash`, type: 'bytea' },
      ],
    },
    ...(isUnfiltered(query) ? { total: Number(lineage.staged_rows) } : {}),
    deep: {
      list: JSON.stringify(['staged', lineage.id, query.staging_reason, query.schema_hash, query.op]),
      clock: ctx.clock,
    },
    toItem: toStagedRow,
  });
}

const isUnfiltered = ({ staging_reason, schema_hash, op }: ListStagedRowsInput): boolean =>
  [staging_reason, schema_hash, op].every((filter) => filter === undefined);
