/**
 * A database door that fails on purpose: before a chosen statement of its transactions, or just after their
 * commit, when the caller cannot know that it happened. Retrying must then lead to the same end.
 */
import type postgres from 'postgres';
import { insideTransaction, type Db, type RootDb } from '@/server/db/client';

/** A statement by its number, from 1; `commit` is the one after the last, `committed` the moment after it. */
export interface Fault {
  at: number | 'commit' | 'committed';
  /** An error that Postgres gives, or the end of the connection. */
  by: 'error' | 'kill';
}

export interface FaultyDb {
  db: RootDb;
  /** Statements begun so far, over all its transactions. */
  statements(): number;
  /** Whether the fault has struck. It strikes once. */
  struck(): boolean;
}

export class InjectedFault extends Error {
  override readonly name = 'InjectedFault';
  /** Postgres's code for a cancelled query: a transient error that the engine itself never causes. */
  readonly code = '57014';
}

/**
 * `base` with one fault; with null it only counts. Its statements keep their names in their sessions, which spares
 * half of the round trips where the same ones come thousands of times.
 */
export function faultyDb(base: RootDb, fault: Fault | null): FaultyDb {
  let statements = 0;
  let struck = false;
  const strike = (tx: postgres.TransactionSql): void => {
    struck = true;
    if (fault?.by !== 'kill') throw new InjectedFault(`before statement ${String(fault?.at)}`);
    // Queued on the same connection, ahead of what comes next: that finds the connection gone.
    tx.unsafe('select pg_terminate_backend(pg_backend_pid())')
      .execute()
      .catch(() => undefined);
  };
  const before = (tx: postgres.TransactionSql): void => {
    statements += 1;
    if (!struck && fault?.at === statements) strike(tx);
  };
  const wrap = (tx: postgres.TransactionSql): postgres.TransactionSql =>
    new Proxy(tx, {
      apply: (target, self, args: unknown[]) => {
        const [first] = args;
        if (Array.isArray(first) && 'raw' in first) before(target);
        return Reflect.apply(target as unknown as (...a: unknown[]) => unknown, self, args);
      },
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (name === 'unsafe') {
          return (...[text, values, options]: Parameters<typeof target.unsafe>) => {
            before(target);
            return target.unsafe(text, values, { ...options, prepare: true });
          };
        }
        if (name === 'savepoint') {
          return (run: (inner: postgres.TransactionSql) => unknown) =>
            target.savepoint((inner) => run(wrap(inner as unknown as postgres.TransactionSql)));
        }
        return value;
      },
    });
  const transaction = async <T>(run: (db: Db) => Promise<T>): Promise<T> => {
    const result = await base.root.begin(async (tx) => {
      const inside = await run(insideTransaction(wrap(tx)));
      if (!struck && fault?.at === 'commit') strike(tx);
      return inside;
    });
    if (!struck && fault?.at === 'committed') {
      struck = true;
      throw new InjectedFault('after the commit');
    }
    return result as T;
  };
  return {
    db: { ...base, transaction, savepoint: transaction },
    statements: () => statements,
    struck: () => struck,
  };
}
