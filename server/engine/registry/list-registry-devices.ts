// The devices that have a schema of the registry, and those that are behind it.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import {
  listRegistryDevicesInput,
  type ListRegistryDevicesInput,
  type RegistryDevice,
} from '@/server/contract/registry-reads';
import type { Sql } from '@/server/db/client';
import { containsPattern } from '@/server/db/like';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { getRegistryEntry, type EntryTarget } from './registry-entries';

type Row = Omit<RegistryDevice, 'staged_row_count'> & { staged_row_count: string };

/** Which versions `v` are listed for the entry `entryId`. */
function versionsOn(sql: Sql, entryId: string, on: ListRegistryDevicesInput['on']): Fragment {
  const own = sql`v.registry_entry_id = ${entryId}`;
  switch (on) {
    case 'any':
      return own;
    case 'current':
      return sql`${own} and v.is_current`;
    case 'waiting':
      return sql`${own} and v.status <> 'approved'`;
    case 'left':
      return sql`${own} and not v.is_current`;
    case 'older':
      return sql`v.is_current and v.registry_entry_id in (
        select o.id from tidegate.registry_entry o join tidegate.registry_entry e
          on e.scope = o.scope and e.scope_id = o.scope_id and e.source_table = o.source_table
        where e.id = ${entryId} and (o.created_at, o.id) < (e.created_at, e.id))`;
  }
}

/** Devices of an entry by name, or those of its table that are on an older one. 404 `registry_entry_not_found`. */
export async function listRegistryDevices(
  args: EntryTarget & { input: z.input<typeof listRegistryDevicesInput> },
): Promise<Page<RegistryDevice>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listRegistryDevicesInput, args.input, 'query');
  const entry = await getRegistryEntry(args);
  const { sql } = ctx.db;
  const { q } = query;
  return listPage<Row, RegistryDevice>({
    db: ctx.db,
    page: query,
    columns: sql`v.lineage_id, l.device_id, d.name as device_name, l.fleet_id, f.name as fleet_name, d.connected,
      v.registry_entry_id as registry_id, v.schema_hash, v.status, v.is_current,
      v.staged_rows as staged_row_count, l.last_batch_at`,
    from: sql`tidegate.schema_version v
      join tidegate.lineage l on l.id = v.lineage_id
      join tidegate.device d on d.id = l.device_id
      join tidegate.fleet f on f.id = l.fleet_id`,
    where: [
      sql`l.project_id = ${args.projectId}`,
      versionsOn(sql, entry.id, query.on),
      ...(q === undefined || q === '' ? [] : [sql`d.name ilike ${containsPattern(q)}`]),
    ],
    order: {
      name: 'device_name',
      descending: false,
      keys: [
        { expression: sql`d.name`, type: 'text' },
        { expression: sql`v.lineage_id`, type: 'uuid' },
      ],
    },
    toItem: (row) => ({
      ...row,
      staged_row_count: Number(row.staged_row_count),
      last_batch_at: rfc3339(row.last_batch_at),
    }),
  });
}
