// How much of a shared mirror is of which device. The key of the table begins with the device, so that a device's
// rows are counted in the index alone; above a bound the planner's estimate stands for a count that would take long.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listMirrorDevicesInput, type MirrorDevice } from '@/server/contract/registry-reads';
import type { Sql } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { containsPattern } from '@/server/db/like';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { countOf, EXACT_COUNT_MAX, listPage } from '../paging/list-page';
import { requireMirror, type MirrorOfPlace } from './coalesced-mirrors';
import { requirePlace } from './registry-scope';

type Row = Omit<MirrorDevice, 'row_count' | 'row_count_estimated'>;

/**
 * The devices that write to a shared mirror, by name, with their rows: exact up to 10,000 each, all of them with
 * `total=exact`. 404 `coalesced_mirror_not_found`.
 */
export async function listMirrorDevices(
  args: MirrorOfPlace & { input: z.input<typeof listMirrorDevicesInput> },
): Promise<Page<MirrorDevice>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listMirrorDevicesInput, args.input, 'query');
  const mirror = await requireMirror(ctx, await requirePlace(ctx, args), args.mirrorId);
  const { sql } = ctx.db;
  const { q } = query;
  const { items, meta } = await listPage<Row, Row>({
    db: ctx.db,
    page: query,
    columns: sql`l.id as lineage_id, l.device_id, d.name as device_name, l.fleet_id, d.connected, l.last_batch_at`,
    from: sql`tidegate.lineage l join tidegate.device d on d.id = l.device_id`,
    where: [
      sql`l.project_id = ${args.projectId}`,
      sql`l.source_table = ${mirror.source_table}`,
      sql`l.id in (select b.lineage_id from tidegate.column_binding b where b.mirror_id = ${mirror.id})`,
      ...(q === undefined || q === '' ? [] : [sql`d.name ilike ${containsPattern(q)}`]),
    ],
    order: {
      name: 'device_name',
      descending: false,
      keys: [
        { expression: sql`d.name`, type: 'text' },
        { expression: sql`l.id`, type: 'uuid' },
      ],
    },
    toItem: (row) => ({ ...row, last_batch_at: rfc3339(row.last_batch_at) }),
  });
  const table = sql.unsafe(mirrorTable(mirror.mirror_table_name));
  const small = await smallCounts(
    sql,
    table,
    items.map((device) => device.device_id),
  );
  const counted: MirrorDevice[] = [];
  for (const device of items) {
    const n = small.get(device.device_id) ?? 0;
    const rows = sql`from ${table} t where t.device_id = ${device.device_id}`;
    const { total, estimated } =
      n <= EXACT_COUNT_MAX ? { total: n, estimated: false } : await countOf(sql, rows, query);
    counted.push({ ...device, row_count: total, row_count_estimated: estimated });
  }
  return { items: counted, meta };
}

/** How many rows each device has, counted together; of one with more than are counted exactly, one more than that. */
async function smallCounts(sql: Sql, table: Fragment, deviceIds: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; n: number }[]>`
    select d.id, (select count(*)::int from (select from ${table} t where t.device_id = d.id
                  limit ${EXACT_COUNT_MAX + 1}) as c) as n
    from unnest(${deviceIds}::uuid[]) as d(id)`;
  return new Map(rows.map(({ id, n }) => [id, n]));
}
