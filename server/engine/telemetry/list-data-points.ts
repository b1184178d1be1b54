// The data points of a device with their newest values, by name.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listDataPointsInput, type DataPoint } from '@/server/contract/telemetry';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import type { ValueType } from '@/server/db/schema/telemetry';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDevice } from '../devices/find-device';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';

interface DataPointRow {
  id: string;
  device_id: string;
  name: string;
  value_type: ValueType;
  unit: string | null;
  created_at: string;
  latest_ts: string | null;
  latest_text: string | null;
  latest_boolean: boolean | null;
  mapped_from: DataPoint['mapped_from'];
  values_last_hour: number;
  is_from_future: boolean | null;
}

const HOUR_MS = 3_600_000;
const VALUES_MAX = 10_000;
/** Clocks that are set by the network differ by less. */
const FUTURE_MS = 60_000;

const columns = (sql: Sql, now: Date) => sql`
  p.id, p.device_id, p.name, p.value_type, p.unit, p.created_at, v.ts as latest_ts,
  coalesce(v.value_numeric::text, v.value_text) as latest_text, v.value_boolean as latest_boolean,
  v.ts > ${new Date(now.getTime() + FUTURE_MS).toISOString()}::text::timestamptz as is_from_future,
  (select count(*)::int from (
    select from tidegate.telemetry_data_point_value x
    where x.device_id = p.device_id and x.data_point_id = p.id
      and x.ts > ${new Date(now.getTime() - HOUR_MS).toISOString()}::text::timestamptz
    limit ${VALUES_MAX}) recent) as values_last_hour,
  (select coalesce(json_agg(json_build_object('lineage_id', f.id, 'source_table', f.source_table,
      'source_column_name', f.source_column_name, 'action', f.action, 'is_current', f.is_current)
      order by f.is_current desc, f.source_table, f.source_column_name), '[]')
   from (
     select l.id, l.source_table, b.source_column_name,
       (array_agg(b.action order by b.schema_hash = l.current_schema_hash desc))[1] as action,
       bool_or(b.schema_hash = l.current_schema_hash) as is_current
     from tidegate.lineage l join tidegate.column_binding b on b.lineage_id = l.id
     where l.device_id = p.device_id and b.device_data_point_id = p.id
     group by l.id, l.source_table, b.source_column_name) f) as mapped_from`;

const toDataPoint = (row: DataPointRow): DataPoint => {
  const value = row.latest_text ?? row.latest_boolean;
  return {
    id: row.id,
    device_id: row.device_id,
    name: row.name,
    value_type: row.value_type,
    unit: row.unit,
    latest: row.latest_ts === null || value === null ? null : { ts: rfc3339(row.latest_ts), value },
    created_at: rfc3339(row.created_at),
    mapped_from: row.mapped_from,
    values_last_hour: row.values_last_hour,
    is_from_future: row.is_from_future ?? false,
  };
};

/** Values are row contents: the list is for those who may read rows. */
export async function listDataPoints({
  ctx,
  projectId,
  deviceId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  deviceId: string;
  input: z.input<typeof listDataPointsInput>;
}): Promise<Page<DataPoint>> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const query = parseInput(listDataPointsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const device = await requireDevice(ctx, project, deviceId);
  const { sql } = ctx.db;
  return listPage<DataPointRow, DataPoint>({
    db: ctx.db,
    page: query,
    columns: columns(sql, ctx.clock.now()),
    from: sql`tidegate.device_data_point p left join tidegate.data_point_latest v on v.data_point_id = p.id`,
    where: [sql`p.device_id = ${device.id}`],
    order: {
      name: 'name',
      descending: false,
      keys: [
        { expression: sql`p.name`, type: 'text' },
        { expression: sql`p.id`, type: 'uuid' },
      ],
    },
    toItem: toDataPoint,
  });
}
