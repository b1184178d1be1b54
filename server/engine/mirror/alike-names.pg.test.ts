// Tables are named after a device's first digits and a cleaned and cut source name: two sources can come to one name,
// and must never come to one table.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { approveNewest, DEVICE_STATE, drainReplays, makeDevicesIn, put } from '@/server/testing/engine';
import { makeTenancy } from '@/server/testing/tenancy';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { max: 20 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const PREFIX = uuidV4().slice(0, 8);
const NAMES = [
  'pump state',
  'pump-state',
  'PUMP STATE',
  'x'.repeat(63),
  `${'x'.repeat(62)}y`,
  `${'ä'.repeat(40)}1`,
  `${'ä'.repeat(40)}2`,
  '!!!',
  '???',
];

it('gives each table of devices with the same first eight digits a mirror of its own', async () => {
  const tenancy = await makeTenancy(db);
  const devices = await makeDevicesIn(db, tenancy, 2, 'twin', () => `${PREFIX}${uuidV4().slice(8)}`);
  for (const device of devices)
    for (const name of NAMES) {
      const table = { ...DEVICE_STATE, name };
      await device.send(table, [put(1, { id: 1, mode: `${name} of ${device.id}`, setpoint: 1 })]);
      await approveNewest(db, device, table);
    }
  await drainReplays(db);
  const mirrors = await db.sql<{ table_name: string; source_table: string; scope_id: string }[]>`
    select table_name, source_table, scope_id from tidegate.mirror where project_id = ${tenancy.projectId}`;
  expect(mirrors).toHaveLength(devices.length * NAMES.length);
  for (const { table_name: name, source_table: source, scope_id: deviceId } of mirrors) {
    expect(name.startsWith(`edge_mirror_${PREFIX}_`)).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    const rows = await db.sql`select device_id, mode from tidegate_mirror.${db.sql(name)}`;
    expect(rows).toEqual([{ device_id: deviceId, mode: `${source} of ${deviceId}` }]);
  }
});
