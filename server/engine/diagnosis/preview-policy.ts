// What a change of a policy would set in motion, counted now, before it is saved. Changes nothing.
import type { z } from 'zod';
import { policyFields } from '@/server/contract/fleet';
import { previewPolicyInput, type PolicyEffect, type PolicyFieldName } from '@/server/contract/policy-effect';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import type { PolicyOverrides } from '../policy/merge-policy';
import { requirePlace, type RegistryPlace, type RegistryTarget } from '../registry/registry-scope';
import { backlogEffect } from './backlog-effect';
import {
  changeOfProject,
  changePerFleet,
  differs,
  type FleetPolicy,
  type PolicyChange,
} from './policy-change';
import { rejectedEffect, tombstoneEffect } from './retention-effect';

const RECENT_DAYS = 30;

/** Query parameters as the body of a change would have them. */
function changeOf({ inherit, ...values }: z.output<typeof previewPolicyInput>): PolicyChange {
  const set = Object.entries(values).map(([name, value]) => [
    name,
    value === 'true' ? true : value === 'false' ? false : value,
  ]);
  const inherited = (inherit?.split(',') ?? []).map((name) => [name, null]);
  return Object.fromEntries([...set, ...inherited]) as PolicyChange;
}

interface Stored {
  project: PolicyOverrides;
  fleets: FleetPolicy[];
}

/** What is stored for the project, and for each fleet of the place. */
async function storedPolicies({ db: { sql } }: Ctx, place: RegistryPlace): Promise<Stored> {
  const [project] = await sql<{ fields: PolicyOverrides }[]>`
    select fields from tidegate.policy where scope = 'project' and scope_id = ${place.projectId}`;
  const fleets = await sql<{ id: string; name: string; fields: PolicyOverrides }[]>`
    select f.id, f.name, p.fields
    from tidegate.fleet f left join tidegate.policy p on p.scope = 'fleet' and p.scope_id = f.id
    where f.project_id = ${place.projectId} and (${place.fleetId}::uuid is null or f.id = ${place.fleetId}::uuid)
    order by f.name, f.id`;
  return {
    project: project?.fields ?? null,
    fleets: fleets.map(({ id, name, fields }) => ({ fleetId: id, fleetName: name, overrides: fields })),
  };
}

async function additiveEffect(
  { db: { sql }, clock }: Ctx,
  projectId: string,
  fleetIds: string[],
): Promise<PolicyEffect['additive']> {
  const since = new Date(clock.now().getTime() - RECENT_DAYS * 86_400_000).toISOString();
  const [counted] = await sql<NonNullable<PolicyEffect['additive']>[]>`
    select
      (select count(*)::int from tidegate.schema_review r
        where r.project_id = ${projectId} and r.status in ('queued', 'in_review')
          and r.classification = 'compatible_additive' and r.fleet_id = any(${fleetIds}::uuid[])) as open_reviews,
      (select count(*)::int from tidegate.schema_review r
        where r.project_id = ${projectId} and r.created_at > ${since}::text::timestamptz
          and r.classification = 'compatible_additive' and r.fleet_id = any(${fleetIds}::uuid[])) as reviewed,
      (select count(*)::int from tidegate.event e
        where e.project_id = ${projectId} and e.kind = 'edge_table_lineage.additive_continued'
          and e.at > ${since}::text::timestamptz and e.fleet_id = any(${fleetIds}::uuid[])) as continued`;
  return counted ?? { open_reviews: 0, reviewed: 0, continued: 0 };
}

async function dataPointEffect(
  { db: { sql } }: Ctx,
  projectId: string,
  fleetIds: string[],
): Promise<PolicyEffect['data_points']> {
  const [counted] = await sql<NonNullable<PolicyEffect['data_points']>[]>`
    select
      (select count(*)::int from tidegate.device_data_point p join tidegate.device d on d.id = p.device_id
        where d.project_id = ${projectId} and d.fleet_id = any(${fleetIds}::uuid[])) as existing,
      (select count(*)::int from tidegate.schema_review r
        where r.project_id = ${projectId} and r.status in ('queued', 'in_review')
          and r.draft @> '[{"action": "auto_create_and_map"}]' and r.fleet_id = any(${fleetIds}::uuid[])) as open_drafts`;
  return counted ?? { existing: 0, open_drafts: 0 };
}

async function devicesIn({ db: { sql } }: Ctx, projectId: string, fleetIds: string[]): Promise<number> {
  const [counted] = await sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.device
    where project_id = ${projectId} and fleet_id = any(${fleetIds}::uuid[])`;
  return counted?.n ?? 0;
}

/**
 * The effect of changing the policy of a project, or of one fleet: lineages by name, rows by count. Every read is
 * bounded by an index, or by a count or a time at which it stops.
 */
export async function previewPolicy(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof previewPolicyInput> },
): Promise<PolicyEffect> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const change = changeOf(parseInput(previewPolicyInput, args.input, 'query'));
  const names = Object.keys(change) as PolicyFieldName[];
  const place = await requirePlace(ctx, args);
  const { projectId } = place;
  const stored = await storedPolicies(ctx, place);
  const project = place.fleetId === null ? changeOfProject(stored.project, change) : null;
  const fleets = changePerFleet(
    project === null ? 'fleet' : 'project',
    stored.project,
    stored.fleets,
    change,
  );
  const where = (...of: PolicyFieldName[]) =>
    fleets.filter((fleet) => differs(fleet, of)).map((fleet) => fleet.fleetId);
  const additive = where('allow_additive_continue');
  const creating = where('allow_auto_create_device_data_points');
  const after = (project ?? fleets[0])?.after;
  return {
    devices: await devicesIn(ctx, projectId, where(...names)),
    unaffected_fleets: fleets
      .filter(({ keeps }) => keeps.length > 0)
      .map(({ fleetId, fleetName, keeps }) => ({ fleet_id: fleetId, fleet_name: fleetName, fields: keeps })),
    after: policyFields.partial().parse(Object.fromEntries(names.map((name) => [name, after?.[name]]))),
    backlog: await backlogEffect(ctx, projectId, fleets),
    rejected_batches: await rejectedEffect(ctx, projectId, project, fleets),
    tombstones: await tombstoneEffect(ctx, projectId, fleets),
    additive: additive.length === 0 ? null : await additiveEffect(ctx, projectId, additive),
    data_points: creating.length === 0 ? null : await dataPointEffect(ctx, projectId, creating),
  };
}
