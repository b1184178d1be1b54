// The policy in force for a fleet: defaults, overridden by the project, overridden by the fleet. Stored rows
// hold only what was set, so a change of a default reaches everybody who never chose.
import { and, eq, or } from 'drizzle-orm';
import { POLICY_DEFAULTS, policyFields, type PolicyFields } from '@/server/contract/fleet';
import { policy } from '@/server/db/schema/governance';
import type { Db } from '@/server/db/client';

export type PolicyOrigin = 'default' | 'project' | 'fleet';
export interface EffectivePolicy {
  fields: PolicyFields;
  origins: Record<string, PolicyOrigin>;
}

/** Merges what is set at each scope over the defaults. */
export function mergePolicy(
  project: Readonly<Record<string, unknown>> | null,
  fleet: Readonly<Record<string, unknown>> | null,
): EffectivePolicy {
  const origins: Record<string, PolicyOrigin> = {};
  for (const field of Object.keys(POLICY_DEFAULTS)) {
    origins[field] =
      fleet?.[field] !== undefined ? 'fleet' : project?.[field] !== undefined ? 'project' : 'default';
  }
  return { fields: policyFields.parse({ ...POLICY_DEFAULTS, ...project, ...fleet }), origins };
}

/** Reads the policy of a project, or of one of its fleets. */
export async function effectivePolicy(
  db: Db,
  { projectId, fleetId }: { projectId: string; fleetId: string | null },
): Promise<EffectivePolicy> {
  const rows = await db.orm
    .select()
    .from(policy)
    .where(
      or(
        and(eq(policy.scope, 'project'), eq(policy.scopeId, projectId)),
        fleetId === null ? undefined : and(eq(policy.scope, 'fleet'), eq(policy.scopeId, fleetId)),
      ),
    );
  const at = (scope: 'project' | 'fleet') => rows.find((r) => r.scope === scope)?.fields ?? null;
  return mergePolicy(at('project'), at('fleet'));
}
