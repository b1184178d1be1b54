// Consolidation jobs as people see them, and what people do with them.
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { EventOf } from '@/server/contract/event-kinds';
import type { Page } from '@/server/contract/common';
import {
  dropOldMirrorsInput,
  listConsolidationDevicesInput,
  listConsolidationsInput,
  type Consolidation,
  type consolidationDevice,
} from '@/server/contract/registry';
import type { Sql } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { ring } from '@/server/db/notify';
import { consolidation as jobTable } from '@/server/db/schema/registry';
import { mirror } from '@/server/db/schema/mirrors';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { isUuid } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { runDdl } from '../mirror/provision-mirror';
import { listPage } from '../paging/list-page';
import { insidePlace, requirePlace, scopeName, type RegistryTarget } from './registry-scope';
import { waitTurn } from './run-consolidation';

type JobView = Omit<Consolidation, CountName> & Record<CountName, string>;
type CountName = 'devices' | 'moved_devices' | 'skipped_devices' | 'copied_rows' | 'copied_tombstones';
type DeviceView = z.infer<typeof consolidationDevice>;

/** At most so many tables are dropped by one call: each needs locks that Postgres has a limited number of. */
const DROPPED_PER_CALL = 500;

/** The old mirrors of devices that have moved, `m`, which no schema is bound to any more, of the job `j`. */
const oldMirrors = (sql: Sql) => sql`
  tidegate.consolidation_device c
  cross join jsonb_array_elements(c.moves) as x(move)
  join tidegate.mirror m on m.id = (x.move ->> 'fromMirrorId')::uuid
  where c.consolidation_id = r.id and c.status = 'moved' and m.scope = 'device'
    and not exists (select from tidegate.column_binding b where b.mirror_id = m.id)`;

const jobColumns = (sql: Sql) => sql`
  r.id, r.scope, r.scope_id, ${scopeName(sql)} as scope_name, r.source_table, r.status, d.devices, d.moved_devices, d.skipped_devices,
  d.copied_rows, d.copied_tombstones, r.last_error, r.created_at, r.updated_at, r.finished_at,
  coalesce((select json_agg(m.table_name order by m.table_name) from ${oldMirrors(sql)}), '[]') as old_mirrors`;

const jobFrom = (sql: Sql) => sql`
  tidegate.consolidation r
  cross join lateral (
    select count(*) as devices, count(*) filter (where d.status = 'moved') as moved_devices,
      count(*) filter (where d.status = 'skipped') as skipped_devices,
      coalesce(sum(d.copied_rows), 0) as copied_rows, coalesce(sum(d.copied_tombstones), 0) as copied_tombstones
    from tidegate.consolidation_device d where d.consolidation_id = r.id) d`;

const toJob = (row: JobView): Consolidation => ({
  ...row,
  devices: Number(row.devices),
  moved_devices: Number(row.moved_devices),
  skipped_devices: Number(row.skipped_devices),
  copied_rows: Number(row.copied_rows),
  copied_tombstones: Number(row.copied_tombstones),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
  finished_at: rfc3339OrNull(row.finished_at),
});

/** A job by its id, whose scope the caller has checked. */
export async function readConsolidation({ db: { sql } }: Ctx, jobId: string): Promise<Consolidation> {
  const [row] = await sql<JobView[]>`select ${jobColumns(sql)} from ${jobFrom(sql)} where r.id = ${jobId}`;
  if (row === undefined) throw notFound('consolidation', jobId);
  return toJob(row);
}

/** The arguments of a verb on one job. */
export interface JobTarget extends RegistryTarget {
  ctx: Ctx;
  consolidationId: string;
}

/** Throws 404 where the job is not at the caller's place. */
async function requireJob(args: JobTarget): Promise<string> {
  const { ctx, consolidationId } = args;
  const place = await requirePlace(ctx, args);
  if (!isUuid(consolidationId)) throw notFound('consolidation', consolidationId);
  const [row] = await ctx.db.sql<{ id: string }[]>`
    select id from tidegate.consolidation
    where id = ${consolidationId} and project_id = ${place.projectId}
      and (${place.fleetId}::uuid is null or fleet_id = ${place.fleetId}::uuid)`;
  if (row === undefined) throw notFound('consolidation', consolidationId);
  return row.id;
}

/** The jobs of a project with its fleets, or of one fleet, the newest first. */
export async function listConsolidations(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof listConsolidationsInput> },
): Promise<Page<Consolidation>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listConsolidationsInput, args.input, 'query');
  const place = await requirePlace(ctx, args);
  const { sql } = ctx.db;
  return listPage<JobView, Consolidation>({
    db: ctx.db,
    page: query,
    columns: jobColumns(sql),
    from: jobFrom(sql),
    where: [
      ...insidePlace(sql, place),
      ...(query.scope === undefined ? [] : [sql`r.scope = ${query.scope}`]),
      ...(query.source_table === undefined ? [] : [sql`r.source_table = ${query.source_table}`]),
    ],
    order: {
      name: '-created_at',
      descending: true,
      keys: [
        { expression: sql`r.created_at`, type: 'timestamptz' },
        { expression: sql`r.id`, type: 'uuid' },
      ],
    },
    toItem: toJob,
  });
}

/** One job with its progress. */
export async function getConsolidation(args: JobTarget): Promise<Consolidation> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  return readConsolidation(args.ctx, await requireJob(args));
}

