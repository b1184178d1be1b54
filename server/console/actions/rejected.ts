'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { RetryKindInput } from '@/server/contract/rows';
import { retryKind } from '@/server/engine/ingest/retry-kind';
import { retryRejectedBatch } from '@/server/engine/ingest/retry-rejected-batch';
import { outcomeOf } from './outcome';

const shape = z.strictObject({ projectId: uuid, rejectedBatchId: uuid });

/** Ingests a kept message again, as its device would send it. */
export async function retryRejectedAction(target: z.infer<typeof shape>) {
  return outcomeOf(target.projectId, ({ ctx }) => retryRejectedBatch({ ctx, ...shape.parse(target) }));
}

/** Ingests some kept messages of one cause again. */
export async function retryKindAction(projectId: string, input: RetryKindInput) {
  return outcomeOf(projectId, ({ ctx }) => retryKind({ ctx, projectId, input }));
}
