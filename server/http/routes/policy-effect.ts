// What a change of a policy would set in motion, of a project and of one fleet.
import { policyEffect, previewPolicyInput } from '@/server/contract/policy-effect';
import { previewPolicy } from '@/server/engine/diagnosis/preview-policy';
import { route } from '../contract';
import { single } from './answers';
import { FLEET, PROJECT, targetOf } from './registry-target';

const effectBelow = (base: string, of: string) =>
  route(
    {
      method: 'GET',
      path: `${base}/edge/policy/effect`,
      summary: `What changing the policy of ${of} would set in motion, without changing it`,
      permission: 'PROJECT_CAN_VIEW',
      query: previewPolicyInput,
      body: null,
      output: policyEffect,
    },
    ({ ctx, param, query }) => single(previewPolicy({ ctx, ...targetOf(base, param), input: query })),
  );

export const getPolicyEffect = effectBelow(PROJECT, 'a project');
export const getFleetPolicyEffect = effectBelow(FLEET, 'a fleet');
