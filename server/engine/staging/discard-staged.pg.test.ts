// A discard and the end of a lineage are refused where they would throw away more, or less, than somebody has confirmed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { deleteLineage } from '@/server/engine/mirror/delete-lineage';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, makeDevice, put } from '@/server/testing/engine';
import { makeTenancy } from '@/server/testing/tenancy';
import { discardStaged } from './discard-staged';

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

/** A device whose one table has two rows that wait for a review. */
async function waiting() {
  const device = await makeDevice(db);
  await device.send(
    DEVICE_STATE,
    [1, 2].map((id) => put(id, { id, mode: 'a', setpoint: id })),
  );
  const read = () => db.sql<{ id: string; staged: number; rows: number }[]>`
    select id, staged_rows::int as staged,
      (select count(*)::int from tidegate.staged_row s where s.lineage_id = l.id) as rows
    from tidegate.lineage l where device_id = ${device.id}`;
  const [found] = await read();
  const target = { ctx: device.operator, projectId: device.tenancy.projectId, lineageId: found?.id ?? '' };
  return { target, read };
}

const CHANGED = { status: 409, code: 'staged_count_changed', extra: { data: { staged_row_count: 2 } } };

describe('somebody who has confirmed another number of staged rows', () => {
  it.each([1, 3])('cannot discard them: %i of 2', async (expected_rows) => {
    const { target, read } = await waiting();
    await expect(discardStaged({ ...target, input: { expected_rows } })).rejects.toMatchObject(CHANGED);
    expect(await read()).toMatchObject([{ staged: 2, rows: 2 }]);
    expect(await discardStaged({ ...target, input: { expected_rows: 2 } })).toEqual({ discarded_rows: 2 });
    expect(await read()).toMatchObject([{ staged: 0, rows: 0 }]);
  });

  it.each([1, 3])('cannot delete the lineage: %i of 2', async (expectedStagedRows) => {
    const { target, read } = await waiting();
    const end = { ...target, dropMirror: false };
    await expect(deleteLineage({ ...end, expectedStagedRows })).rejects.toMatchObject(CHANGED);
    expect(await read()).toMatchObject([{ staged: 2, rows: 2 }]);
    await deleteLineage({ ...end, expectedStagedRows: 2 });
    expect(await read()).toEqual([]);
  });
});

it('is refused in the name of another project, as if the lineage were not there', async () => {
  const { target, read } = await waiting();
  const other = await makeTenancy(db);
  const foreign = { ...target, ctx: other.people.operator.ctx, projectId: other.projectId };
  await expect(discardStaged({ ...foreign, input: { expected_rows: 2 } })).rejects.toMatchObject({
    status: 404,
  });
  const end = { ...foreign, expectedStagedRows: 2, dropMirror: false };
  await expect(deleteLineage(end)).rejects.toMatchObject({ status: 404 });
  expect(await read()).toMatchObject([{ staged: 2, rows: 2 }]);
});
