'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import { retryRejectedBatch } from '@/server/engine/ingest/retry-rejected-batch';
import { outcomeOf } from './outcome';

const shape = z.strictObject({ projectId: uuid, rejectedBatchId: uuid });

/** Ingests a kept message again, as its device would send it. */
export async function retryRejectedAction(target: z.infer<typeof shape>) {
  return outcomeOf(target.projectId, ({ ctx }) => retryRejectedBatch({ ctx, ...shape.parse(target) }));
}
