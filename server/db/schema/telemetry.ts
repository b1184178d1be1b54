// A device's data points and their newest values. The values themselves are in the partitioned table
// `telemetry_data_point_value`, which a migration makes in SQL: its partitions come and go with time.
import {
  bigint,
  boolean,
  customType,
  index,
  numeric,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { device, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const VALUE_TYPES = ['numeric', 'boolean', 'text'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export const deviceDataPoint = tidegate.table(
  'device_data_point',
  {
    id: uuid().primaryKey(),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    valueType: text('value_type', { enum: VALUE_TYPES }).notNull(),
    unit: text(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('device_data_point_name').on(t.deviceId, t.name)],
);

/** The newest value of a data point by its time, then by its version: read without a look at the history. */
export const dataPointLatest = tidegate.table(
  'data_point_latest',
  {
    dataPointId: uuid('data_point_id')
      .primaryKey()
      .references(() => deviceDataPoint.id, { onDelete: 'cascade' }),
    deviceId: uuid('device_id').notNull(),
    ts: at('ts').notNull(),
    /** Nanoseconds beyond the microsecond that `ts` holds. */
    tsNanos: smallint('ts_nanos').notNull(),
    valueNumeric: numeric('value_numeric'),
    valueBoolean: boolean('value_boolean'),
    valueText: text('value_text'),
    versionEpoch: bigint('version_epoch', { mode: 'bigint' }).notNull(),
    versionSeq: bigint('version_seq', { mode: 'bigint' }).notNull(),
    versionKey: bytea('version_key').notNull(),
  },
  (t) => [index('data_point_latest_device').on(t.deviceId)],
);
