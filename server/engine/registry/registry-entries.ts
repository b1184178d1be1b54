// Registry entries as people see them.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import type { ColumnAction } from '@/server/contract/governance';
import { listRegistryInput, type RegistryEntry } from '@/server/contract/registry';
import type { Sql } from '@/server/db/client';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { isUuid } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { join, listPage } from '../paging/list-page';
import { orderBy } from './list-registry-reviews';
import { insidePlace, requirePlace, scopeName, type RegistryTarget } from './registry-scope';
import { waitingFor } from './waiting-lineages';

type CountName = 'device_count' | 'waiting_lineages' | 'staged_row_count';

interface EntryView extends Omit<RegistryEntry, CountName | 'column_actions'> {
  device_count: string;
  waiting_lineages: string;
  staged_row_count: string;
  column_actions: ColumnAction[] | null;
}

const entryColumns = (sql: Sql) => sql`
  r.id, r.scope, r.scope_id, ${scopeName(sql)} as scope_name, r.source_table, r.schema_hash, r.status, r.classification, r.verified,
  c.devices as device_count, w.waiting as waiting_lineages, w.staged as staged_row_count, r.columns, r.column_actions, r.mirror_id,
  m.table_name as mirror_table_name,
  (select q.id from tidegate.registry_review q
   where q.registry_id = r.id and q.status in ('queued', 'in_review')) as open_review_id,
  r.decided_at, r.created_at, r.updated_at`;

const entryFrom = (sql: Sql) => sql`
  tidegate.registry_entry r
  left join tidegate.mirror m on m.id = r.mirror_id
  cross join lateral (
    select count(*) as devices from tidegate.schema_version v where v.registry_entry_id = r.id) c
  cross join lateral ${waitingFor(sql, sql`r.id`)} w`;

const toEntry = (row: EntryView): RegistryEntry => ({
  ...row,
  device_count: Number(row.device_count),
  waiting_lineages: Number(row.waiting_lineages),
  staged_row_count: Number(row.staged_row_count),
  decided_at: rfc3339OrNull(row.decided_at),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});

/** The registry of a project with its fleets, or of one fleet, the newest first unless asked otherwise. */
export async function listRegistry(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof listRegistryInput> },
): Promise<Page<RegistryEntry>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listRegistryInput, args.input, 'query');
  const place = await requirePlace(ctx, args);
  const { sql } = ctx.db;
  const { status, scope, scope_id, source_table } = query;
  return listPage<EntryView, RegistryEntry>({
    db: ctx.db,
    page: query,
    columns: entryColumns(sql),
    from: entryFrom(sql),
    where: [
      ...insidePlace(sql, place),
      ...(status === undefined ? [] : [sql`r.status = ${status}`]),
      ...(scope === undefined ? [] : [sql`r.scope = ${scope}`]),
      ...(scope_id === undefined ? [] : [sql`r.scope_id = ${scope_id}`]),
      ...(source_table === undefined ? [] : [sql`r.source_table = ${source_table}`]),
    ],
    order: orderBy(sql, query.sort),
    toItem: toEntry,
  });
}

/** The arguments of a verb on one entry. */
export interface EntryTarget extends RegistryTarget {
  ctx: Ctx;
  registryId: string;
}

/** One entry. 404 `registry_entry_not_found`. */
export async function getRegistryEntry(args: EntryTarget): Promise<RegistryEntry> {
  const { ctx, registryId } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const place = await requirePlace(ctx, args);
  if (!isUuid(registryId)) throw notFound('registry entry', registryId);
  const { sql } = ctx.db;
  const [row] = await sql<EntryView[]>`
    select ${entryColumns(sql)} from ${entryFrom(sql)}
    where r.id = ${registryId} and ${join(sql, insidePlace(sql, place), sql` and `)}`;
  if (row === undefined) throw notFound('registry entry', registryId);
  return toEntry(row);
}
