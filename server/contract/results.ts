// What the verbs answer that are no lists and have no shape elsewhere.
import { z } from 'zod';
import { time, uuid } from './common';
import { columnAction } from './governance';

export const deletedDevice = z.object({
  id: uuid,
  deleted_lineages: z.number().int(),
  deleted_staged_rows: z.number().int(),
});

export const resetResult = z.object({
  lineage_id: uuid,
  status: z.enum(['active', 'paused']),
  resumed: z.boolean(),
  staged_row_count: z.number().int(),
});

export const retryResult = z.object({
  id: uuid,
  outcome: z.enum(['accepted', 'rejected']),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});

/** What came of some rejected batches of a kind. */
export const retriedKind = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  results: z.array(retryResult),
  /** For the next call; null once none is left. */
  after: uuid.nullable(),
});

export const savedDraft = z.object({ draft_at: time });

export const reviewDraft = z.object({
  column_actions: z.array(columnAction).nullable(),
  draft_at: time.nullable(),
});

export const discardedRows = z.object({ discarded_rows: z.number().int() });

/** The count that was confirmed goes with the call: rows that came since are not deleted unseen. */
export const deleteLineageQuery = z.strictObject({
  expected_staged_rows: z
    .string()
    .regex(/^\d{1,15}$/, 'a count of rows')
    .transform(Number),
  drop_mirror: z.enum(['true', 'false']).default('false'),
});

export const deletedLineage = z.object({
  deleted_staged_rows: z.number().int(),
  dropped_mirrors: z.array(z.string()),
});
