// A device's data points, with the newest value of each.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';

const valueType = z.enum(['numeric', 'boolean', 'text']);

export const dataPoint = z.object({
  id: uuid,
  device_id: uuid,
  name: z.string(),
  value_type: valueType,
  unit: z.string().nullable(),
  /** A number is text, with every digit; null before the first value. */
  latest: z.object({ ts: time, value: z.union([z.string(), z.boolean()]) }).nullable(),
  created_at: time,
});
export type CreatedDataPoint = z.infer<typeof dataPoint>;

/** Which column fills a data point, by the schema that its lineage has now or had before. */
const mappedFrom = z.object({
  lineage_id: uuid,
  source_table: z.string(),
  source_column_name: z.string(),
  action: z.enum(['map', 'auto_create_and_map']),
  /** False where only earlier schemas of the table mapped it. */
  is_current: z.boolean(),
});

/** A data point as lists show it. */
export const listedDataPoint = dataPoint.extend({
  mapped_from: z.array(mappedFrom),
  /** Values whose time lies in the last hour; counted up to 10,000. */
  values_last_hour: z.number().int(),
  /** The time of the newest value is ahead of the server's clock: the device's clock is wrong. */
  is_from_future: z.boolean(),
});
export type DataPoint = z.infer<typeof listedDataPoint>;

export const listDataPointsInput = pageQuery;
export const createDataPointInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  value_type: valueType,
  unit: z.string().trim().min(1).max(50).nullable().default(null),
});
