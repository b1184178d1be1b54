'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { Remedy } from '@/server/contract/rows';
import type { Ctx } from '@/server/engine/context/context';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { deleteLineage } from '@/server/engine/mirror/delete-lineage';
import { discardStaged } from '@/server/engine/staging/discard-staged';
import { pauseLineage, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { outcomeOf, type Outcome } from './outcome';

/** Which lineage, in which project. */
export interface LineageTarget {
  projectId: string;
  lineageId: string;
}

const targetShape = z.strictObject({ projectId: uuid, lineageId: uuid });
const deletion = z.strictObject({ expectedStagedRows: z.number().int().min(0), dropMirror: z.boolean() });

function onLineage<T>(
  target: LineageTarget,
  act: (args: LineageTarget & { ctx: Ctx }) => Promise<T>,
): Promise<Outcome<T>> {
  return outcomeOf(target.projectId, ({ ctx }) => act({ ctx, ...targetShape.parse(target) }));
}

/** Closes the breaker and schedules the failed rows again. */
export async function resetLineageAction(target: LineageTarget) {
  return onLineage(target, resetMaterialization);
}

/** Sends a group of failed rows on. */
export async function retryFailuresAction(target: LineageTarget, groupId: string, input: { remedy: Remedy }) {
  return onLineage(target, (args) =>
    retryFailures({ ...args, groupId: z.string().max(64).parse(groupId), input }),
  );
}

/** Pauses for an operator, with a reason. */
export async function pauseLineageAction(target: LineageTarget, input: { reason: string }) {
  return onLineage(target, (args) => pauseLineage({ ...args, input }));
}

/** Ends an operator's pause. */
export async function resumeLineageAction(target: LineageTarget) {
  return onLineage(target, resumeLineage);
}

/** Throws the staged rows away, if they are still as many as the operator saw. */
export async function discardStagedAction(target: LineageTarget, input: { expected_rows: number }) {
  return onLineage(target, (args) => discardStaged({ ...args, input }));
}

/** Deletes the lineage, if its staged rows are still as many as the operator saw. */
export async function deleteLineageAction(target: LineageTarget, input: z.infer<typeof deletion>) {
  return onLineage(target, (args) => deleteLineage({ ...args, ...deletion.parse(input) }));
}
