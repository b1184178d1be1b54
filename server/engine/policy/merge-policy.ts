// A policy's effective values: the fleet's own, else the project's, else the default. Pure.
import { POLICY_DEFAULTS, policyFields, type Policy, type PolicyFields } from '@/server/contract/fleet';

/** The fields that were set at one scope. */
export type PolicyOverrides = Readonly<Record<string, unknown>>;

/** Each value with the place it comes from. A stored value that is no longer allowed counts as not set. */
export function mergePolicy(project: PolicyOverrides, fleet: PolicyOverrides): Policy {
  const origins: Policy['origins'] = {};
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(POLICY_DEFAULTS) as (keyof PolicyFields)[]) {
    const [origin, value] = (
      [
        ['fleet', fleet[name]],
        ['project', project[name]],
      ] as const
    ).find(([, set]) => policyFields.shape[name].safeParse(set).success) ?? [
      'default' as const,
      POLICY_DEFAULTS[name],
    ];
    origins[name] = origin;
    values[name] = value;
  }
  return { ...policyFields.parse(values), origins };
}
