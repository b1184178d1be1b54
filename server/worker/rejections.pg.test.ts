// Every rejection code, provoked over MQTT by a client that is not our agent, seen where an operator sees it, told
// to the device, and ingested again where its cause can go.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { deleteDevice } from '@/server/engine/devices/delete-device';
import { registerDevice } from '@/server/engine/devices/register-device';
import { deleteLineage } from '@/server/engine/mirror/delete-lineage';
import { getRejectedBatch, postRetryRejectedBatch } from '@/server/http/routes/records';
import { uuidV7 } from '@/server/lib/uuid';
import { REJECTION_CODES, REJECTIONS, type RejectionCode } from '@/server/protocol/rejections';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { DEVICE_STATE, makeDevice, type TestDevice } from '@/server/testing/engine';
import { call, testHost } from '@/server/testing/http';
import { live, LONG, type LiveClient } from '@/server/testing/live';
import {
  messageOfBytes,
  messageOfRows,
  refusedMessages,
  rowMessage,
  telemetryMessage,
  type RefusedMessage,
} from '@/server/testing/rejected-messages';
import type { WorkerProcess } from '@/server/testing/worker-process';

const place = live();
const refused = refusedMessages();
let device: TestDevice;
let client: LiveClient;
let worker: WorkerProcess;
/** Codes that a test of this file has seen from the wire to the operator. */
const proven = new Set<RejectionCode>();
/** Batch ids that a receipt is due for. */
const told: string[] = [];

beforeAll(async () => {
  // The first organisation of the installation: its owner sees what belongs to nobody.
  device = await makeDevice(place.db, 'rejected');
  client = await place.connect(device);
  worker = place.startWorker();
  const good = [
    client.publish(CHANNELS.rowsBatch, sent(rowMessage(uuidV7()))),
    client.publish(CHANNELS.telemetryBatch, sent(telemetryMessage(uuidV7(), 7))),
  ];
  await Promise.all(good);
  await vi.waitFor(() => expect(client.heard('ingestReceipt')).toHaveLength(2), LONG);
});

/** The text of a message whose receipt is due. */
function sent(message: Record<string, unknown>): string {
  told.push(String(message['batch_id']));
  return JSON.stringify(message);
}

const receiptsOf = (batchId: string) =>
  client.heard('ingestReceipt').filter((receipt) => receipt['batch_id'] === batchId);

interface Kept {
  id: string;
  code: string;
  detail: string;
  path: string | null;
  topic: string;
  batch_id: string | null;
  device_id: string | null;
  project_id: string | null;
  payload: Buffer;
}

async function keptWith(payload: string | Uint8Array): Promise<Kept> {
  const found = () => place.db.sql<Kept[]>`
    select id, code, detail, path, topic, batch_id, device_id, project_id, payload
    from tidegate.rejected_batch where payload = ${Buffer.from(payload)}`;
  await expect.poll(async () => (await found()).length, LONG).toBe(1);
  const [kept] = await found();
  if (kept === undefined) throw new Error('the message is not kept');
  return kept;
}

const rejectedRows = async (): Promise<number> => {
  const [row] = await place.db.sql<{ n: string }[]>`
    select coalesce(sum(rejected_rows), 0) as n from tidegate.lineage where device_id = ${device.id}`;
  return Number(row?.n);
};

const request = (id: string) => ({
  token: device.tenancy.people.owner.token,
  params: { project_id: device.tenancy.projectId, rejected_batch_id: id },
});
async function retried(id: string): Promise<Record<string, unknown>> {
  const reply = await call(testHost(place.db), postRetryRejectedBatch, request(id));
  expect(reply.status, reply.text).toBe(200);
  return reply.json.data as Record<string, unknown>;
}

