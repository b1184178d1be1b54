// A policy's effective values: the fleet's own, else the project's, else the default. Pure.
// Stored rows hold only what was set, so a change of a default reaches everybody who never chose. A stored
// value that a later version no longer allows counts as not set: it must not stop the ingest.
import { POLICY_DEFAULTS, policyFields, type PolicyFields } from '@/server/contract/fleet';

export type PolicyOrigin = 'default' | 'project' | 'fleet';

export interface EffectivePolicy {
  fields: PolicyFields;
  origins: Record<string, PolicyOrigin>;
}

/** What is set at one scope; null where nothing is. */
export type PolicyOverrides = Readonly<Record<string, unknown>> | null;

/** The value of one field, and the place it comes from. */
function merged(
  name: keyof PolicyFields,
  project: PolicyOverrides,
  fleet: PolicyOverrides,
): readonly [PolicyOrigin, unknown] {
  const candidates: readonly (readonly [PolicyOrigin, unknown])[] = [
    ['fleet', fleet?.[name]],
    ['project', project?.[name]],
  ];
  return (
    candidates.find(([, set]) => policyFields.shape[name].safeParse(set).success) ?? [
      'default',
      POLICY_DEFAULTS[name],
    ]
  );
}

/** Each value with the place it comes from. */
export function mergePolicy(project: PolicyOverrides, fleet: PolicyOverrides): EffectivePolicy {
  const origins: Record<string, PolicyOrigin> = {};
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(POLICY_DEFAULTS) as (keyof PolicyFields)[])
    [origins[name], values[name]] = merged(name, project, fleet);
  return { fields: policyFields.parse(values), origins };
}

/** How many rows and bytes a lineage may have staged. */
export function stagedCaps(
  project: PolicyOverrides,
  fleet: PolicyOverrides,
): { rows: number; bytes: number } {
  const [, rows] = merged('max_pending_rows_per_lineage', project, fleet);
  const [, bytes] = merged('max_pending_bytes_per_lineage', project, fleet);
  return { rows: Number(rows), bytes: Number(bytes) };
}
