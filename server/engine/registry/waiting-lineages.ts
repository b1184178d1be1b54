// Whom a decision is for. An approval also decides for devices that have a review of their own from before the
// mode changed: two decisions on one schema would otherwise stand beside each other.
import type { Fragment } from 'postgres';
import type { Sql } from '@/server/db/client';
import type { Ctx } from '../context/context';
import type { EntryRow } from './entry';
import { lineagesOfScope, modeInForce } from './registry-scope';

/**
 * One row: `waiting`, how many lineages wait for the entry or are held by its rejection, and `staged`, their rows. The
 * statuses are named, not excluded, so that an index finds them among all that have been approved.
 */
export const waitingFor = (sql: Sql, entryId: Fragment): Fragment => sql`
  (select count(*) as waiting, coalesce(sum(v.staged_rows), 0) as staged
   from tidegate.schema_version v
   where v.registry_entry_id = ${entryId} and v.status in ('pending', 'deferred', 'rejected'))`;

/** Lineages that have joined the entry and wait. */
export async function waitingLineages(ctx: Ctx, entryId: string): Promise<string[]> {
  return versionsOf(ctx, entryId, 'pending');
}

/** Lineages whose rows of the hash are held because the entry was rejected. */
export async function rejectedLineages(ctx: Ctx, entryId: string): Promise<string[]> {
  return versionsOf(ctx, entryId, 'rejected');
}

async function versionsOf({ db }: Ctx, entryId: string, status: string): Promise<string[]> {
  const rows = await db.sql<{ id: string }[]>`
    select lineage_id as id from tidegate.schema_version
    where registry_entry_id = ${entryId} and status = ${status}`;
  return rows.map(({ id }) => id);
}

/** The waiting lineages, and those in scope that have an open device review of the same hash. */
export async function lineagesToApprove(ctx: Ctx, entryId: string): Promise<string[]> {
  const { sql } = ctx.db;
  const [entry] = await sql<
    Pick<
      EntryRow,
      'orgId' | 'projectId' | 'fleetId' | 'scope' | 'scopeId' | 'sourceTable' | 'schemaHash' | 'capture'
    >[]
  >`
    select org_id as "orgId", project_id as "projectId", fleet_id as "fleetId", scope, scope_id as "scopeId",
      source_table as "sourceTable", schema_hash as "schemaHash", capture
    from tidegate.registry_entry where id = ${entryId}`;
  if (entry === undefined) return [];
  const own = await sql<{ id: string }[]>`
    select v.lineage_id as id from tidegate.schema_version v join tidegate.lineage l on l.id = v.lineage_id
    where v.status = 'pending' and v.registry_entry_id is null and v.schema_hash = ${entry.schemaHash}
      and l.source_table = ${entry.sourceTable} and l.capture = ${entry.capture}
      and ${lineagesOfScope(sql, entry)} and ${modeInForce(sql, entry)}`;
  return [...(await waitingLineages(ctx, entryId)), ...own.map(({ id }) => id)];
}