/** Sends a message and holds what became of it against what must. */
async function provoke(code: RejectionCode, message: RefusedMessage): Promise<Kept> {
  const before = await rejectedRows();
  await client.publish(message.channel, message.payload);
  const kept = await keptWith(message.payload);
  expect(kept).toMatchObject({
    code,
    detail: expect.stringContaining(message.detail),
    path: message.path,
    topic: topicOf(device.rootTopic, message.channel),
    batch_id: message.batchId,
    device_id: device.id,
  });
  expect(await rejectedRows()).toBe(before + message.rejectedRows);
  const shown = await call(testHost(place.db), getRejectedBatch, request(kept.id));
  expect(shown.json.data).toMatchObject({
    code,
    detail: kept.detail,
    meaning: REJECTIONS[code].meaning,
    remedy: REJECTIONS[code].remedy,
    payload: String(message.payload),
  });
  const { batchId } = message;
  if (batchId !== null) {
    told.push(batchId);
    await expect.poll(() => receiptsOf(batchId), LONG).toHaveLength(1);
    expect(receiptsOf(batchId)[0]).toMatchObject({ outcome: 'rejected', code, detail: kept.detail });
  }
  proven.add(code);
  return kept;
}

/** Retries a message whose cause is still there: it stays, and says why. */
async function staysRejected(code: RejectionCode, kept: Kept): Promise<void> {
  expect(await retried(kept.id)).toEqual({ id: kept.id, outcome: 'rejected', code, detail: kept.detail });
  const [again] = await place.db.sql`
    select code, detail, retry_outcome from tidegate.rejected_batch where id = ${kept.id}`;
  expect(again).toEqual({ code, detail: kept.detail, retry_outcome: 'rejected' });
}

/** Retries a message whose cause is gone: it is accepted, and its device gets a second receipt. */
async function isAccepted(kept: Kept, batchId: string, hears = client): Promise<void> {
  expect(await retried(kept.id)).toEqual({ id: kept.id, outcome: 'accepted', code: null, detail: null });
  const receipts = () => hears.heard('ingestReceipt').filter((r) => r['batch_id'] === batchId);
  await expect.poll(() => receipts().at(-1), LONG).toMatchObject({ outcome: 'accepted' });
  const before = await counters();
  expect(await retried(kept.id)).toMatchObject({ outcome: 'accepted' });
  expect(await counters()).toEqual(before);
}

const counters = () => place.db.sql`
  select (select count(*) from tidegate.staged_row) as staged, sum(accepted_rows) as accepted,
    sum(staged_rows) as counted from tidegate.lineage`;

describe('a message that is refused for what it says', () => {
  it.each(Object.entries(refused) as [RejectionCode, RefusedMessage][])(
    '%s is kept, told, and stays when it is tried again',
    async (code, message) => {
      await staysRejected(code, await provoke(code, message));
    },
  );
});

describe('a telemetry seq that has been', () => {
  const seqIs = (seq: number, detail: string): RefusedMessage => {
    const batchId = uuidV7();
    const payload = JSON.stringify(telemetryMessage(batchId, seq));
    return { channel: CHANNELS.telemetryBatch, payload, detail, path: 'batch_seq', batchId, rejectedRows: 1 };
  };

  it('is a duplicate when it is the newest, and stale when it is older', async () => {
    const equal = seqIs(7, 'batch_seq is 7, which another batch of this table has already had');
    await staysRejected('duplicate_batch_seq', await provoke('duplicate_batch_seq', equal));
    const older = seqIs(6, 'batch_seq is 6, and this table has already had 7');
    await staysRejected('stale_batch_seq', await provoke('stale_batch_seq', older));
  });
});

describe('a table that changes its kind', () => {
  it('is accepted after its lineage has been deleted', async () => {
    const batchId = uuidV7();
    const message = telemetryMessage(batchId, 1, { source_table: DEVICE_STATE.name });
    const kept = await provoke('unsupported_capture_strategy', {
      channel: CHANNELS.telemetryBatch,
      payload: JSON.stringify(message),
      detail: 'the table sends row changes and this batch is telemetry; delete the lineage',
      path: 'capture_strategy',
      batchId,
      rejectedRows: 1,
    });
    const [lineage] = await place.db.sql<{ id: string; staged_rows: string }[]>`
      select id, staged_rows from tidegate.lineage
      where device_id = ${device.id} and source_table = ${DEVICE_STATE.name}`;
    await deleteLineage({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      lineageId: lineage?.id ?? '',
      expectedStagedRows: Number(lineage?.staged_rows),
      dropMirror: false,
    });
    await isAccepted(kept, batchId);
    told.push(batchId);
  });
});

