// A policy before and after a change, per fleet. Pure.
import type { PolicyFieldName } from '@/server/contract/policy-effect';
import type { PolicyFields } from '@/server/contract/fleet';
import { mergePolicy, type PolicyOverrides } from '../policy/merge-policy';

/** New values; null goes back to what is inherited. */
export type PolicyChange = Partial<Record<PolicyFieldName, PolicyFields[PolicyFieldName] | null>>;

export interface FleetPolicy {
  fleetId: string;
  fleetName: string;
  overrides: PolicyOverrides;
}

export interface BeforeAfter {
  before: PolicyFields;
  after: PolicyFields;
}

export interface FleetChange extends BeforeAfter {
  fleetId: string;
  fleetName: string;
  /** Fields asked about that this fleet decides for itself. */
  keeps: PolicyFieldName[];
}

const changed = (overrides: PolicyOverrides, change: PolicyChange): PolicyOverrides =>
  Object.fromEntries(Object.entries({ ...overrides, ...change }).filter(([, value]) => value !== null));

/** What holds for the project itself before and after `change`. */
export function changeOfProject(project: PolicyOverrides, change: PolicyChange): BeforeAfter {
  return {
    before: mergePolicy(project, null).fields,
    after: mergePolicy(changed(project, change), null).fields,
  };
}

/**
 * What holds in each fleet before and after `change`.
 * @param at whose policy is changed: the project's, under those of its fleets, or a fleet's own.
 */
export function changePerFleet(
  at: 'project' | 'fleet',
  project: PolicyOverrides,
  fleets: readonly FleetPolicy[],
  change: PolicyChange,
): FleetChange[] {
  const asked = Object.keys(change) as PolicyFieldName[];
  const projectAfter = at === 'project' ? changed(project, change) : project;
  return fleets.map(({ fleetId, fleetName, overrides }) => {
    const { fields: before, origins } = mergePolicy(project, overrides);
    const after = mergePolicy(projectAfter, at === 'fleet' ? changed(overrides, change) : overrides);
    const keeps = at === 'fleet' ? [] : asked.filter((name) => origins[name] === 'fleet');
    return { fleetId, fleetName, before, after: after.fields, keeps };
  });
}

/** Whether one of `names` has another value after the change. */
export const differs = ({ before, after }: BeforeAfter, names: readonly PolicyFieldName[]): boolean =>
  names.some((name) => before[name] !== after[name]);
