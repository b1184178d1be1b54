'use server';
import { z } from 'zod';
import type { decideShapeInput, previewBulkInput } from '@/server/contract/bulk';
import { uuid } from '@/server/contract/common';
import type { Ctx } from '@/server/engine/context/context';
import { cancelBulk, runFailed, startBulk } from '@/server/engine/bulk/change-bulk';
import { decideShape, previewBulk } from '@/server/engine/bulk/preview-bulk';
import { outcomeOf, type Outcome } from './outcome';

/** Which bulk job, in which project. */
export interface BulkTarget {
  projectId: string;
  bulkJobId: string;
}

const targetShape = z.strictObject({ projectId: uuid, bulkJobId: uuid });

function onJob<T>(
  target: BulkTarget,
  act: (args: BulkTarget & { ctx: Ctx }) => Promise<T>,
): Promise<Outcome<T>> {
  return outcomeOf(target.projectId, ({ ctx }) => act({ ctx, ...targetShape.parse(target) }));
}

/** Freezes the set that a filter finds; answers the job to look at. */
export async function previewBulkAction(projectId: string, input: z.input<typeof previewBulkInput>) {
  return outcomeOf(projectId, async ({ ctx }) => {
    const { id, total_items } = await previewBulk({ ctx, projectId, input });
    return { id, total_items };
  });
}

/** Decides a shape of an approval, and simulates it anew. */
export async function decideShapeAction(target: BulkTarget, input: z.input<typeof decideShapeInput>) {
  return onJob(target, (args) => decideShape({ ...args, input }));
}

/** Starts a counted job, if it is still as large as the operator saw. */
export async function startBulkAction(target: BulkTarget, input: { expected_items: number }) {
  return onJob(target, (args) => startBulk({ ...args, input }));
}

/** Begins no further item. */
export async function cancelBulkAction(target: BulkTarget) {
  return onJob(target, cancelBulk);
}

/** Does the failed items again. */
export async function runFailedAction(target: BulkTarget) {
  return onJob(target, runFailed);
}