describe('the limits', () => {
  it('let a batch of 4,096 rows and one of 512 KiB through', async () => {
    const [rows, bytes] = [uuidV7(), uuidV7()];
    const fleetmate = await makeDevice(place.db, 'limits');
    const other = await place.connect(fleetmate);
    const large = messageOfBytes(bytes, 512 * 1024);
    expect(Buffer.byteLength(large)).toBe(512 * 1024);
    await other.publish(CHANNELS.rowsBatch, messageOfRows(rows, 4096));
    await other.publish(CHANNELS.rowsBatch, large);
    await expect
      .poll(() => other.heard('ingestReceipt').map((r) => [r['batch_id'], r['outcome'], r['rows']]), LONG)
      .toEqual([
        [rows, 'accepted', 4096],
        [bytes, 'accepted', 1],
      ]);
  });
});

describe('a fault of ours', () => {
  it('keeps the message after some tries, tells the device, and takes it once the fault is gone', async () => {
    const { sql } = place.db;
    await sql.unsafe(`
      create function tidegate.break_one() returns trigger language plpgsql as $$
      begin raise exception 'a fault made for this test' using errcode = 'P0001'; end $$;
      create trigger break_one before insert on tidegate.lineage for each row
        when (new.source_table = 'broken') execute function tidegate.break_one()`);
    const batchId = uuidV7();
    const payload = JSON.stringify(
      rowMessage(batchId, { source_table: 'broken', schema_columns: undefined }),
    );
    const kept = await provoke('ingest_failed', {
      channel: CHANNELS.rowsBatch,
      payload,
      detail: 'Tidegate could not ingest this message: a fault made for this test',
      path: null,
      batchId,
      rejectedRows: 0,
    });
    await sql.unsafe('drop function tidegate.break_one() cascade');
    await isAccepted(kept, batchId);
    told.push(batchId);
  });
});

describe('a device that nobody knows', () => {
  it('is told and kept for the owners of the installation, and ingested once it is registered', async () => {
    const { projectId, fleetId, people } = device.tenancy;
    const input = { name: 'ghost' };
    const register = () =>
      registerDevice({ ctx: device.operator, projectId, fleetId, input, brokerUrl: 'mqtt://x' });
    const { device: first } = await register();
    const ghost = { id: first.id, rootTopic: first.root_topic };
    await worker.stop();
    const batchId = uuidV7();
    const payload = JSON.stringify(rowMessage(batchId));
    const ghostClient = await place.connect(ghost);
    await ghostClient.publish(CHANNELS.rowsBatch, payload);
    await ghostClient.kill();
    await deleteDevice({ ctx: device.operator, projectId, fleetId, deviceId: ghost.id });
    worker = place.startWorker();
    const kept = await keptWith(payload);
    expect(kept).toMatchObject({
      code: 'unknown_device',
      detail: `no device is registered for the topic "${ghost.rootTopic}/sync/rows/batch"`,
      batch_id: batchId,
      device_id: null,
      project_id: null,
    });
    await staysRejected('unknown_device', kept);
    const stranger = await call(testHost(place.db), postRetryRejectedBatch, {
      token: device.tenancy.stranger.token,
      params: { project_id: device.tenancy.stranger.projectId, rejected_batch_id: kept.id },
    });
    expect(stranger.status).toBe(404);
    const operator = await call(testHost(place.db), postRetryRejectedBatch, {
      ...request(kept.id),
      token: people.operator.token,
    });
    expect(operator.status).toBe(404);
    const { device: second } = await register();
    const back = await place.connect({ id: second.id, rootTopic: second.root_topic });
    await isAccepted(kept, batchId, back);
    const [after] = await place.db.sql`
      select project_id, device_id, retry_outcome from tidegate.rejected_batch where id = ${kept.id}`;
    expect(after).toEqual({ project_id: projectId, device_id: second.id, retry_outcome: 'accepted' });
    // The device was away when it was refused: its receipt waited for it.
    expect(back.heard('ingestReceipt')[0]).toMatchObject({ outcome: 'rejected', code: 'unknown_device' });
    proven.add('unknown_device');
  });
});

describe('all in all', () => {
  it('every code of the catalogue has been seen', () => {
    expect([...proven].sort()).toEqual([...REJECTION_CODES].sort());
  });

  it('no message without a readable batch id has had a receipt', () => {
    const ids = new Set(client.heard('ingestReceipt').map((receipt) => receipt['batch_id']));
    expect([...ids].sort()).toEqual([...new Set(told)].sort());
  });
});
