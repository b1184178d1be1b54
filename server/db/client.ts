// The one door to Postgres. Everything that must be atomic goes through `transaction`, which joins a
// transaction that is already open: a verb called by a verb can never commit half of its caller's work.
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core';
import { PostgresJsSession, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js/session';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { MIRROR_SCHEMA } from './identifier';
import { OftenRun } from './often-run';

export type Orm = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;
export type Sql = postgres.Sql | postgres.TransactionSql;

export interface Db {
  /** postgres.js, for hot statements: rows travel as one parameter. */
  sql: Sql;
  /** drizzle, for everything else. */
  orm: Orm;
  /** Runs in a transaction: the open one where there is one. */
  transaction<T>(run: (db: Db) => Promise<T>): Promise<T>;
  /** Runs in a savepoint; outside a transaction, in one of its own. A throw undoes only this part. */
  savepoint<T>(run: (db: Db) => Promise<T>): Promise<T>;
}

export interface RootDb extends Db {
  root: postgres.Sql;
  end(): Promise<void>;
}

/** The door as it is inside an open transaction. Outside this file only a test that breaks transactions needs it. */
export function insideTransaction(tx: postgres.TransactionSql): Db {
  const dialect = new PgDialect();
  const session = new PostgresJsSession(tx as never, dialect, undefined, {});
  const db: Db = {
    sql: tx,
    orm: new PgDatabase(dialect, session as never, undefined) as unknown as Orm,
    transaction: (run) => run(db),
    savepoint: async (run) => (await tx.savepoint((inner) => run(insideTransaction(inner)))) as never,
  };
  return db;
}

/** The texts among which one has to come again to get a name, which its sessions keep until they are renewed, hourly. */
const TEXTS_MAX = 512;

/**
 * Which texts have a name, whatever their statement asks for: one without is parsed for each run, and waits for its
 * description first. A mirror's never has: its columns may change under the name, and Postgres then refuses it once in
 * each session.
 */
function oftenRun(): (text: string) => boolean {
  const often = new OftenRun(TEXTS_MAX);
  return (text) => !text.includes(MIRROR_SCHEMA) && often.has(text);
}

/**
 * Connects lazily to `url` with at most `max` connections. A statement that waits longer than `lockTimeoutMs` for a
 * lock fails with 55P03, which is transient; 0 waits for ever.
 * With `plansForValues` each statement is planned for the values that it comes with, never for any (a generic plan),
 * and keeps a name in its session only where it runs often.
 * Timestamps come back as Postgres writes them from `sql`, and as Date from `orm`.
 */
export function createDb(
  url: string,
  {
    max = 10,
    name = 'tidegate',
    lockTimeoutMs = 0,
    plansForValues = false,
  }: { max?: number; name?: string; lockTimeoutMs?: number; plansForValues?: boolean } = {},
): RootDb {
  const root = postgres(url, {
    max,
    prepare: plansForValues ? oftenRun() : true,
    connection: {
      application_name: name,
      TimeZone: 'UTC',
      lock_timeout: lockTimeoutMs,
      ...(plansForValues ? { plan_cache_mode: 'force_custom_plan' } : {}),
    },
    onnotice: () => undefined,
  });
  const orm = drizzle(root) as unknown as Orm;
  const transaction = async <T>(run: (db: Db) => Promise<T>): Promise<T> =>
    (await root.begin((tx) => run(insideTransaction(tx)))) as T;
  return { root, sql: root, orm, transaction, savepoint: transaction, end: () => root.end({ timeout: 5 }) };
}
