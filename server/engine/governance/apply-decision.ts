// Carries out a decision on one schema version: mirror table, bindings, version status, pause cause and
// replay intent, in the caller's one transaction (invariant 4). An operator's approval and an additive
// continue both end here, so they cannot differ.
import { and, eq } from 'drizzle-orm';
import { schemaVersion } from '@/server/db/schema/governance';
import { sqlMessage, sqlState } from '@/server/db/sqlstate';
import { columnBinding } from '@/server/db/schema/mirrors';
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { unacceptable } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';
import {
  lockMirror,
  provisionMirror,
  type ExistingMirror,
  type MirrorSource,
  type Provisioned,
} from '../mirror/provision-mirror';
import { planMirror, type MirrorPlan } from '../mirror/plan-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { actionProblems, holdsLineage } from './column-actions';
import { mapRulesOf, pointsOf, timeColumnOf } from './map-decision';

export interface Decision {
  schemaHash: string;
  columns: readonly SchemaColumn[];
  actions: readonly ColumnAction[];
}

export interface Applied {
  provisioned: Provisioned;
  plan: MirrorPlan;
  /** True where the lineage stays paused for what was deferred. */
  held: boolean;
  /** Source column to the data point it is mapped to. */
  points: ReadonlyMap<string, string>;
}

/** The source of a device's own mirror. */
export const mirrorSourceOf = (lineage: LineageRow): MirrorSource => ({
  projectId: lineage.projectId,
  scope: 'device',
  scopeId: lineage.deviceId,
  sourceTable: lineage.sourceTable,
});

/**
 * Applies `decision` to a locked lineage; where `bound` is given, to that generation of the mirror and not to
 * the newest. Throws 422 `column_actions_invalid` with a line per column where
 * the decision breaks a rule.
 */
export async function applyDecision(
  ctx: Ctx,
  lineage: LineageRow,
  decision: Decision,
  bound: ExistingMirror | null = null,
): Promise<Applied> {
  const source = mirrorSourceOf(lineage);
  const existing = bound ?? (await lockMirror(ctx.db, source));
  const { columns, own } = mirrorShapeOf(lineage.capture, decision.columns);
  const rules = { ...(await mapRulesOf(ctx, lineage)), own };
  const problems = actionProblems(columns, decision.actions, existing?.columns ?? null, rules);
  if (problems.length > 0) {
    const first = problems[0]?.detail ?? '';
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    throw unacceptable('column_actions_invalid', `${first}${more}`, problems);
  }
  const held = holdsLineage(decision.columns, decision.actions);
  const actions = new Map(decision.actions.map((a) => [a.source_column_name, a]));
  // An approval that leaves the lineage held decides nothing yet: the mirror waits for the amended decision.
  const plan = held ? undecided(decision) : planMirror(columns, actions, existing?.columns ?? null, own);
  const provisioned = await provisionMirror(ctx.db, source, existing, plan).catch(refuseBeyondPostgres);
  const points = held ? new Map<string, string>() : await pointsOf(ctx, lineage, decision);
  const timeColumn = await timeColumnOf(ctx, lineage, decision);
  await writeBindings(ctx, lineage, decision.schemaHash, {
    plan,
    mirrorId: provisioned.mirrorId,
    points,
    timeColumn,
  });
  await ctx.db.orm
    .update(schemaVersion)
    .set({ status: held ? 'deferred' : 'approved', columns: [...decision.columns] })
    .where(and(eq(schemaVersion.lineageId, lineage.id), eq(schemaVersion.schemaHash, decision.schemaHash)));
  if (provisioned.change !== 'none' && provisioned.mirrorId !== null) {
    await recordEvent(ctx, {
      kind: `edge_mirror.${provisioned.change}`,
      subject: { kind: 'mirror', id: provisioned.mirrorId },
      orgId: lineage.orgId,
      projectId: lineage.projectId,
      fleetId: lineage.fleetId,
      deviceId: lineage.deviceId,
      lineageId: lineage.id,
      data: {
        mirror_table_name: provisioned.tableName,
        ddl: provisioned.ddl,
        schema_hash: decision.schemaHash,
      },
    });
  }
  return { provisioned, plan, held, points };
}

/** 1,600 columns in a table and 32 in a key are the most; the transaction is spoilt and rolls back. */
export function refuseBeyondPostgres(error: unknown): never {
  if (sqlState(error)?.startsWith('54') !== true) throw error;
  throw unacceptable(
    'mirror_beyond_postgres',
    `Postgres cannot make this mirror: ${sqlMessage(error)}. Ignore columns until it fits.`,
    [],
  );
}

const undecided = (decision: Decision): MirrorPlan => ({
  kind: 'none',
  bindings: decision.actions.map((a) => ({
    sourceColumnName: a.source_column_name,
    action: a.action === 'mirror' ? 'defer' : a.action,
    mirrorColumnName: null,
  })),
});

interface BindingsToWrite {
  plan: MirrorPlan;
  mirrorId: string | null;
  /** Source column to data point. */
  points: ReadonlyMap<string, string>;
  timeColumn: string | null;
}

async function writeBindings(
  ctx: Ctx,
  lineage: LineageRow,
  schemaHash: string,
  { plan, mirrorId, points, timeColumn }: BindingsToWrite,
): Promise<void> {
  const before = await ctx.db.orm
    .delete(columnBinding)
    .where(and(eq(columnBinding.lineageId, lineage.id), eq(columnBinding.schemaHash, schemaHash)))
    .returning();
  // A remedy for values that do not fit outlives an amend.
  const textColumnOf = new Map(before.map((b) => [b.mirrorColumnName, b.textColumnName]));
  await ctx.db.orm.insert(columnBinding).values(
    plan.bindings.map((b) => ({
      lineageId: lineage.id,
      schemaHash,
      sourceColumnName: b.sourceColumnName,
      action: b.action,
      mirrorId: b.mirrorColumnName === null ? null : mirrorId,
      mirrorColumnName: b.mirrorColumnName,
      textColumnName: b.mirrorColumnName === null ? null : (textColumnOf.get(b.mirrorColumnName) ?? null),
      deviceDataPointId: points.get(b.sourceColumnName) ?? null,
      isTimeColumn: b.sourceColumnName === timeColumn,
    })),
  );
}
