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
}

const columns = (sql: Sql) => sql`
  p.id, p.device_id, p.name, p.value_type, p.unit, p.created_at, v.ts as latest_ts,
  coalesce(v.value_numeric::text, v.value_text) as latest_text, v.value_boolean as latest_boolean`;

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
    columns: columns(sql),
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
