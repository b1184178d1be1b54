// Schemas that were approved device by device come into the registry when their devices are consolidated: as most
// of the devices decided them, the longest known first. Devices that decided otherwise conflict and stay as they are.
import type { ColumnAction } from '@/server/contract/governance';
import { registryEntry, type registryReview } from '@/server/db/schema/registry';
import type { Capture, Classification } from '@/server/db/schema/governance';
import { uuidV4 } from '@/server/lib/uuid';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { applySharedDecision } from './apply-shared-decision';
import { approvedHashes, decisionKey, type Candidate } from './consolidation-rules';
import { lastApproved, lockTableOfScope } from './entry';
import type { RegistryScope } from './registry-scope';

interface VersionSeen {
  schema_hash: string;
  columns: SchemaColumn[];
  verified: boolean;
  classification: Classification;
}

export interface Registered {
  /** Hashes that were taken in. */
  added: string[];
  /** Why a hash is not in the registry, in words. */
  refused: Map<string, string>;
}

/** Makes the entries that the candidates need, in the caller's transaction. */
export async function registerFromDevices(
  ctx: Ctx,
  scope: RegistryScope,
  sourceTable: string,
  candidates: readonly Candidate[],
): Promise<Registered> {
  await lockTableOfScope(ctx.db, { ...scope, sourceTable });
  const movable = candidates.filter((c) => c.mode === scope.scope);
  const hashes = [...new Set(movable.flatMap(approvedHashes))];
  const known = await statusesOf(ctx, scope, sourceTable);
  const refused = new Map<string, string>();
  const added: string[] = [];
  for (const version of await versionsSeen(ctx, movable, hashes)) {
    const hash = version.schema_hash;
    const status = known.get(hash);
    if (status === 'approved') continue;
    const why =
      status === undefined
        ? await register(ctx, scope, sourceTable, version, movable)
        : `Schema ${hash.slice(0, 8)} is ${status} in the registry. ${status === 'pending' ? 'Decide its review first.' : 'Reopen its review first.'}`;
    if (why === null) added.push(hash);
    else refused.set(hash, why);
  }
  return { added, refused };
}

async function statusesOf(
  { db }: Ctx,
  scope: RegistryScope,
  sourceTable: string,
): Promise<Map<string, string>> {
  const rows = await db.sql<{ schema_hash: string; status: string }[]>`
    select schema_hash, status from tidegate.registry_entry
    where scope = ${scope.scope} and scope_id = ${scope.scopeId} and source_table = ${sourceTable}`;
  return new Map(rows.map((r) => [r.schema_hash, r.status]));
}

/** One version of each hash, those that were seen first before the others. */
async function versionsSeen(
  { db }: Ctx,
  candidates: readonly Candidate[],
  hashes: readonly string[],
): Promise<VersionSeen[]> {
  return db.sql<VersionSeen[]>`
    select * from (
      select distinct on (schema_hash) schema_hash, columns, verified, classification, first_seen_at
      from tidegate.schema_version
      where lineage_id = any(${candidates.map((c) => c.lineageId)}::uuid[])
        and schema_hash = any(${[...hashes]}::text[]) and status = 'approved' and columns is not null
      order by schema_hash, verified desc, first_seen_at) v
    order by first_seen_at, schema_hash`;
}

/** The candidate whose decision on a hash most others share. */
function majority(hash: string, candidates: readonly Candidate[]): Candidate | undefined {
  const votes = new Map<string, { candidate: Candidate; count: number }>();
  for (const candidate of candidates) {
    if (!approvedHashes(candidate).includes(hash)) continue;
    const key = decisionKey(candidate, hash);
    const vote = votes.get(key);
    votes.set(key, { candidate: vote?.candidate ?? candidate, count: (vote?.count ?? 0) + 1 });
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0]?.candidate;
}

/** Null where the hash is in the registry now, else why it could not be taken in. */
async function register(
  ctx: Ctx,
  scope: RegistryScope,
  sourceTable: string,
  version: VersionSeen,
  candidates: readonly Candidate[],
): Promise<string | null> {
  const model = majority(version.schema_hash, candidates);
  if (model === undefined) return `No device has a decision on schema ${version.schema_hash.slice(0, 8)}.`;
  const before = await lastApproved(ctx.db, { ...scope, sourceTable });
  if (before !== null && before.capture !== model.capture)
    return 'The registry knows this table as another kind of batch.';
  // With the names the device has; where the shared mirror has one of them for something else, with new ones.
  for (const named of [true, false]) {
    try {
      await ctx.db.savepoint((db) => insertEntry({ ...ctx, db }, scope, sourceTable, version, model, named));
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!named)
        return `The decision on schema ${version.schema_hash.slice(0, 8)} cannot be shared: ${error.detail}`;
    }
  }
  return null;
}

async function insertEntry(
  ctx: Ctx,
  scope: RegistryScope,
  sourceTable: string,
  version: VersionSeen,
  model: Candidate,
  named: boolean,
): Promise<void> {
  const { orgId, projectId, fleetId, scopeId } = scope;
  const now = ctx.clock.now();
  const [entry] = await ctx.db.orm
    .insert(registryEntry)
    .values({
      id: uuidV4(),
      orgId,
      projectId,
      fleetId,
      scope: scope.scope,
      scopeId,
      sourceTable,
      schemaHash: version.schema_hash,
      capture: model.capture as Capture,
      classification: version.classification,
      verified: version.verified,
      columns: version.columns,
      reasons: [] satisfies (typeof registryReview.$inferInsert)['reasons'],
      status: 'pending',
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (entry === undefined) throw new Error('the registry entry was not written');
  const actions = model.bindings
    .filter((b) => b.hash === version.schema_hash)
    .map((b): ColumnAction => ({
      source_column_name: b.source,
      action: b.action,
      ...(b.isTime ? { is_time_column: true } : {}),
      ...(named && b.column !== null ? { mirror_column_name: b.column } : {}),
    }));
  await applySharedDecision(ctx, entry, { columns: version.columns, actions, sample: null });
  await recordEvent(ctx, {
    kind: 'edge_registry_entry.consolidated',
    subject: { kind: 'registry_entry', id: entry.id },
    orgId,
    projectId,
    fleetId,
    data: {
      source_table: sourceTable,
      schema_hash: version.schema_hash,
      decided_as_device: model.deviceName,
    },
  });
}
