'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { PatchPolicyInput } from '@/server/contract/fleet';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import { outcomeOf } from './outcome';

const shape = z.strictObject({ projectId: uuid, fleetId: uuid.nullable() });

/** Changes the policy of the project, or of one fleet; null takes a field back to what is inherited. */
export async function patchPolicyAction(target: z.infer<typeof shape>, input: PatchPolicyInput) {
  return outcomeOf(target.projectId, ({ ctx }) => {
    const { projectId, fleetId } = shape.parse(target);
    return patchPolicy({ ctx, projectId, ...(fleetId === null ? {} : { fleetId }), input });
  });
}
