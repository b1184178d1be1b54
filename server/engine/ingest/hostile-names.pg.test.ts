// Table and column names that a device may have, made to break SQL: the rows land under some name, with their values,
// and nothing else of the database changes (invariant 9).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
  put,
  remove,
  type TestTable,
} from '@/server/testing/engine';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const NAMES = [
  'x"; drop table tidegate.device cascade; --',
  "it's $1 \\ %s",
  'select',
  'device_id',
  'größe 😀 set point',
  `"${'long'.repeat(60)}"`,
];

it.each(NAMES)('%j as a table and as a column', async (name) => {
  const table: TestTable = {
    name,
    columns: [
      { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
      { name, decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
    ],
  };
  const device = await makeDevice(db);
  await device.send(table, [put(1, { id: 1, [name]: 'staged' })]);
  await approveNewest(db, device, table, {
    [name]: { mirror_column_name: 'named "by" a; person' },
  });
  await drainReplays(db);
  await device.send(table, [put(2, { id: 2, [name]: 'live' }), put(3, { id: 3, [name]: 'gone' })]);
  await device.send(table, [remove(4, 3)]);
  const rows = await mirrorRowsOf(db, device.id);
  expect(rows.map((row) => Object.values(row).map(String).sort())).toEqual([
    ['1', 'staged'],
    ['2', 'live'],
  ]);
  const [there] = await db.sql`select to_regclass('tidegate.device') is not null as device`;
  expect(there).toEqual({ device: true });
});
