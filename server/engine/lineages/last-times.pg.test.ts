// When rows of a lineage were last staged and last written, on each of the ways that rows take, and read from the
// lineage alone: neither a million staged rows nor years of batches are looked through for it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch, type RowChangeInput } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevice,
  put,
  systemCtx,
  type TestDevice,
} from '@/server/testing/engine';
import { getLineage } from '../governance/get-lineage';
import { ingestGroup } from '../ingest/ingest-group';
import { pauseLineage } from '../staging/pause-lineage';

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

/** A device, and which of its lineage's times each step has moved. */
async function watched(name: string) {
  const device = await makeDevice(db, name);
  const place = { ctx: device.operator, projectId: device.tenancy.projectId };
  const known = { staged: null as string | null, written: null as string | null };
  const moved = async (step: () => Promise<unknown>): Promise<string[]> => {
    const before = { ...known };
    await step();
    const [row] = await db.sql<{ id: string }[]>`
      select id from tidegate.lineage where device_id = ${device.id}`;
    const { lineage } = await getLineage({ ...place, lineageId: row?.id ?? '' });
    known.staged = lineage.last_staged_at;
    known.written = lineage.last_written_at;
    return [
      ...(known.staged === before.staged ? [] : ['staged']),
      ...(known.written === before.written ? [] : ['written']),
    ];
  };
  const pause = async () => {
    const [row] = await db.sql<{ id: string }[]>`
      select id from tidegate.lineage where device_id = ${device.id}`;
    await pauseLineage({ ...place, lineageId: row?.id ?? '', input: { reason: 'a test' } });
  };
  return { device, moved, pause, known };
}

const row = (seq: number, setpoint: number | string = seq) => put(seq, { id: seq, mode: 'a', setpoint });

it('one by one: staged for a review, written by its replay, written live, staged where it fails', async () => {
  const { device, moved, pause, known } = await watched('singly');
  const send = (...rows: RowChangeInput[]) => device.send(DEVICE_STATE, rows);
  expect(await moved(() => send(row(1)))).toEqual(['staged']);
  expect(known.written).toBeNull();
  expect(await moved(() => approveNewest(db, device, DEVICE_STATE))).toEqual([]);
  expect(await moved(() => drainReplays(db))).toEqual(['written']);
  expect(await moved(() => send(row(2)))).toEqual(['written']);
  expect(await moved(() => send(row(3, 'bad')))).toEqual(['staged']);
  expect(await moved(() => send(row(4), row(5, 'bad')))).toEqual(['staged', 'written']);
  expect(await moved(() => send(row(4)))).toEqual([]);
  expect(await moved(pause)).toEqual([]);
  expect(await moved(() => send(row(6)))).toEqual(['staged']);
});

it('together: batches that are taken as one', async () => {
  const { device, moved, pause } = await watched('together');
  const epoch = uuidV7();
  const send = (one: RowChangeInput) => () => ingestGroup(systemCtx(db), [messageOf(device, epoch, one)]);
  await device.send(DEVICE_STATE, [row(1)], { epoch });
  expect(await moved(send(row(2)))).toEqual(['staged']);
  await approveNewest(db, device, DEVICE_STATE);
  await moved(() => drainReplays(db));
  expect(await moved(send(row(3)))).toEqual(['written']);
  await pause();
  expect(await moved(send(row(4)))).toEqual(['staged']);
});

const messageOf = ({ rootTopic }: TestDevice, journalEpoch: string, one: RowChangeInput) => ({
  topic: topicOf(rootTopic, CHANNELS.rowsBatch),
  payload: new TextEncoder().encode(
    encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch,
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: DEVICE_STATE.columns,
      rows: [one],
    }),
  ),
});
