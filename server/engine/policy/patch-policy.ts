// Changes some fields of a policy at one scope. Only what is set there is stored: a field left alone keeps
// following its project, or the default of a later version.
import {
  patchPolicyInput,
  type PatchPolicyInput,
  type Policy,
  type PolicyFields,
} from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { effectivePolicy } from './effective-policy';
import type { EffectivePolicy } from './merge-policy';

/** Null takes a field back to what is inherited. Answers the effective policy. */
export async function patchPolicy({
  ctx,
  projectId,
  fleetId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId?: string;
  input: PatchPolicyInput;
}): Promise<Policy> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const change = parseInput(patchPolicyInput, input, 'body');
  const project = await requireProject(ctx, projectId);
  const fleet = fleetId === undefined ? null : await requireFleet(ctx, project, fleetId);
  const of = { projectId: project.id, fleetId: fleet?.id ?? null };
  const scope = fleet === null ? { kind: 'project', id: project.id } : { kind: 'fleet', id: fleet.id };
  return inTransaction(ctx, async (tx) => {
    const { sql } = tx.db;
    const now = tx.clock.now().toISOString();
    await sql`
      insert into tidegate.policy (scope, scope_id, fields) values (${scope.kind}, ${scope.id}, '{}')
      on conflict do nothing`;
    await sql`
      select 1 from tidegate.policy where scope = ${scope.kind} and scope_id = ${scope.id} for update`;
    const before = await effectivePolicy(tx.db, of);
    await sql`
      update tidegate.policy
      set fields = jsonb_strip_nulls(fields || ${JSON.stringify(change)}::text::jsonb), updated_at = ${now}
      where scope = ${scope.kind} and scope_id = ${scope.id}`;
    const after = await effectivePolicy(tx.db, of);
    const changed = Object.keys(change) as (keyof PolicyFields)[];
    const pick = ({ fields }: EffectivePolicy) =>
      Object.fromEntries(changed.map((name) => [name, fields[name]]));
    await recordEvent(tx, {
      kind: 'policy.changed',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: fleet?.id ?? null,
      subject: { kind: 'policy', id: scope.id },
      data: { scope: scope.kind, before: pick(before), after: pick(after) },
    });
    return { ...after.fields, origins: after.origins };
  });
}
