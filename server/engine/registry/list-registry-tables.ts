// The matrix of the registry: each source table of a scope with its versions, and who is on which. Counts are of the
// lineages as their last batch was, not of all that ever had a version: a device that went on is no straggler.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listRegistryTablesInput, type RegistryTable } from '@/server/contract/registry-reads';
import type { Sql } from '@/server/db/client';
import { containsPattern } from '@/server/db/like';
import type { RegistryScopeKind } from '@/server/db/schema/registry';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { join, listPage } from '../paging/list-page';
import { insidePlace, requirePlace, type RegistryTarget } from './registry-scope';

/** More versions of one table than these are not shown: nobody compares them by eye. */
const VERSIONS_MAX = 100;

type Version = RegistryTable['versions'][number];

interface TableRow {
  scope: RegistryScopeKind;
  scope_id: string;
  scope_name: string;
  source_table: string;
  version_count: string;
  mirror_id: string | null;
  mirror_table_name: string | null;
  versions: Version[];
}

/** The name of the scope of a row `r` that has its columns. */
export const scopeName = (sql: Sql): Fragment => sql`
  case r.scope when 'fleet' then (select f.name from tidegate.fleet f where f.id = r.scope_id)
    else (select p.name from tidegate.project p where p.id = r.scope_id) end`;

/** The tables that have an entry inside the place and pass the filters, as `r`. */
const tablesFrom = (sql: Sql, where: readonly Fragment[]): Fragment => sql`
  (select r.scope, r.scope_id, r.source_table, count(*) as version_count
   from tidegate.registry_entry r where ${join(sql, where, sql` and `)}
   group by r.scope, r.scope_id, r.source_table) r`;

const columns = (sql: Sql): Fragment => sql`
  r.scope, r.scope_id, r.source_table, r.version_count, ${scopeName(sql)} as scope_name,
  m.id as mirror_id, m.table_name as mirror_table_name, e.versions`;

const versionsOf = (sql: Sql): Fragment => sql`
  left join lateral (
    select m.id, m.table_name from tidegate.mirror m
    where m.scope = r.scope and m.scope_id = r.scope_id and m.source_table = r.source_table
    order by m.generation desc limit 1) m on true
  cross join lateral (
    select json_agg(json_build_object(
      'id', e.id, 'schema_hash', e.schema_hash, 'status', e.status, 'classification', e.classification,
      'verified', e.verified, 'column_count', jsonb_array_length(e.columns), 'device_count', c.devices,
      'waiting_lineages', c.waiting, 'staged_row_count', c.staged, 'decided_at', e.decided_at,
      'created_at', e.created_at, 'open_review_id', (select q.id from tidegate.registry_review q
        where q.registry_id = e.id and q.status in ('queued', 'in_review')))
      order by e.created_at desc, e.id desc) as versions
    from (select * from tidegate.registry_entry e
          where e.scope = r.scope and e.scope_id = r.scope_id and e.source_table = r.source_table
          order by e.created_at desc, e.id desc limit ${VERSIONS_MAX}) e
    cross join lateral (
      select count(*) filter (where l.current_schema_hash = e.schema_hash) as devices,
        count(*) filter (where v.status <> 'approved') as waiting,
        coalesce(sum(v.staged_rows), 0) as staged
      from tidegate.schema_version v join tidegate.lineage l on l.id = v.lineage_id
      where v.registry_entry_id = e.id) c) e`;

const sumOf = (versions: readonly Version[], of: (version: Version) => number): number =>
  versions.reduce((sum, version) => sum + of(version), 0);

/** The versions older than the newest approved one; none before an approval. */
function olderThanApproved(versions: readonly Version[]): readonly Version[] {
  const newest = versions.findIndex(({ status }) => status === 'approved');
  return newest === -1 ? [] : versions.slice(newest + 1);
}

function toTable(row: TableRow): RegistryTable {
  const versions = row.versions.map((version) => ({
    ...version,
    created_at: rfc3339(version.created_at),
    decided_at: rfc3339OrNull(version.decided_at),
  }));
  return {
    ...row,
    version_count: Number(row.version_count),
    device_count: sumOf(versions, (v) => v.device_count),
    straggler_count: sumOf(olderThanApproved(versions), (v) => v.device_count),
    waiting_lineages: sumOf(versions, (v) => v.waiting_lineages),
    staged_row_count: sumOf(versions, (v) => v.staged_row_count),
    versions,
  };
}

/** The tables of a project's registry with its fleets', or of one fleet's, by name, each with its versions. */
export async function listRegistryTables(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof listRegistryTablesInput> },
): Promise<Page<RegistryTable>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listRegistryTablesInput, args.input, 'query');
  const place = await requirePlace(ctx, args);
  const { sql } = ctx.db;
  const { scope, status, q } = query;
  const inside = [...insidePlace(sql, place), ...(scope === undefined ? [] : [sql`r.scope = ${scope}`])];
  const tables = tablesFrom(sql, inside);
  // A filter chooses tables, not versions: a version is read beside the others of its table.
  const matching = [
    ...inside,
    ...(status === undefined ? [] : [sql`r.status = ${status}`]),
    ...(q === undefined || q === ''
      ? []
      : [sql`(r.source_table ilike ${containsPattern(q)} or starts_with(r.schema_hash, ${q}))`]),
  ];
  return listPage<TableRow, RegistryTable>({
    db: ctx.db,
    page: query,
    columns: columns(sql),
    from: sql`${tables} ${versionsOf(sql)}`,
    walked: tables,
    where:
      matching.length === inside.length
        ? [sql`true`]
        : [
            sql`(r.scope, r.scope_id, r.source_table) in (
              select r.scope, r.scope_id, r.source_table from tidegate.registry_entry r
              where ${join(sql, matching, sql` and `)})`,
          ],
    order: {
      name: query.sort,
      descending: query.sort.startsWith('-'),
      keys: [
        { expression: sql`r.source_table`, type: 'text' },
        { expression: sql`r.scope_id`, type: 'uuid' },
      ],
    },
    toItem: toTable,
  });
}
