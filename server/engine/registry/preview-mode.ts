// What another coalescing mode would concern, counted now: a mode decides about new schemas alone, and an operator
// has to see what it leaves as it is as much as what it changes.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import { POLICY_DEFAULTS, type PolicyFields } from '@/server/contract/fleet';
import { previewModeInput, type ModeEffect } from '@/server/contract/registry-reads';
import type { Sql } from '@/server/db/client';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { inSnapshot } from '../paging/snapshot';
import { effectivePolicy } from '../policy/effective-policy';
import { requirePlace, type RegistryPlace, type RegistryTarget } from './registry-scope';

type Mode = PolicyFields['schema_coalescing_mode'];

const TABLES_MAX = 100;

interface FleetMode {
  fleet_id: string;
  fleet_name: string;
  mode: string | null;
}

/** What would hold after the change; without a mode of its own, what is inherited. */
async function modeAfter(ctx: Ctx, place: RegistryPlace, wanted: Mode | undefined): Promise<Mode> {
  if (wanted !== undefined) return wanted;
  if (place.fleetId === null) return POLICY_DEFAULTS.schema_coalescing_mode;
  const project = await effectivePolicy(ctx.db, { projectId: place.projectId, fleetId: null });
  return project.fields.schema_coalescing_mode;
}

/** The fleets of the place, each with the mode that it has set for itself. */
async function fleetModes({ db: { sql } }: Ctx, place: RegistryPlace): Promise<FleetMode[]> {
  return sql<FleetMode[]>`
    select f.id as fleet_id, f.name as fleet_name, p.fields ->> 'schema_coalescing_mode' as mode
    from tidegate.fleet f left join tidegate.policy p on p.scope = 'fleet' and p.scope_id = f.id
    where f.project_id = ${place.projectId} and (${place.fleetId}::uuid is null or f.id = ${place.fleetId}::uuid)
    order by f.name, f.id`;
}

interface TableRow {
  source_table: string;
  devices: number;
  own_mirrors: number;
  open_device_reviews: number;
  decided_in_registry: number;
  open_registry_reviews: number;
}

/** The open reviews of single devices that the registry of scope `to` decides, or is asked about. */
const inRegistry = (sql: Sql, to: Mode): Fragment => sql`
  exists (select from tidegate.registry_entry e
    where e.scope = ${to} and e.source_table = r.source_table and e.schema_hash = r.schema_hash
      and e.scope_id = case ${to}::text when 'fleet' then r.fleet_id else r.project_id end
      and (e.status = 'approved' or exists (select from tidegate.registry_review q
        where q.registry_id = e.id and q.status in ('queued', 'in_review'))))`;

async function tablesOf(
  { db: { sql } }: Ctx,
  { projectId }: RegistryPlace,
  fleetIds: string[],
  to: Mode,
): Promise<TableRow[]> {
  return sql<TableRow[]>`
    with devices as (
      select l.source_table, count(*)::int as n from tidegate.lineage l
      where l.project_id = ${projectId} and l.fleet_id = any(${fleetIds}::uuid[]) group by 1),
    mirrors as (
      select l.source_table, count(*)::int as n
      from tidegate.lineage l join tidegate.mirror m
        on m.scope = 'device' and m.scope_id = l.device_id and m.source_table = l.source_table
      where l.project_id = ${projectId} and l.fleet_id = any(${fleetIds}::uuid[]) group by 1),
    reviews as (
      select r.source_table, count(*)::int as n, (count(*) filter (where ${inRegistry(sql, to)}))::int as shared
      from tidegate.schema_review r
      where r.project_id = ${projectId} and r.fleet_id = any(${fleetIds}::uuid[]) and r.status in ('queued', 'in_review') group by 1),
    registry as (
      select q.source_table, count(distinct q.id)::int as n
      from tidegate.registry_review q
      join tidegate.schema_version v on v.registry_entry_id = q.registry_id and v.status = 'pending'
      join tidegate.lineage l on l.id = v.lineage_id
      where q.project_id = ${projectId} and q.status in ('queued', 'in_review') and l.fleet_id = any(${fleetIds}::uuid[]) group by 1)
    select d.source_table, d.n as devices, coalesce(m.n, 0) as own_mirrors,
      coalesce(r.n, 0) as open_device_reviews, coalesce(r.shared, 0) as decided_in_registry,
      coalesce(q.n, 0) as open_registry_reviews
    from devices d
    left join mirrors m using (source_table)
    left join reviews r using (source_table)
    left join registry q using (source_table)
    order by d.n desc, d.source_table`;
}

/** What setting the coalescing mode of a project, or of one fleet, would concern. Changes nothing. */
export async function previewMode(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof previewModeInput> },
): Promise<ModeEffect> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  const { schema_coalescing_mode } = parseInput(previewModeInput, args.input, 'query');
  return inSnapshot(args.ctx, async (ctx) => {
    const place = await requirePlace(ctx, args);
    const { fields } = await effectivePolicy(ctx.db, place);
    const to = await modeAfter(ctx, place, schema_coalescing_mode);
    const fleets = await fleetModes(ctx, place);
    // Below a project a fleet's own mode is stronger; a fleet's change is of that very mode.
    const isOwn = ({ mode }: FleetMode) => place.fleetId === null && mode !== null;
    const concerned = fleets.filter((fleet) => !isOwn(fleet)).map(({ fleet_id }) => fleet_id);
    const tables = await tablesOf(ctx, place, concerned, to);
    const [counted] = await ctx.db.sql<{ n: number }[]>`
      select count(*)::int as n from tidegate.device where fleet_id = any(${concerned}::uuid[])`;
    const sum = (of: (table: TableRow) => number) => tables.reduce((all, table) => all + of(table), 0);
    return {
      from: fields.schema_coalescing_mode,
      to,
      devices: counted?.n ?? 0,
      unaffected_fleets: fleets
        .filter(isOwn)
        .map(({ fleet_id, fleet_name, mode }) => ({ fleet_id, fleet_name, mode: mode ?? '' })),
      table_count: tables.length,
      own_mirrors: sum((t) => t.own_mirrors),
      open_device_reviews: sum((t) => t.open_device_reviews),
      decided_in_registry: sum((t) => t.decided_in_registry),
      open_registry_reviews: sum((t) => t.open_registry_reviews),
      tables: tables.slice(0, TABLES_MAX).map(({ decided_in_registry: _, ...table }) => table),
    };
  });
}
