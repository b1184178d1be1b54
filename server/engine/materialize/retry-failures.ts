// Sends a group of failed rows on, in one transaction with its event; the replay does the writing. No remedy
// takes a row out of staging by itself: it leaves when it lands (invariant 5). `null_value` is for the rows of
// the group alone; `text_column` is for later rows of the schema too, or the same value would fail tomorrow.
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { retryFailuresInput, type RetriedFailures } from '@/server/contract/rows';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import { columnBinding, mirrorColumn } from '@/server/db/schema/mirrors';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, notFound, unacceptable } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { lockLineage, pauseCausesOf, type LineageRow } from '../lineages/lineage-row';
import { proposeColumnName } from '../mirror/names';
import { lockMirrorById, runDdl, type ExistingMirror } from '../mirror/provision-mirror';
import { scheduleReplay } from '../staging/replay-intent';
import { groupId, readGroups, whyRefused, type GroupRow } from './failure-group';

/**
 * Tries the rows of a group again with `remedy`. 404 `failure_group_not_found` where no row of it is left, 422
 * `remedy_refused` with the reason where it cannot be taken.
 */
export async function retryFailures(args: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  groupId: string;
  input: z.input<typeof retryFailuresInput>;
}): Promise<RetriedFailures> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { remedy } = parseInput(retryFailuresInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockLineage(ctx, args.projectId, args.lineageId);
    const group = (await readGroups(ctx.db.sql, locked.id)).find((g) => groupId(g) === args.groupId);
    if (group === undefined) throw notFound('failure group', args.groupId);
    const refused = whyRefused(group, remedy);
    if (refused !== null) {
      throw unacceptable('remedy_refused', refused, [
        { path: 'remedy', code: 'remedy_refused', detail: refused },
      ]);
    }
    if (remedy === 'null_value') await dropValues(ctx, locked, group);
    const textColumn = remedy === 'text_column' ? await addTextColumn(ctx, locked, group) : null;
    await scheduleReplay(ctx, locked, { actionKind: 'retry', actionVersion: 0, reviewId: null });
    const { rows, schema_hash, error_column: column, error_kind: kind } = group;
    const done = { group_id: args.groupId, remedy, rows, text_column_name: textColumn };
    await recordEvent(ctx, {
      kind: 'edge_table_lineage.failures_retried',
      subject: { kind: 'lineage', id: locked.id },
      ...placeOf(locked),
      data: { ...done, schema_hash, column, error_kind: kind },
    });
    const causes = await pauseCausesOf(ctx.db, locked.id);
    return { ...done, waits_for: causes.filter((c) => c !== 'backpressure') };
  });
}

const placeOf = (locked: LineageRow) => ({
  orgId: locked.orgId,
  projectId: locked.projectId,
  fleetId: locked.fleetId,
  deviceId: locked.deviceId,
  lineageId: locked.id,
});

/** Marks the column of the group's rows to be written as NULL. The rows keep what was received. */
async function dropValues(ctx: Ctx, locked: LineageRow, group: GroupRow): Promise<void> {
  await ctx.db.sql`
    update tidegate.staged_row
    set null_columns = coalesce(null_columns, '[]'::jsonb) || to_jsonb(array[${group.error_column}::text])
    where lineage_id = ${locked.id} and staging_reason = 'materialization_failed'
      and schema_hash = ${group.schema_hash} and error_column is not distinct from ${group.error_column}
      and error_kind is not distinct from ${group.error_kind}`;
}

/** The text column beside the group's mirror column, made where there is none. Answers its name. */
async function addTextColumn(ctx: Ctx, locked: LineageRow, group: GroupRow): Promise<string> {
  const ofGroup = and(
    eq(columnBinding.lineageId, locked.id),
    eq(columnBinding.schemaHash, group.schema_hash),
    eq(columnBinding.sourceColumnName, group.error_column ?? ''),
  );
  const [binding] = await ctx.db.orm.select().from(columnBinding).where(ofGroup);
  const mirror = binding?.mirrorId ? await lockMirrorById(ctx.db, binding.mirrorId) : null;
  if (binding === undefined || mirror === null || binding.mirrorColumnName === null) {
    throw conflict(
      'column_not_mirrored',
      `"${group.error_column ?? ''}" is not mirrored any more. Send the rows as they are.`,
    );
  }
  if (binding.textColumnName !== null) return binding.textColumnName;
  const name = await freeTextColumn(ctx, locked, mirror, binding.mirrorColumnName);
  await ctx.db.orm.update(columnBinding).set({ textColumnName: name }).where(ofGroup);
  return name;
}

/** Another schema of the lineage may have made the column already: it is the same column's, so it is shared. */
async function freeTextColumn(
  ctx: Ctx,
  locked: LineageRow,
  mirror: ExistingMirror,
  mirrorColumnName: string,
): Promise<string> {
  const [shared] = await ctx.db.sql<{ name: string }[]>`
    select text_column_name as name from tidegate.column_binding
    where mirror_id = ${mirror.id} and mirror_column_name = ${mirrorColumnName} and text_column_name is not null
    limit 1`;
  if (shared !== undefined) return shared.name;
  const beside = mirror.columns.find((c) => c.name === mirrorColumnName);
  const name = proposeColumnName(`${mirrorColumnName}_text`, new Set(mirror.columns.map((c) => c.name)));
  const ddl = `alter table ${mirrorTable(mirror.tableName)} add column ${quoteIdentifier(name)} text`;
  await runDdl(ctx.db, [ddl]);
  await ctx.db.orm.insert(mirrorColumn).values({
    mirrorId: mirror.id,
    name,
    position: mirror.columns.length,
    type: 'text',
    sourceColumnName: beside?.sourceColumnName ?? mirrorColumnName,
    keyOrdinal: 0,
  });
  await recordEvent(ctx, {
    kind: 'edge_mirror.evolved',
    subject: { kind: 'mirror', id: mirror.id },
    ...placeOf(locked),
    data: { mirror_table_name: mirror.tableName, ddl: [ddl], text_column_of: mirrorColumnName },
  });
  return name;
}
