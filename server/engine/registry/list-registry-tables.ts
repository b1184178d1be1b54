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
import { groupBy } from '@/server/lib/group-by';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { join, listPage } from '../paging/list-page';
import { insidePlace, requirePlace, scopeName, type RegistryTarget } from './registry-scope';
import { waitingFor } from './waiting-lineages';

/** More versions of one table than these are not shown: nobody compares them by eye. */
const VERSIONS_MAX = 100;

type Version = RegistryTable['versions'][number];
type CountName = 'device_count' | 'waiting_lineages' | 'staged_row_count';

interface TableRow {
  scope: RegistryScopeKind;
  scope_id: string;
  scope_name: string;
  source_table: string;
  version_count: string;
  mirror_id: string | null;
  mirror_table_name: string | null;
}

/** The tables that have an entry inside the place and pass the filters, as `r`. */
const tablesFrom = (sql: Sql, where: readonly Fragment[]): Fragment => sql`
  (select r.scope, r.scope_id, r.source_table, count(*) as version_count
   from tidegate.registry_entry r where ${join(sql, where, sql` and `)}
   group by r.scope, r.scope_id, r.source_table) r`;

const columns = (sql: Sql): Fragment => sql`
  r.scope, r.scope_id, r.source_table, r.version_count, ${scopeName(sql)} as scope_name,
  m.id as mirror_id, m.table_name as mirror_table_name`;

const newestMirror = (sql: Sql): Fragment => sql`
  left join lateral (
    select m.id, m.table_name from tidegate.mirror m
    where m.scope = r.scope and m.scope_id = r.scope_id and m.source_table = r.source_table
    order by m.generation desc limit 1) m on true`;

type VersionRow = Omit<Version, CountName> &
  Pick<TableRow, 'scope_id' | 'source_table'> &
  Record<CountName, string>;

/**
 * The versions of a page's tables, the newest first. Apart from the tables: whoever counts beside a list that is
 * sorted counts all of it, and not the page.
 */
async function versionsOf({ db: { sql } }: Ctx, tables: readonly TableRow[]): Promise<VersionRow[]> {
  const [scopes, scopeIds, names] = [
    tables.map((t) => t.scope),
    tables.map((t) => t.scope_id),
    tables.map((t) => t.source_table),
  ];
  return sql<VersionRow[]>`
    with e as materialized (
      select e.* from unnest(${scopes}::text[], ${scopeIds}::uuid[], ${names}::text[]) as p(scope, scope_id, name)
      cross join lateral (
        select e.* from tidegate.registry_entry e
        where e.scope = p.scope and e.scope_id = p.scope_id and e.source_table = p.name
        order by e.created_at desc, e.id desc limit ${VERSIONS_MAX}) e),
    c as materialized (
      select v.registry_entry_id as id, count(*) filter (where v.is_current) as devices
      from tidegate.schema_version v where v.registry_entry_id in (select id from e)
      group by v.registry_entry_id)
    select e.scope_id, e.source_table, e.id, e.schema_hash, e.status, e.classification, e.verified,
      jsonb_array_length(e.columns) as column_count, e.created_at, e.decided_at,
      coalesce(c.devices, 0) as device_count, w.waiting as waiting_lineages, w.staged as staged_row_count,
      (select q.id from tidegate.registry_review q
       where q.registry_id = e.id and q.status in ('queued', 'in_review')) as open_review_id
    from e left join c on c.id = e.id cross join lateral ${waitingFor(sql, sql`e.id`)} w
    order by e.created_at desc, e.id desc`;
}

const toVersion = ({ scope_id: _scope, source_table: _table, ...row }: VersionRow): Version => ({
  ...row,
  device_count: Number(row.device_count),
  waiting_lineages: Number(row.waiting_lineages),
  staged_row_count: Number(row.staged_row_count),
  created_at: rfc3339(row.created_at),
  decided_at: rfc3339OrNull(row.decided_at),
});

const sumOf = (versions: readonly Version[], of: (version: Version) => number): number =>
  versions.reduce((sum, version) => sum + of(version), 0);

/** The versions older than the newest approved one; none before an approval. */
function olderThanApproved(versions: readonly Version[]): readonly Version[] {
  const newest = versions.findIndex(({ status }) => status === 'approved');
  return newest === -1 ? [] : versions.slice(newest + 1);
}

function toTable(row: TableRow, versions: Version[]): RegistryTable {
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
  const { items, meta } = await listPage<TableRow, TableRow>({
    db: ctx.db,
    page: query,
    columns: columns(sql),
    from: sql`${tables} ${newestMirror(sql)}`,
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
    toItem: (row) => row,
  });
  const versions = groupBy(await versionsOf(ctx, items), (row) => `${row.scope_id} ${row.source_table}`);
  return {
    items: items.map((row) =>
      toTable(row, (versions.get(`${row.scope_id} ${row.source_table}`) ?? []).map(toVersion)),
    ),
    meta,
  };
}
