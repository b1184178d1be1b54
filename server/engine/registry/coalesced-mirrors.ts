// Mirror tables that many devices share, as people see them, and their rows of all devices.
import { z } from 'zod';
import type { Page, PageMeta } from '@/server/contract/common';
import { listCoalescedMirrorsInput, type CoalescedMirror } from '@/server/contract/registry';
import { exportMirrorRowsInput, listMirrorRowsInput, type MirrorRows } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import type { RegistryScopeKind } from '@/server/db/schema/registry';
import { isUuid } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { exportFacts, mirrorExport, type MirrorExport } from '../mirror/export-mirror-rows';
import { readMirrorRows } from '../mirror/list-mirror-rows';
import { mirrorById, mirrorsById, toMirror, type MirrorView } from '../mirror/read-mirror';
import { listPage } from '../paging/list-page';
import {
  insidePlace,
  requirePlace,
  scopeName,
  type RegistryPlace,
  type RegistryTarget,
} from './registry-scope';

interface Usage {
  id: string;
  scope: RegistryScopeKind;
  scope_name: string;
  device_count: string;
  schema_hashes: string[];
}

const usageColumns = (sql: Sql) => sql`
  r.id, r.scope, ${scopeName(sql)} as scope_name,
  (select count(distinct v.lineage_id) from tidegate.registry_entry e
   join tidegate.schema_version v on v.registry_entry_id = e.id and v.status = 'approved'
   where e.mirror_id = r.id) as device_count,
  coalesce((select json_agg(e.schema_hash order by e.decided_at, e.id) from tidegate.registry_entry e
            where e.mirror_id = r.id), '[]') as schema_hashes`;

const toCoalesced = (mirror: MirrorView, usage: Usage): CoalescedMirror => ({
  ...toMirror(mirror),
  scope: usage.scope,
  scope_name: usage.scope_name,
  device_count: Number(usage.device_count),
  schema_hashes: usage.schema_hashes,
});

/** The shared mirrors of a project with its fleets, or of one fleet, by table. */
export async function listCoalescedMirrors(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof listCoalescedMirrorsInput> },
): Promise<Page<CoalescedMirror>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listCoalescedMirrorsInput, args.input, 'query');
  const place = await requirePlace(ctx, args);
  const { sql } = ctx.db;
  const { items, meta } = await listPage<Usage, Usage>({
    db: ctx.db,
    page: query,
    columns: usageColumns(sql),
    from: sql`tidegate.mirror r`,
    where: [
      ...insidePlace(sql, place),
      sql`r.scope <> 'device'`,
      ...(query.scope === undefined ? [] : [sql`r.scope = ${query.scope}`]),
      ...(query.source_table === undefined ? [] : [sql`r.source_table = ${query.source_table}`]),
    ],
    order: {
      name: 'source_table',
      descending: false,
      keys: [
        { expression: sql`r.source_table`, type: 'text' },
        { expression: sql`r.id`, type: 'uuid' },
      ],
    },
    toItem: (row) => row,
  });
  const mirrors = await mirrorsById(
    sql,
    items.map(({ id }) => id),
  );
  const shown = items.flatMap((usage) => {
    const mirror = mirrors.get(usage.id);
    return mirror === undefined ? [] : [toCoalesced(mirror, usage)];
  });
  return { items: shown, meta };
}

/** The arguments of a verb on one shared mirror. */
export interface MirrorOfPlace extends RegistryTarget {
  ctx: Ctx;
  mirrorId: string;
}

/** A shared mirror of the place with its use. Throws 404 `coalesced_mirror_not_found`. */
export async function readCoalesced(
  args: MirrorOfPlace,
): Promise<{ mirror: MirrorView; shown: CoalescedMirror }> {
  const { ctx, mirrorId } = args;
  const mirror = await requireMirror(ctx, await requirePlace(ctx, args), mirrorId);
  const { sql } = ctx.db;
  const [usage] = await sql<Usage[]>`
    select ${usageColumns(sql)} from tidegate.mirror r where r.id = ${mirror.id}`;
  if (usage === undefined) throw notFound('coalesced mirror', mirrorId);
  return { mirror, shown: toCoalesced(mirror, usage) };
}

/** A shared mirror of the place. Throws 404. */
export async function requireMirror(ctx: Ctx, place: RegistryPlace, mirrorId: string): Promise<MirrorView> {
  if (!isUuid(mirrorId)) throw notFound('coalesced mirror', mirrorId);
  const { sql } = ctx.db;
  const [row] = await sql<{ id: string }[]>`
    select r.id from tidegate.mirror r
    where r.id = ${mirrorId} and r.project_id = ${place.projectId} and r.scope <> 'device'
      and (${place.fleetId}::uuid is null or r.scope_id = ${place.fleetId}::uuid)`;
  const mirror = row === undefined ? null : await mirrorById(sql, row.id);
  if (mirror === null) throw notFound('coalesced mirror', mirrorId);
  return mirror;
}

/** As for a lineage's mirror rows; `device_id` keeps to one device, by its UUID: a name is refused with it. */
export const listCoalescedRowsInput = listMirrorRowsInput.extend({ device_id: z.string().optional() });

/** The rows of a shared mirror, of all devices, by device and key unless sorted otherwise. */
export async function listCoalescedRows(
  args: MirrorOfPlace & { input: z.input<typeof listCoalescedRowsInput> },
): Promise<MirrorRows & { meta: PageMeta }> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const { device_id, ...page } = parseInput(listCoalescedRowsInput, args.input, 'query');
  const project = await requireProject(ctx, args.projectId);
  const mirror = await requireMirror(ctx, await requirePlace(ctx, args), args.mirrorId);
  const deviceId = device_id === undefined ? null : await requireDeviceId(ctx, project, device_id);
  const { rows, ...read } = await readMirrorRows(ctx, mirror, deviceId, page);
  const names = await deviceNames(ctx, project.id, [...new Set(rows.map((row) => row.device_id))]);
  return { ...read, rows: rows.map((row) => ({ ...row, device_name: names.get(row.device_id) ?? null })) };
}

/** A device that was deleted has rows and no name. */
async function deviceNames(
  { db: { sql } }: Ctx,
  projectId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from tidegate.device where project_id = ${projectId} and id = any(${ids}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export const exportCoalescedRowsInput = exportMirrorRowsInput.extend({ device_id: z.string().optional() });

/** The rows of a shared mirror as a file; checks, records who takes what, then answers the pages. */
export async function exportCoalescedRows(
  args: MirrorOfPlace & { input: z.input<typeof exportCoalescedRowsInput> },
): Promise<MirrorExport> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const { device_id, ...asked } = parseInput(exportCoalescedRowsInput, args.input, 'query');
  const project = await requireProject(ctx, args.projectId);
  const place = await requirePlace(ctx, args);
  const mirror = await requireMirror(ctx, place, args.mirrorId);
  const deviceId = device_id === undefined ? null : await requireDeviceId(ctx, project, device_id);
  const made = mirrorExport(ctx, mirror, deviceId, asked);
  await recordEvent(ctx, {
    kind: 'edge_rows.exported',
    subject: { kind: 'mirror', id: mirror.id },
    projectId: place.projectId,
    fleetId: place.fleetId,
    deviceId,
    data: { source: 'coalesced', ...exportFacts(mirror, asked) },
  });
  return made;
}
