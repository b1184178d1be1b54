import type { Db } from '@/server/db/client';
import { mergePolicy, type EffectivePolicy, type PolicyOverrides } from './merge-policy';

/** The policy in force for a project, or for one of its fleets. Checks no permission. */
export async function effectivePolicy(
  db: Db,
  { projectId, fleetId }: { projectId: string; fleetId: string | null },
): Promise<EffectivePolicy> {
  const rows = await db.sql<{ scope: string; fields: PolicyOverrides }[]>`
    select scope, fields from tidegate.policy
    where (scope = 'project' and scope_id = ${projectId}) or (scope = 'fleet' and scope_id = ${fleetId}::uuid)`;
  const fieldsOf = (scope: string): PolicyOverrides =>
    rows.find((row) => row.scope === scope)?.fields ?? null;
  return mergePolicy(fieldsOf('project'), fieldsOf('fleet'));
}
