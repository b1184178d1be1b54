// One shared mirror as its page shows it: which approval brought which column, and what other generations there are.
import type { z } from 'zod';
import { getCoalescedMirrorInput, type CoalescedMirrorDetail } from '@/server/contract/registry-reads';
import type { Sql } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import type { MirrorView } from '../mirror/read-mirror';
import { countOf } from '../paging/list-page';
import { inSnapshot } from '../paging/snapshot';
import { readCoalesced, type MirrorOfPlace } from './coalesced-mirrors';
import { scopeName } from './registry-scope';

type Since = NonNullable<CoalescedMirrorDetail['columns'][number]['since']>;

/** The first approval that bound each column. */
async function firstApprovals(sql: Sql, mirrorId: string): Promise<Map<string, Since>> {
  const rows = await sql<(Since & { name: string })[]>`
    select distinct on (b."mirrorColumnName") b."mirrorColumnName" as name, e.id as registry_id, e.schema_hash,
      e.decided_at
    from tidegate.registry_entry e
    cross join jsonb_to_recordset(e.bindings) as b("mirrorColumnName" text)
    where e.mirror_id = ${mirrorId} and b."mirrorColumnName" is not null and e.decided_at is not null
    order by b."mirrorColumnName", e.decided_at, e.id`;
  return new Map(
    rows.map(({ name, ...since }) => [name, { ...since, decided_at: rfc3339(since.decided_at) }]),
  );
}

const generationsOf = async (sql: Sql, { id, scope, scope_id, source_table }: MirrorView) => [
  ...(await sql<CoalescedMirrorDetail['generations']>`
    select m.id, m.generation, m.table_name as mirror_table_name from tidegate.mirror m
    where m.scope = ${scope} and m.scope_id = ${scope_id} and m.source_table = ${source_table} and m.id <> ${id}
    order by m.generation desc`),
];

/** 404 `coalesced_mirror_not_found`. With `count=exact` its rows are counted, however many. */
export async function getCoalescedMirror(
  args: MirrorOfPlace & { input?: z.input<typeof getCoalescedMirrorInput> },
): Promise<CoalescedMirrorDetail> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  const { count } = parseInput(getCoalescedMirrorInput, args.input ?? {}, 'query');
  return inSnapshot(args.ctx, async (ctx) => {
    const { mirror, shown } = await readCoalesced({ ...args, ctx });
    const { sql } = ctx.db;
    const since = await firstApprovals(sql, mirror.id);
    const [named] = await sql<{ name: string }[]>`
      select ${scopeName(sql)} as name from tidegate.mirror r where r.id = ${mirror.id}`;
    const rows = sql`from ${sql.unsafe(mirrorTable(mirror.mirror_table_name))}`;
    return {
      ...shown,
      scope_name: named?.name ?? '',
      row_count: count === 'exact' ? (await countOf(sql, rows, { total: 'exact' })).total : null,
      columns: shown.columns.map((column) => ({
        ...column,
        key_ordinal: mirror.keyColumnNames.indexOf(column.name) + 1,
        since: since.get(column.name) ?? null,
      })),
      generations: await generationsOf(sql, mirror),
    };
  });
}
