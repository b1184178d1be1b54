// Repairs what an approved entry has promised: every lineage in scope on its hash is bound as the entry says, and
// what it has staged is replayed. It can be run again at any time: what is right already is left alone.
import type { z } from 'zod';
import { reconcileInput, type Reconciled } from '@/server/contract/registry';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { rolledBack } from '../governance/preview-review';
import type { LineageRow } from '../lineages/lineage-row';
import { pauseCausesOf } from '../lineages/lineage-row';
import { replayStranded } from '../staging/replay-intent';
import { bindLineages } from './bind-lineages';
import type { EntryRow } from './entry';
import { lockEntryWith } from './locked-registry-review';
import { getRegistryEntry, type EntryTarget } from './registry-entries';
import { lineagesOfScope, modeInForce } from './registry-scope';
import { releaseHolds } from './release-holds';

interface Fault {
  lineage_id: string;
  device_name: string;
  status: string;
  /** The version has joined this entry. */
  joined: boolean;
  bound: boolean;
  /** The lineage has a mirror of its own for this schema, from its own approval. */
  own: boolean;
}

/**
 * Reconciles an approved entry; with `dry_run`, does it and undoes it. 409 `registry_entry_not_approved` where nothing
 * is decided.
 */
export async function reconcileEntry(
  args: EntryTarget & { input?: z.input<typeof reconcileInput> },
): Promise<Reconciled> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(reconcileInput, args.input ?? {}, 'body');
  const found = (ctx: Ctx) => reconcile({ ...args, ctx });
  if (input.dry_run) return { ...(await rolledBack(args.ctx, found)), dry_run: true };
  return inTransaction(args.ctx, found);
}

async function reconcile(args: EntryTarget): Promise<Reconciled> {
  const { ctx } = args;
  const found = await getRegistryEntry(args);
  if (found.status !== 'approved') {
    throw conflict(
      'registry_entry_not_approved',
      `This entry is ${found.status}: there is no decision to bind its devices by. Decide its review first.`,
      { id: found.id, status: found.status, open_review_id: found.open_review_id },
    );
  }
  const of = { id: found.id, projectId: args.projectId };
  const onHash = async (inner: Ctx) => (await versionsOnHash(inner, found.id)).map((v) => v.lineage_id);
  const { entry, lineages } = await lockEntryWith(ctx, of, onHash, () => Promise.resolve(null));
  return repair(ctx, entry, lineages);
}

async function repair(ctx: Ctx, entry: EntryRow, lineages: readonly LineageRow[]): Promise<Reconciled> {
  const locked = new Map(lineages.map((l) => [l.id, l]));
  const versions = (await versionsOnHash(ctx, entry.id)).filter((v) => locked.has(v.lineage_id));
  const toBind = versions.filter((v) => mayBind(v) && !v.bound).map((v) => v.lineage_id);
  await bindLineages(ctx, entry, toBind, null);
  const resume = { actionKind: 'resume', actionVersion: 0, registryReviewId: null } as const;
  const ours = versions.filter((v) => mayBind(v)).map((v) => v.lineage_id);
  const released = await releaseHolds(ctx, ours, resume);
  const stranded = await replayRest(
    ctx,
    ours.flatMap((id) => locked.get(id) ?? []),
  );
  const done: Reconciled = {
    dry_run: false,
    registry_id: entry.id,
    lineages: versions.length,
    bound: toBind.length,
    replays: released.lineages + stranded.lineages,
    staged_rows: released.rows + stranded.rows,
    skipped: versions
      .filter((v) => !mayBind(v))
      .map((v) => ({ lineage_id: v.lineage_id, device_name: v.device_name, reason: whySkipped(v) })),
  };
  await recordEvent(ctx, {
    kind: 'edge_registry_entry.reconciled',
    subject: { kind: 'registry_entry', id: entry.id },
    orgId: entry.orgId,
    projectId: entry.projectId,
    fleetId: entry.fleetId,
    data: { ...done, skipped: done.skipped.length },
  });
  return done;
}

/** What a person has decided for one device alone stays as it is. */
const mayBind = (v: Fault): boolean => v.joined || (v.status === 'pending' && !v.own);

function whySkipped(v: Fault): string {
  if (v.own || v.status === 'approved')
    return 'It was approved on its own and keeps its own mirror until it is consolidated.';
  return v.status === 'rejected'
    ? 'An operator has rejected this schema for this device. Reopen its review to let the registry decide.'
    : 'Its own approval left a required column undecided. Complete that one first.';
}

/** Schedules a replay where nothing holds a lineage and rows wait that no replay will try. */
async function replayRest(
  ctx: Ctx,
  lineages: readonly LineageRow[],
): Promise<{ lineages: number; rows: number }> {
  const sum = { lineages: 0, rows: 0 };
  for (const lineage of lineages.filter((l) => l.stagedRows > 0)) {
    if ((await pauseCausesOf(ctx.db, lineage.id)).some((cause) => cause !== 'backpressure')) continue;
    if (!(await replayStranded(ctx, lineage))) continue;
    sum.lineages += 1;
    sum.rows += lineage.stagedRows;
  }
  return sum;
}

/** Every version of the entry's hash: those that joined it, and those in scope under the mode in force. */
async function versionsOnHash({ db: { sql } }: Ctx, entryId: string): Promise<Fault[]> {
  const [entry] = await sql<
    Pick<
      EntryRow,
      | 'orgId'
      | 'projectId'
      | 'fleetId'
      | 'scope'
      | 'scopeId'
      | 'sourceTable'
      | 'schemaHash'
      | 'capture'
      | 'mirrorId'
      | 'bindings'
    >[]
  >`
    select org_id as "orgId", project_id as "projectId", fleet_id as "fleetId", scope, scope_id as "scopeId",
      source_table as "sourceTable", schema_hash as "schemaHash", capture, mirror_id as "mirrorId", bindings
    from tidegate.registry_entry where id = ${entryId}`;
  if (entry === undefined) return [];
  return sql<Fault[]>`
    select v.lineage_id, d.name as device_name, v.status, v.registry_entry_id is not null as joined,
      v.status = 'approved' and not exists (
        select from jsonb_to_recordset(${JSON.stringify(entry.bindings ?? [])}::text::jsonb)
          as e("sourceColumnName" text, action text, "mirrorColumnName" text)
        where not exists (
          select from tidegate.column_binding b
          where b.lineage_id = l.id and b.schema_hash = v.schema_hash
            and b.source_column_name = e."sourceColumnName" and b.action = e.action
            and b.mirror_column_name is not distinct from e."mirrorColumnName"
            and b.mirror_id is not distinct from
              case when e."mirrorColumnName" is not null then ${entry.mirrorId}::uuid end)) as bound,
      v.registry_entry_id is null and exists (
        select from tidegate.column_binding b where b.lineage_id = l.id and b.schema_hash = v.schema_hash) as own
    from tidegate.schema_version v
    join tidegate.lineage l on l.id = v.lineage_id
    join tidegate.device d on d.id = l.device_id
    where v.schema_hash = ${entry.schemaHash} and l.source_table = ${entry.sourceTable}
      and l.capture = ${entry.capture}
      and (v.registry_entry_id = ${entryId} or (v.registry_entry_id is null
           and ${lineagesOfScope(sql, entry)} and ${modeInForce(sql, entry)}))
    order by l.id`;
}
