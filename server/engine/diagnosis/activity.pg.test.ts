import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, makeDevice, put } from '@/server/testing/engine';
import { getActivity } from './get-activity';
import { getLineage } from '@/server/engine/governance/get-lineage';
import { getLineageActivity } from './get-lineage-activity';
import { sampleActivity } from './sample-activity';

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

const rows = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) => put(from + i, { id: from + i, mode: 'a', setpoint: 1 }));

it('knows what came in each minute and what waits, and leaves a gap where no worker ran', async () => {
  const device = await makeDevice(db);
  const start = Date.parse('2026-04-28T12:00:10Z');
  const at = (minutes: number) => ({
    ...device.operator,
    clock: { now: () => new Date(start + minutes * 60_000) },
  });
  await device.send(DEVICE_STATE, rows(1, 5));
  expect(await sampleActivity(at(0))).toBe(50_000);
  await device.send(DEVICE_STATE, rows(6, 3));
  // The second worker of the same minute finds it done.
  await sampleActivity(at(0));
  await sampleActivity(at(1));
  await device.send(DEVICE_STATE, rows(9, 4));
  await sampleActivity(at(4));

  const { points, bucket_seconds } = await getActivity({
    ctx: at(4),
    projectId: device.tenancy.projectId,
    input: { window: '1h' },
  });
  expect(bucket_seconds).toBe(60);
  expect(points).toHaveLength(60);
  expect(points.slice(-5)).toMatchObject([
    { at: '2026-04-28T12:00:00.000Z', rows: null, staged_rows: 5 },
    { rows: 3, staged_rows: 8 },
    { rows: null, staged_rows: null },
    { rows: null, staged_rows: null },
    { at: '2026-04-28T12:04:00.000Z', rows: 4, staged_rows: 12 },
  ]);
});

it('says of a lineage what it received, and when its backlog will be full', async () => {
  const device = await makeDevice(db);
  const sent = rows(1, 30);
  await device.send(DEVICE_STATE, sent);
  await device.send(DEVICE_STATE, sent);
  const [lineage] = await db.sql<{ id: string }[]>`
    select id from tidegate.lineage where device_id = ${device.id}`;
  const target = {
    ctx: device.operator,
    projectId: device.tenancy.projectId,
    lineageId: lineage?.id ?? '',
  };
  const begun = (minutesAgo: number) => db.sql`
    update tidegate.lineage set created_at = now() - make_interval(secs => ${minutesAgo * 60}::float8)
    where id = ${target.lineageId}`;
  await begun(60);
  const { points, forecast } = await getLineageActivity({ ...target, input: {} });
  const total = (of: 'rows' | 'duplicates' | 'batches') => points.reduce((sum, p) => sum + p[of], 0);
  expect([total('batches'), total('rows'), total('duplicates')]).toEqual([2, 30, 30]);
  expect(forecast).toMatchObject({ rows_per_minute: 2, cap_rows: 100_000 });
  const hours = (Date.parse(forecast.full_at ?? '') - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(Math.round((100_000 - 30) / 2 / 60));
  await begun(3);
  const young = (await getLineageActivity({ ...target, input: {} })).forecast;
  expect(young).toMatchObject({ seen_minutes: 3, rows_per_minute: expect.closeTo(10, 0) });
  const { rows_per_minute: pace } = (await getLineage(target)).lineage;
  expect(pace).toBeCloseTo(10, 0);
  await begun(0);
  const newborn = (await getLineageActivity({ ...target, input: {} })).forecast;
  expect(newborn).toMatchObject({ seen_minutes: 1, rows_per_minute: 30 });
});
