// What Tidegate asks of its driver when connections are lost in the middle of anything: an answer belongs to the
// statement that asked for it or is an error, and a transaction that lost its connection writes nothing more.
// postgres.js needs its patch for this (patches/README.md); without it this file fails.
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { createDb, type RootDb } from './client';
import { classifySqlError } from './sqlstate';

const LANES = 12;
const ROUNDS = 150;

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { max: 4 });
  await db.sql`create table kept (lane int, round int, part int)`;
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const failed = (error: unknown): void => {
  expect(classifySqlError(error), String(error)).toBe('transient');
};

async function ask(id: number): Promise<void> {
  const rows = await db.sql<{ id: number }[]>`select ${id}::int as id`;
  expect(rows).toEqual([{ id }]);
}

/** A transaction of three parts whose connection is ended before the `killAt`th; 0 for not at all. */
async function write(lane: number, round: number, killAt: number): Promise<void> {
  await db.transaction(async ({ sql }) => {
    for (const part of [1, 2, 3]) {
      if (part === killAt) {
        void sql`select pg_terminate_backend(pg_backend_pid())`.catch(() => undefined);
        // Long enough for the loss to be noticed and the connection to be given to somebody else.
        if (round % 2 === 0) for (let n = 0; n < 60; n++) await turn();
      }
      const answer = await sql<{ lane: number; part: number }[]>`
        insert into kept (lane, round, part) values (${lane}, ${round}, ${part}) returning lane, part`.catch(
        (error: unknown) => {
          failed(error);
          return null;
        },
      );
      // A careless caller goes on after a failed statement; the driver must not let it write anywhere.
      if (answer !== null) expect(answer).toEqual([{ lane, part }]);
    }
  });
}

it('answers each statement with its own answer or an error, whatever connections are lost meanwhile', async () => {
  const committed = new Set<string>();
  const lane = async (n: number): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      if (n % 3 === 0) {
        const killAt = (n + round) % 5;
        await write(n, round, killAt).then(() => committed.add(`${String(n)}/${String(round)}`), failed);
      } else {
        await Promise.all([ask(n * 1_000_000 + round), ask(n * 1_000_000 + 500_000 + round)]).catch(failed);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, n) => lane(n)));
  await ask(7);
  const found = await db.sql<{ id: string; parts: number }[]>`
    select lane || '/' || round as id, count(*)::int as parts from kept group by 1`;
  expect(found.every(({ parts }) => parts === 3)).toBe(true);
  expect(new Set(found.map(({ id }) => id))).toEqual(committed);
});
