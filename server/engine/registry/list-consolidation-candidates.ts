// Tables that can be consolidated: their devices share a mirror by the mode in force, and still write their own.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import {
  listConsolidationCandidatesInput,
  type ConsolidationCandidate,
} from '@/server/contract/registry-reads';
import type { Sql } from '@/server/db/client';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { coalescingModeOf } from '../policy/coalescing-mode';
import { requirePlace, scopeName, type RegistryPlace, type RegistryTarget } from './registry-scope';

/** By table and scope, as `r`. The mode is found once for each fleet, not for each of its lineages. */
const candidatesFrom = (sql: Sql, place: RegistryPlace): Fragment => sql`
  (select g.mode as scope, case g.mode when 'fleet' then g.fleet_id else ${place.projectId}::uuid end as scope_id,
     g.source_table, sum(g.devices)::int as devices, sum(g.mirrors)::int as mirrors
   from (
     select f.mode, f.id as fleet_id, l.source_table, count(distinct l.id) as devices, count(*) as mirrors
     from (select f.id, ${coalescingModeOf(sql, sql`f.id`, sql`f.project_id`)} as mode
           from tidegate.fleet f where f.project_id = ${place.projectId}) f
     join tidegate.lineage l on l.fleet_id = f.id and l.project_id = ${place.projectId}
     join tidegate.mirror m on m.scope = 'device' and m.scope_id = l.device_id and m.source_table = l.source_table
     where f.mode in ('project', 'fleet')
       and (${place.fleetId}::uuid is null or (f.mode = 'fleet' and f.id = ${place.fleetId}::uuid))
       and exists (select from tidegate.column_binding b where b.lineage_id = l.id and b.mirror_id = m.id)
     group by f.mode, f.id, l.source_table) g
   group by 1, 2, 3) r`;

/** The tables of a project with its fleets, or of one fleet, by name. */
export async function listConsolidationCandidates(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof listConsolidationCandidatesInput> },
): Promise<Page<ConsolidationCandidate>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listConsolidationCandidatesInput, args.input, 'query');
  const place = await requirePlace(ctx, args);
  const { sql } = ctx.db;
  const candidates = candidatesFrom(sql, place);
  return listPage<ConsolidationCandidate, ConsolidationCandidate>({
    db: ctx.db,
    page: query,
    columns: sql`r.scope, r.scope_id, ${scopeName(sql)} as scope_name, r.source_table, r.devices, r.mirrors,
      j.id as open_job_id, j.status as open_job_status`,
    from: sql`${candidates} left join tidegate.consolidation j
      on j.scope = r.scope and j.scope_id = r.scope_id and j.source_table = r.source_table
      and j.status <> 'completed'`,
    walked: candidates,
    where: [
      ...(query.scope === undefined ? [sql`true`] : [sql`r.scope = ${query.scope}`]),
      ...(query.source_table === undefined ? [] : [sql`r.source_table = ${query.source_table}`]),
    ],
    order: {
      name: 'source_table',
      descending: false,
      keys: [
        { expression: sql`r.source_table`, type: 'text' },
        { expression: sql`r.scope_id`, type: 'uuid' },
      ],
    },
    toItem: (row) => row,
  });
}
