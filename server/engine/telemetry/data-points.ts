// A device's data points: what its telemetry values belong to. A name is unique on its device, so that the
// same column decided twice, for two schemas, goes on in the same series.
import type { Db } from '@/server/db/client';
import type { ValueType } from '@/server/db/schema/telemetry';
import { uuidV4 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';

export interface DataPointRef {
  id: string;
  name: string;
  valueType: ValueType;
}

/** Every data point of a device, by name. */
export const dataPointsOf = (db: Db, deviceId: string): Promise<DataPointRef[]> =>
  db.sql<DataPointRef[]>`
    select id, name, value_type as "valueType" from tidegate.device_data_point
    where device_id = ${deviceId} order by name, id`;

export const DATA_POINT_NAME_CHARS_MAX = 200;

/** A name as a data point can have it: no U+0000, valid Unicode, at most 200 characters. */
const usableName = (name: string): string =>
  [...name.replaceAll('\0', '').toWellFormed()].slice(0, DATA_POINT_NAME_CHARS_MAX).join('') || 'value';

/**
 * The id of the data point `name` of a locked lineage's device, made where there is none. One of another
 * value type keeps its name, and the new one gets a number behind it.
 */
export async function ensureDataPoint(
  ctx: Ctx,
  lineage: LineageRow,
  { name, valueType }: { name: string; valueType: ValueType },
): Promise<string> {
  const wanted = usableName(name);
  const there = await dataPointsOf(ctx.db, lineage.deviceId);
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? wanted : `${wanted} (${n})`;
    const known = there.find((point) => point.name === candidate);
    if (known?.valueType === valueType) return known.id;
    if (known === undefined) return insertDataPoint(ctx, lineage, { name: candidate, valueType, unit: null });
  }
}

/** Where a data point belongs. */
export interface DataPointPlace {
  orgId: string;
  projectId: string;
  fleetId: string;
  deviceId: string;
}

/** Makes a data point. A name that is taken is Postgres' unique violation. */
export async function insertDataPoint(
  ctx: Ctx,
  place: DataPointPlace,
  point: { name: string; valueType: ValueType; unit: string | null },
): Promise<string> {
  const id = uuidV4();
  await ctx.db.sql`
    insert into tidegate.device_data_point (id, device_id, name, value_type, unit, created_at)
    values (${id}, ${place.deviceId}, ${point.name}, ${point.valueType}, ${point.unit}, ${ctx.clock.now().toISOString()})`;
  await recordEvent(ctx, {
    kind: 'device_data_point.created',
    subject: { kind: 'device_data_point', id },
    orgId: place.orgId,
    projectId: place.projectId,
    fleetId: place.fleetId,
    deviceId: place.deviceId,
    data: { name: point.name, value_type: point.valueType, unit: point.unit },
  });
  return id;
}
