import type { Policy } from '@/server/contract/fleet';
import type { Db } from '@/server/db/client';
import { mergePolicy, type PolicyOverrides } from './merge-policy';

/** The values in force for a project, or for one of its fleets, with their origins. Checks no permission. */
export async function effectivePolicy(db: Db, projectId: string, fleetId: string | null): Promise<Policy> {
  const rows = await db.sql<{ scope: string; fields: PolicyOverrides }[]>`
    select scope, fields from tidegate.policy
    where (scope = 'project' and scope_id = ${projectId}) or (scope = 'fleet' and scope_id = ${fleetId}::uuid)`;
  const fieldsOf = (scope: string): PolicyOverrides => rows.find((row) => row.scope === scope)?.fields ?? {};
  return mergePolicy(fieldsOf('project'), fieldsOf('fleet'));
}
