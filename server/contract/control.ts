// Downlink controls as a list.
import { z } from 'zod';
import { pageQuery, uuid } from './common';

/** `pending`: neither acknowledged nor overtaken by a newer one. */
export const listControlsInput = pageQuery.extend({
  device_id: z.string().optional(),
  lineage_id: uuid.optional(),
  status: z.enum(['pending', 'acknowledged']).optional(),
});
export type ListControlsInput = z.infer<typeof listControlsInput>;
