// Carries out a mirror plan in the caller's transaction, DDL included (invariant 4): a mirror without its
// bindings, or bindings without their mirror, cannot exist.
import { and, asc, desc, eq } from 'drizzle-orm';
import { mirror, mirrorColumn } from '@/server/db/schema/mirrors';
import type { Db } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { mirrorDdl } from './ddl';
import { mirrorTableNames, type MirrorIdentity } from './names';
import type { MirrorColumnSpec, MirrorPlan } from './plan-mirror';

export interface ExistingMirror {
  id: string;
  tableName: string;
  generation: number;
  columns: MirrorColumnSpec[];
}

export interface MirrorSource {
  projectId: string;
  scope: MirrorIdentity['scope'];
  scopeId: string;
  sourceTable: string;
}

/** The newest generation of a source's mirror, without a lock; null before the first approval. */
export const readMirror = (db: Db, source: MirrorSource): Promise<ExistingMirror | null> =>
  newestGeneration(db, source, false);

/** The same, locked until the transaction ends. */
export const lockMirror = (db: Db, source: MirrorSource): Promise<ExistingMirror | null> =>
  newestGeneration(db, source, true);

/** One generation by its id, locked until the transaction ends; null where there is none. */
export async function lockMirrorById(db: Db, mirrorId: string): Promise<ExistingMirror | null> {
  const [row] = await db.orm.select().from(mirror).where(eq(mirror.id, mirrorId)).for('update');
  return row === undefined ? null : withColumns(db, row);
}

async function newestGeneration(db: Db, source: MirrorSource, lock: boolean): Promise<ExistingMirror | null> {
  const query = db.orm
    .select()
    .from(mirror)
    .where(
      and(
        eq(mirror.scope, source.scope),
        eq(mirror.scopeId, source.scopeId),
        eq(mirror.sourceTable, source.sourceTable),
      ),
    )
    .orderBy(desc(mirror.generation))
    .limit(1);
  const [row] = await (lock ? query.for('update') : query);
  return row === undefined ? null : withColumns(db, row);
}

async function withColumns(db: Db, row: typeof mirror.$inferSelect): Promise<ExistingMirror> {
  const columns = await db.orm
    .select()
    .from(mirrorColumn)
    .where(eq(mirrorColumn.mirrorId, row.id))
    .orderBy(asc(mirrorColumn.position));
  return { id: row.id, tableName: row.tableName, generation: row.generation, columns };
}

/** The name the plan's table has or will have; with `hold` nobody else can take it until the transaction ends. */
export async function plannedTableName(
  db: Db,
  source: MirrorSource,
  existing: ExistingMirror | null,
  plan: MirrorPlan,
  hold = false,
): Promise<{ tableName: string; generation: number }> {
  if (existing !== null && plan.kind !== 'create') {
    return { tableName: existing.tableName, generation: existing.generation };
  }
  const generation = (existing?.generation ?? 0) + 1;
  const names = mirrorTableNames({ ...source, generation });
  for (;;) {
    const tableName = names.next().value;
    if (hold) await holdName(db, tableName);
    // Also a table that is no longer in the catalogue counts: a deleted lineage leaves its mirror behind.
    const [seen] = await db.sql<{ taken: boolean }[]>`
      select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'tidegate_mirror' and c.relname = ${tableName})
          or exists (select from tidegate.mirror where table_name = ${tableName}) as taken`;
    if (seen?.taken === false) return { tableName, generation };
  }
}

/**
 * Names are cleaned, so two approvals at once can want the same one: the second waits here and then finds it taken.
 * Without this it would fail in Postgres' own words.
 */
async function holdName({ sql }: Db, tableName: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mirror table ${tableName}`}, 0))`;
}

export interface Provisioned {
  mirrorId: string | null;
  tableName: string | null;
  ddl: string[];
  change: 'none' | 'provisioned' | 'evolved';
}

/** Runs the plan's DDL and brings the catalogue to it. */
export async function provisionMirror(
  db: Db,
  source: MirrorSource,
  existing: ExistingMirror | null,
  plan: MirrorPlan,
): Promise<Provisioned> {
  if (plan.kind === 'none') return { mirrorId: null, tableName: null, ddl: [], change: 'none' };
  const { tableName, generation } = await plannedTableName(db, source, existing, plan, true);
  const ddl = mirrorDdl(plan, tableName);
  await runDdl(db, ddl);
  if (plan.kind === 'evolve' && existing !== null) {
    await insertColumns(db, existing.id, plan.added, existing.columns.length);
    for (const { name, to } of plan.widened) await setColumn(db, existing.id, name, { type: to });
    for (const { name, sourceColumnName } of plan.renamed)
      await setColumn(db, existing.id, name, { sourceColumnName });
    const changed = ddl.length > 0 || plan.renamed.length > 0;
    return { mirrorId: existing.id, tableName, ddl, change: changed ? 'evolved' : 'none' };
  }
  const id = uuidV4();
  await db.orm.insert(mirror).values({
    id,
    projectId: source.projectId,
    scope: source.scope,
    scopeId: source.scopeId,
    sourceTable: source.sourceTable,
    generation,
    tableName,
  });
  await insertColumns(db, id, plan.columns, 0);
  return { mirrorId: id, tableName, ddl, change: 'provisioned' };
}

/** A table that a reader holds must not hold up the lineage, and with it the ingest, behind this wait. */
const DDL_LOCK_TIMEOUT = '3s';

/** Runs the statements; throws Postgres' refusal where somebody holds the table for longer. */
export async function runDdl(db: Db, ddl: readonly string[]): Promise<void> {
  if (ddl.length === 0) return;
  await db.sql`select set_config('lock_timeout', ${DDL_LOCK_TIMEOUT}, true)`;
  for (const statement of ddl) await db.sql.unsafe(statement);
  await db.sql`select set_config('lock_timeout', '0', true)`;
}

const setColumn = (
  db: Db,
  mirrorId: string,
  name: string,
  change: Partial<Pick<typeof mirrorColumn.$inferInsert, 'type' | 'sourceColumnName'>>,
) =>
  db.orm
    .update(mirrorColumn)
    .set(change)
    .where(and(eq(mirrorColumn.mirrorId, mirrorId), eq(mirrorColumn.name, name)));

async function insertColumns(db: Db, mirrorId: string, columns: readonly MirrorColumnSpec[], from: number) {
  if (columns.length === 0) return;
  await db.orm.insert(mirrorColumn).values(
    columns.map((c, i) => ({
      mirrorId,
      name: c.name,
      position: from + i,
      type: c.type,
      sourceColumnName: c.sourceColumnName,
      keyOrdinal: c.keyOrdinal,
    })),
  );
}
