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
export type DataPoint = z.infer<typeof dataPoint>;

export const listDataPointsInput = pageQuery;
export const createDataPointInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  value_type: valueType,
  unit: z.string().trim().min(1).max(50).nullable().default(null),
});
