// Asks for a consolidation: a dry run says per device what would move and what is in the way, by doing the part
// that decides and rolling it back; a run makes the job that the worker carries out.
import type { z } from 'zod';
import { consolidateInput, type ConsolidateResult } from '@/server/contract/registry';
import { mirrorTable } from '@/server/db/identifier';
import { consolidation, consolidationDevice } from '@/server/db/schema/registry';
import { ring } from '@/server/db/notify';
import { uuidV4 } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { rolledBack } from '../governance/preview-review';
import { loadCandidates, loadSharedSchemas } from './consolidation-candidates';
import { readConsolidation } from './consolidation-jobs';
import { planMove, type Candidate, type MovePlan } from './consolidation-rules';
import { registerFromDevices } from './register-from-devices';
import { lineagesOfScope, requirePlace, type RegistryScope, type RegistryTarget } from './registry-scope';

const DEVICES_PER_STATEMENT = 5000;

type Args = RegistryTarget & { ctx: Ctx; sourceTable: string; input: z.input<typeof consolidateInput> };

/**
 * Consolidates a table at project or fleet scope. 409 `nothing_to_consolidate` where no device has a mirror of its
 * own any more, `coalescing_not_in_force` where no device's mode is of this scope, `consolidation_open` beside another job; 404 for a table that no device sends.
 */
export async function consolidate(args: Args): Promise<ConsolidateResult> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(consolidateInput, args.input, 'body');
  const place = await requirePlace(args.ctx, args);
  const scope: RegistryScope =
    place.fleetId === null
      ? { ...place, scope: 'project', scopeId: place.projectId }
      : { ...place, scope: 'fleet', scopeId: place.fleetId };
  return input.dry_run ? dryRun(args, scope) : start(args, scope);
}

async function requireCandidates(ctx: Ctx, scope: RegistryScope, sourceTable: string): Promise<Candidate[]> {
  const candidates = await loadCandidates(ctx.db, scope, sourceTable);
  if (candidates.length === 0) {
    const { sql } = ctx.db;
    const [known] = await sql`
      select from tidegate.lineage l
      where l.source_table = ${sourceTable} and ${lineagesOfScope(sql, scope)} limit 1`;
    if (known === undefined) throw notFound('source table', sourceTable);
    throw conflict(
      'nothing_to_consolidate',
      `No device of this ${scope.scope} has a mirror of its own of the table "${sourceTable}". Check the table's name; what is consolidated already is in the shared mirror.`,
    );
  }
  if (!candidates.some(({ mode }) => mode === scope.scope)) {
    throw conflict(
      'coalescing_not_in_force',
      `The mode in force is "${candidates[0]?.mode ?? 'none'}": the devices would go on making mirrors of their own. Set schema_coalescing_mode to "${scope.scope}" first.`,
    );
  }
  return candidates;
}

async function dryRun({ ctx, sourceTable }: Args, scope: RegistryScope): Promise<ConsolidateResult> {
  const candidates = await requireCandidates(ctx, scope, sourceTable);
  const { plans, added } = await rolledBack(ctx, async (inner) => {
    const registered = await registerFromDevices(inner, scope, sourceTable, candidates);
    const shared = await loadSharedSchemas(inner.db, scope, sourceTable);
    const plan = (c: Candidate): MovePlan => planMove(c, scope.scope, shared, registered.refused);
    return { plans: candidates.map(plan), added: registered.added };
  });
  const lines: ConsolidateResult['lines'] = [];
  for (const [i, candidate] of candidates.entries()) {
    const conflicts = plans[i]?.conflicts ?? [];
    lines.push({
      lineage_id: candidate.lineageId,
      device_id: candidate.deviceId,
      device_name: candidate.deviceName,
      mirror_table_names: candidate.mirrors.map((m) => m.tableName),
      ...(await countRows(ctx, candidate)),
      conflicts: [...conflicts],
    });
  }
  const moving = lines.filter((l) => l.conflicts.length === 0);
  return {
    dry_run: true,
    source_table: sourceTable,
    devices: lines.length,
    rows: moving.reduce((sum, l) => sum + l.rows, 0),
    conflicting_devices: lines.length - moving.length,
    lines,
    new_schema_hashes: added,
    job: null,
  };
}

async function countRows(
  { db: { sql } }: Ctx,
  { deviceId, mirrors }: Candidate,
): Promise<{ rows: number; tombstones: number }> {
  let rows = 0;
  for (const { tableName } of mirrors) {
    const [counted] = await sql<{ n: string }[]>`
      select count(*) as n from ${sql.unsafe(mirrorTable(tableName))} where device_id = ${deviceId}`;
    rows += Number(counted?.n ?? 0);
  }
  const [gone] = await sql<{ n: string }[]>`
    select count(*) as n from tidegate.mirror_tombstone
    where device_id = ${deviceId} and mirror_id = any(${mirrors.map((m) => m.id)}::uuid[])`;
  return { rows, tombstones: Number(gone?.n ?? 0) };
}

async function start({ ctx: outer, sourceTable }: Args, scope: RegistryScope): Promise<ConsolidateResult> {
  return inTransaction(outer, async (ctx) => {
    const candidates = await requireCandidates(ctx, scope, sourceTable);
    const { orgId, projectId, fleetId, scopeId } = scope;
    const now = ctx.clock.now();
    const place = { orgId, projectId, fleetId, scope: scope.scope, scopeId, sourceTable };
    const [job] = await ctx.db.orm
      .insert(consolidation)
      .values({ id: uuidV4(), ...place, status: 'pending', notBefore: now, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: consolidation.id });
    if (job === undefined) throw await anotherJob(ctx, scope, sourceTable);
    for (let from = 0; from < candidates.length; from += DEVICES_PER_STATEMENT) {
      await ctx.db.orm.insert(consolidationDevice).values(
        candidates.slice(from, from + DEVICES_PER_STATEMENT).map((c) => ({
          consolidationId: job.id,
          lineageId: c.lineageId,
          deviceId: c.deviceId,
          deviceName: c.deviceName,
          status: 'pending' as const,
          updatedAt: now,
        })),
      );
    }
    await recordEvent(ctx, {
      kind: 'edge_consolidation.started',
      subject: { kind: 'consolidation', id: job.id },
      orgId,
      projectId,
      fleetId,
      data: { scope: scope.scope, source_table: sourceTable, devices: candidates.length },
    });
    await ring(ctx.db, 'consolidation');
    return {
      dry_run: false,
      source_table: sourceTable,
      devices: candidates.length,
      rows: 0,
      conflicting_devices: 0,
      lines: [],
      new_schema_hashes: [],
      job: await readConsolidation(ctx, job.id),
    };
  });
}

async function anotherJob(ctx: Ctx, scope: RegistryScope, sourceTable: string) {
  const [open] = await ctx.db.sql<{ id: string; status: string }[]>`
    select id, status from tidegate.consolidation
    where scope = ${scope.scope} and scope_id = ${scope.scopeId} and source_table = ${sourceTable}
      and status <> 'completed'`;
  return conflict(
    'consolidation_open',
    `This table is being consolidated already: the job ${open?.id ?? ''} is ${open?.status ?? 'open'}. Resume it, or wait for its end.`,
    open,
  );
}
