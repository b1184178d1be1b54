/**
 * Proves that a change happens whole or not at all: its connection is cut at each of its statements, and the database is then
 * exactly what it was, in every row of every table and every mirror there is. One that has left nothing behind can
 * be cut again at the next statement, so a case is prepared once.
 */
import { expect } from 'vitest';
import type { RootDb } from '@/server/db/client';
import { faultyDb } from './faulty-db';

/** A fingerprint of everything in the database: what every table is made of, and its rows. */
async function everything({ sql }: RootDb): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; digest: string }[]>`
    select format('%s.%s', n.nspname, c.relname) as name,
      (select string_agg(format('%s %s', a.attname, a.atttypid::regtype), ', ' order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) || ' ' ||
      query_to_xml(format('select count(*), sum(hashtextextended(t::text, 0)) from %I.%I t', n.nspname, c.relname),
        true, true, '')::text as digest
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('tidegate', 'tidegate_mirror') and c.relkind = 'r'`;
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** The change, through a door of the test's choice. */
export type Change = (door: RootDb) => Promise<unknown>;

async function countStatements(db: RootDb, change: Change): Promise<number> {
  const counting = faultyDb(db, { at: 'commit', by: 'error' });
  await expect(change(counting.db)).rejects.toThrow('before statement commit');
  return counting.statements();
}

/**
 * Cuts the connection of `change` at each statement and at its commit, and then breaks it after its commit. Leaves it done.
 * @returns how many statements it has.
 */
export async function proveWholeOrNothing(db: RootDb, change: Change): Promise<number> {
  const before = await everything(db);
  const statements = await countStatements(db, change);
  const places = [...Array.from({ length: statements }, (_, i) => i + 1), 'commit' as const];
  for (const at of places) {
    const faulty = faultyDb(db, { at, by: 'kill' });
    const outcome = await change(faulty.db).then(
      () => 'done',
      () => 'failed',
    );
    expect({ at, outcome, struck: faulty.struck() }).toEqual({ at, outcome: 'failed', struck: true });
    expect(await everything(db), `cut at ${String(at)}`).toEqual(before);
  }
  const late = faultyDb(db, { at: 'committed', by: 'kill' });
  await expect(change(late.db)).rejects.toThrow('after the commit');
  expect(await everything(db)).not.toEqual(before);
  return statements;
}