/** How far a job is with each device, by name. */
export async function listConsolidationDevices(
  args: JobTarget & { input: z.input<typeof listConsolidationDevicesInput> },
): Promise<Page<DeviceView>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listConsolidationDevicesInput, args.input, 'query');
  const jobId = await requireJob(args);
  const { sql } = ctx.db;
  type Row = Omit<DeviceView, 'copied_rows' | 'copied_tombstones'> &
    Record<'copied_rows' | 'copied_tombstones', string>;
  return listPage<Row, DeviceView>({
    db: ctx.db,
    page: query,
    columns: sql`d.lineage_id, d.device_id, d.device_name, d.status, d.detail, d.copied_rows,
      d.copied_tombstones, d.updated_at`,
    from: sql`tidegate.consolidation_device d`,
    where: [
      sql`d.consolidation_id = ${jobId}`,
      ...(query.status === undefined ? [] : [sql`d.status = ${query.status}`]),
    ],
    order: {
      name: 'device_name',
      descending: false,
      keys: [
        { expression: sql`d.device_name`, type: 'text' },
        { expression: sql`d.lineage_id`, type: 'uuid' },
      ],
    },
    toItem: (row) => ({
      ...row,
      copied_rows: Number(row.copied_rows),
      copied_tombstones: Number(row.copied_tombstones),
      updated_at: rfc3339(row.updated_at),
    }),
  });
}

type Status = Consolidation['status'];

async function changeStatus(
  args: JobTarget,
  { from, to, kind }: { from: readonly Status[]; to: Status; kind: EventOf<'edge_consolidation'> },
): Promise<Consolidation> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  return inTransaction(args.ctx, async (ctx) => {
    const jobId = await requireJob({ ...args, ctx });
    // Once it answers, nothing is being copied any more.
    await waitTurn(ctx.db, jobId);
    const [job] = await ctx.db.orm.select().from(jobTable).where(eq(jobTable.id, jobId)).for('update');
    if (job === undefined) throw notFound('consolidation', jobId);
    if (!from.includes(job.status)) {
      throw conflict(
        'consolidation_status_conflict',
        `This job is ${job.status}; it has to be ${from.join(' or ')}.`,
        { id: job.id, status: job.status },
      );
    }
    const now = ctx.clock.now();
    await ctx.db.orm
      .update(jobTable)
      .set({ status: to, updatedAt: now, notBefore: now })
      .where(eq(jobTable.id, jobId));
    await recordEvent(ctx, {
      kind: `edge_consolidation.${kind}`,
      subject: { kind: 'consolidation', id: jobId },
      orgId: job.orgId,
      projectId: job.projectId,
      fleetId: job.fleetId,
      data: { source_table: job.sourceTable, before: job.status, after: to },
    });
    await ring(ctx.db, 'consolidation');
    return readConsolidation(ctx, jobId);
  });
}

/** Stops a job after the step under way. Devices that have gone over stay so; one is left in the middle of its rows. */
export const stopConsolidation = (args: JobTarget): Promise<Consolidation> =>
  changeStatus(args, { from: ['pending', 'running'], to: 'stopped', kind: 'stopped' });

/** Takes a stopped job up again where it was. */
export const resumeConsolidation = (args: JobTarget): Promise<Consolidation> =>
  changeStatus(args, { from: ['stopped'], to: 'pending', kind: 'resumed' });

/**
 * Drops old mirror tables of devices that have moved, at most 500 at a time. 409 `mirror_count_changed` where
 * their number is not the confirmed one.
 */
export async function dropOldMirrors(
  args: JobTarget & { input: z.input<typeof dropOldMirrorsInput> },
): Promise<{ dropped: string[]; remaining: number }> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(dropOldMirrorsInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const jobId = await requireJob({ ...args, ctx });
    const { sql } = ctx.db;
    const found = await sql<{ id: string }[]>`
      select m.id from tidegate.consolidation r, lateral (select m.* from ${oldMirrors(sql)}) m
      where r.id = ${jobId} order by m.table_name`;
    if (found.length !== input.expected_mirrors) {
      throw conflict(
        'mirror_count_changed',
        `This job has left ${String(found.length)} old mirror tables, you confirmed ${String(input.expected_mirrors)}. Look again and repeat with the new number.`,
        { old_mirrors: found.length },
      );
    }
    const ids = found.slice(0, DROPPED_PER_CALL).map(({ id }) => id);
    const gone =
      ids.length === 0
        ? []
        : await ctx.db.orm
            .delete(mirror)
            .where(and(inArray(mirror.id, ids), eq(mirror.scope, 'device')))
            .returning({ tableName: mirror.tableName });
    const dropped = gone.map((m) => m.tableName).sort();
    await runDdl(
      ctx.db,
      dropped.map((name) => `drop table ${mirrorTable(name)}`),
    );
    const job = await readConsolidation(ctx, jobId);
    await recordEvent(ctx, {
      kind: 'edge_consolidation.old_mirrors_dropped',
      subject: { kind: 'consolidation', id: jobId },
      projectId: args.projectId,
      fleetId: job.scope === 'fleet' ? job.scope_id : null,
      data: { source_table: job.source_table, mirror_table_names: dropped },
    });
    return { dropped, remaining: found.length - dropped.length };
  });
}
