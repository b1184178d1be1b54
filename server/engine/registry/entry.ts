// Registry entries and their locks. Whoever joins an entry holds it for share, whoever decides it for update: a
// device that joins while it is decided either waits with the others or is admitted, and never falls between.
import { and, asc, desc, eq, inArray, lt, ne } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { registryEntry, registryReview } from '@/server/db/schema/registry';
import type { SchemaSeen } from '../governance/classify';
import type { BoundVersion } from '../governance/mirror-before';
import type { RegistryScope } from './registry-scope';

export type EntryRow = typeof registryEntry.$inferSelect;

export type EntryKey = RegistryScope & { sourceTable: string; schemaHash: string };

const byKey = ({ scope, scopeId, sourceTable, schemaHash }: EntryKey) =>
  and(
    eq(registryEntry.scope, scope),
    eq(registryEntry.scopeId, scopeId),
    eq(registryEntry.sourceTable, sourceTable),
    eq(registryEntry.schemaHash, schemaHash),
  );

/** True where `seen` says more about the columns than the entry knows. */
export const learnsFrom = (
  entry: Pick<EntryRow, 'columns' | 'verified' | 'status'>,
  seen: SchemaSeen,
): boolean =>
  entry.status === 'pending' &&
  seen.columns !== null &&
  !entry.verified &&
  (seen.verified || entry.columns === null);

/**
 * The entry of a key, held for joining; for update where `seen` is to be learnt from, since a lock for share
 * that two hold cannot become one for update.
 */
export async function joinEntry(db: Db, key: EntryKey, seen: SchemaSeen): Promise<EntryRow | null> {
  const [found] = await db.orm.select().from(registryEntry).where(byKey(key));
  return found === undefined ? null : joinEntryById(db, found, seen);
}

/** The same, for an entry that is known. */
export async function joinEntryById(
  db: Db,
  { id }: Pick<EntryRow, 'id'>,
  seen: SchemaSeen,
): Promise<EntryRow | null> {
  const byId = eq(registryEntry.id, id);
  const [now] = await db.orm.select().from(registryEntry).where(byId);
  if (now === undefined) return null;
  const [held] = await db.orm
    .select()
    .from(registryEntry)
    .where(byId)
    .for(learnsFrom(now, seen) ? 'update' : 'share');
  return held ?? null;
}

/** The entry, without a lock. */
export async function readEntry(db: Db, entryId: string): Promise<EntryRow | null> {
  const [row] = await db.orm.select().from(registryEntry).where(eq(registryEntry.id, entryId));
  return row ?? null;
}

/** The entry, held for a decision. */
export async function lockEntry(db: Db, entryId: string): Promise<EntryRow | null> {
  const [row] = await db.orm.select().from(registryEntry).where(eq(registryEntry.id, entryId)).for('update');
  return row ?? null;
}

/** The entry of a table in a scope that was approved last: what a later schema is compared with. */
export async function lastApproved(
  db: Db,
  { scope, scopeId, sourceTable }: Omit<EntryKey, 'schemaHash'>,
): Promise<EntryRow | null> {
  const [row] = await db.orm
    .select()
    .from(registryEntry)
    .where(
      and(
        eq(registryEntry.scope, scope),
        eq(registryEntry.scopeId, scopeId),
        eq(registryEntry.sourceTable, sourceTable),
        eq(registryEntry.status, 'approved'),
      ),
    )
    .orderBy(desc(registryEntry.decidedAt), desc(registryEntry.id))
    .limit(1);
  return row ?? null;
}

/** What an entry is compared with: the one approved last before it was decided itself. */
export async function approvedBefore(db: Db, entry: EntryRow): Promise<EntryRow | null> {
  const [row] = await db.orm
    .select()
    .from(registryEntry)
    .where(
      and(
        eq(registryEntry.scope, entry.scope),
        eq(registryEntry.scopeId, entry.scopeId),
        eq(registryEntry.sourceTable, entry.sourceTable),
        eq(registryEntry.status, 'approved'),
        ne(registryEntry.id, entry.id),
        entry.decidedAt === null ? undefined : lt(registryEntry.decidedAt, entry.decidedAt),
      ),
    )
    .orderBy(desc(registryEntry.decidedAt), desc(registryEntry.id))
    .limit(1);
  return row ?? null;
}

/** Everything that was approved of the entry's table before `at`, the oldest first. */
export async function allApprovedBefore(db: Db, entry: EntryRow, at: Date): Promise<BoundVersion[]> {
  const rows = await db.orm
    .select({
      columns: registryEntry.columns,
      mirrorId: registryEntry.mirrorId,
      bindings: registryEntry.bindings,
    })
    .from(registryEntry)
    .where(
      and(
        eq(registryEntry.scope, entry.scope),
        eq(registryEntry.scopeId, entry.scopeId),
        eq(registryEntry.sourceTable, entry.sourceTable),
        eq(registryEntry.status, 'approved'),
        ne(registryEntry.id, entry.id),
        lt(registryEntry.decidedAt, at),
      ),
    )
    .orderBy(asc(registryEntry.decidedAt), asc(registryEntry.id));
  return rows.map((row) => ({ ...row, bindings: row.bindings ?? [] }));
}

/** The open review of an entry; null where nobody is asked now. */
export async function openReviewOf(db: Db, entryId: string): Promise<string | null> {
  const [row] = await db.orm
    .select({ id: registryReview.id })
    .from(registryReview)
    .where(
      and(eq(registryReview.registryId, entryId), inArray(registryReview.status, ['queued', 'in_review'])),
    );
  return row?.id ?? null;
}

/** One writer at a time makes entries or mirrors of a table in a scope, until its transaction ends. */
export async function lockTableOfScope(
  { sql }: Db,
  { scope, scopeId, sourceTable }: Omit<EntryKey, 'schemaHash'>,
): Promise<void> {
  const name = JSON.stringify(['registry', scope, scopeId, sourceTable]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
