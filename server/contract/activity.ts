// What came in over time: of a project from samples that the worker takes, of a lineage from its batch ledger.
import { z } from 'zod';
import { ACTIVITY_WINDOWS } from './activity-windows';
import { time } from './common';

export const activityInput = z.strictObject({ window: z.enum(ACTIVITY_WINDOWS).default('24h') });

export const activityPoint = z.object({
  /** The start of the bucket. */
  at: time,
  /** Rows accepted in the bucket, duplicates left out. Null where nobody looked: no worker ran. */
  rows: z.number().int().nullable(),
  /** Staged rows and bytes at the end of the bucket. */
  staged_rows: z.number().int().nullable(),
  staged_bytes: z.number().int().nullable(),
});
export type ActivityPoint = z.infer<typeof activityPoint>;

export const activity = z.object({
  window: z.enum(ACTIVITY_WINDOWS),
  bucket_seconds: z.number().int(),
  points: z.array(activityPoint),
});
export type Activity = z.infer<typeof activity>;

export const lineageActivityPoint = z.object({
  at: time,
  batches: z.number().int(),
  /** Rows that were new, whether they were written or staged. */
  rows: z.number().int(),
  duplicates: z.number().int(),
  /** Batches of which rows were staged. */
  staged_batches: z.number().int(),
});

export const backlogForecast = z.object({
  /** How fast the backlog grew lately, and over how long that was looked at. */
  rows_per_minute: z.number(),
  bytes_per_minute: z.number(),
  seen_minutes: z.number().int(),
  /** When the first of the two caps is reached if it goes on so; null where it does not grow, or is full. */
  full_at: time.nullable(),
  cap_rows: z.number().int(),
  cap_bytes: z.number().int(),
});
export type BacklogForecast = z.infer<typeof backlogForecast>;

export const lineageActivity = z.object({
  window: z.enum(ACTIVITY_WINDOWS),
  bucket_seconds: z.number().int(),
  points: z.array(lineageActivityPoint),
  forecast: backlogForecast,
});
export type LineageActivity = z.infer<typeof lineageActivity>;
