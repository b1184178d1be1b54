'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import { consolidate } from '@/server/engine/registry/consolidate';
import {
  dropOldMirrors,
  resumeConsolidation,
  stopConsolidation,
} from '@/server/engine/registry/consolidation-jobs';
import { reconcileEntry } from '@/server/engine/registry/reconcile';
import { outcomeOf } from './outcome';

const entryShape = z.strictObject({ projectId: uuid, registryId: uuid });
const planShape = z.strictObject({
  projectId: uuid,
  /** Null at project scope. */
  fleetId: uuid.nullable(),
  sourceTable: z.string().max(1000),
});
const jobShape = z.strictObject({ projectId: uuid, consolidationId: uuid });

type EntryTarget = z.infer<typeof entryShape>;
export type PlanTarget = z.infer<typeof planShape>;
export type JobTarget = z.infer<typeof jobShape>;

/** Binds and replays what an approved entry has promised, or says what that would do. */
export async function reconcileAction(target: EntryTarget, input: { dry_run: boolean }) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    reconcileEntry({ ctx, ...entryShape.parse(target), input }),
  );
}

/** Starts a consolidation, or says per device what it would move and what is in the way. */
export async function consolidateAction(target: PlanTarget, input: { dry_run: boolean }) {
  return outcomeOf(target.projectId, ({ ctx }) => {
    const { fleetId, ...of } = planShape.parse(target);
    return consolidate({ ctx, ...of, ...(fleetId === null ? {} : { fleetId }), input });
  });
}

/** Stops a job after the step under way. */
export async function stopConsolidationAction(target: JobTarget) {
  return outcomeOf(target.projectId, ({ ctx }) => stopConsolidation({ ctx, ...jobShape.parse(target) }));
}

/** Takes a stopped job up again. */
export async function resumeConsolidationAction(target: JobTarget) {
  return outcomeOf(target.projectId, ({ ctx }) => resumeConsolidation({ ctx, ...jobShape.parse(target) }));
}

/** Drops the tables that a job has left behind, if they are still as many as the operator saw. */
export async function dropOldMirrorsAction(target: JobTarget, input: { expected_mirrors: number }) {
  return outcomeOf(target.projectId, ({ ctx }) => dropOldMirrors({ ctx, ...jobShape.parse(target), input }));
}
