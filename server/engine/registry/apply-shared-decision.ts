// Carries out a decision on a registry entry in the caller's transaction: the shared mirror is made or evolved
// and the entry says what every lineage on its hash is bound by. Who is bound is `bindLineages`' part.
import { eq } from 'drizzle-orm';
import type { ColumnAction } from '@/server/contract/governance';
import { registryEntry } from '@/server/db/schema/registry';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { unacceptable, type FieldError } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { refuseBeyondPostgres } from '../governance/apply-decision';
import { actionProblems } from '../governance/column-actions';
import { timeColumnOf } from '../governance/map-decision';
import { NO_MAPPING } from '../governance/map-rules';
import type { LineageRow } from '../lineages/lineage-row';
import { planMirror, type MirrorPlan } from '../mirror/plan-mirror';
import { lockMirror, provisionMirror, type Provisioned } from '../mirror/provision-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { lastApproved, lockTableOfScope, type EntryRow } from './entry';
import { sharedMirrorSource } from './registry-scope';

export interface SharedDecision {
  columns: readonly SchemaColumn[];
  actions: readonly ColumnAction[];
  /** One of the lineages, whose staged samples show which column a telemetry batch leaves out as its time. */
  sample: LineageRow | null;
}

export interface SharedApplied {
  /** The entry as it is now. */
  entry: EntryRow;
  plan: MirrorPlan;
  provisioned: Provisioned;
}

/** What a decision for one device can do and one for many cannot. */
function notShared(actions: readonly ColumnAction[]): FieldError[] {
  return actions.flatMap(({ source_column_name: name, action }, i): FieldError[] => {
    const path = `column_actions[${i}].action`;
    if (action === 'map' || action === 'auto_create_and_map') {
      const detail = `"${name}" cannot be mapped by a decision for many devices: a data point belongs to one device. Mirror or ignore it.`;
      return [{ path, code: 'map_not_shared', detail }];
    }
    if (action !== 'defer') return [];
    const detail = `"${name}" cannot be deferred by a decision for many devices: what waits for it would be kept on each of them. Mirror or ignore it.`;
    return [{ path, code: 'defer_not_shared', detail }];
  });
}

/** Applies a decision to a locked entry. 422 `column_actions_invalid` with a line per column at fault. */
export async function applySharedDecision(
  ctx: Ctx,
  entry: EntryRow,
  { columns, actions, sample }: SharedDecision,
): Promise<SharedApplied> {
  await lockTableOfScope(ctx.db, entry);
  const source = sharedMirrorSource(entry);
  const existing = await lockMirror(ctx.db, source);
  const shape = mirrorShapeOf(entry.capture, columns);
  const refused = notShared(actions);
  const problems =
    refused.length > 0
      ? refused
      : actionProblems(shape.columns, actions, existing?.columns ?? null, { ...NO_MAPPING, own: shape.own });
  if (problems.length > 0) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    throw unacceptable('column_actions_invalid', `${problems[0]?.detail ?? ''}${more}`, problems);
  }
  const byName = new Map(actions.map((a) => [a.source_column_name, a]));
  const plan = planMirror(shape.columns, byName, existing?.columns ?? null, shape.own);
  const timeColumn = await sharedTimeColumn(ctx, entry, { columns, actions, sample });
  const provisioned = await provisionMirror(ctx.db, source, existing, plan).catch(refuseBeyondPostgres);
  const now = ctx.clock.now();
  const [after] = await ctx.db.orm
    .update(registryEntry)
    .set({
      status: 'approved',
      columns: [...columns],
      columnActions: [...actions],
      bindings: plan.bindings,
      timeColumn,
      mirrorId: provisioned.mirrorId,
      decidedAt: now,
      updatedAt: now,
    })
    .where(eq(registryEntry.id, entry.id))
    .returning();
  if (after === undefined) throw new Error('the registry entry vanished while it was being decided');
  if (provisioned.change !== 'none' && provisioned.mirrorId !== null) {
    await recordEvent(ctx, {
      kind: `edge_mirror.${provisioned.change}`,
      subject: { kind: 'mirror', id: provisioned.mirrorId },
      orgId: entry.orgId,
      projectId: entry.projectId,
      fleetId: entry.fleetId,
      data: {
        mirror_table_name: provisioned.tableName,
        ddl: provisioned.ddl,
        schema_hash: entry.schemaHash,
        registry_id: entry.id,
      },
    });
  }
  return { entry: after, plan, provisioned };
}

async function sharedTimeColumn(
  ctx: Ctx,
  entry: EntryRow,
  { columns, actions, sample }: SharedDecision,
): Promise<string | null> {
  const named = actions.find((a) => a.is_time_column === true)?.source_column_name;
  if (named !== undefined) return named;
  const before = (await lastApproved(ctx.db, entry))?.timeColumn ?? null;
  if (before !== null && columns.some((c) => c.name === before)) return before;
  return sample === null
    ? null
    : timeColumnOf(ctx, sample, { schemaHash: entry.schemaHash, columns, actions });
}
