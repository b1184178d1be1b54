/** What becomes of a batch: receipts, rejections, silence, pauses, limits of the journal. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uuidV4 } from '@/server/lib/uuid';
import { AgentFixture } from '@/server/testing/agent-fixture';
import { FakeCloud } from '@/server/testing/fake-cloud';

// Real files, programs and sockets: on a loaded machine they take longer than a unit test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let device: AgentFixture;

beforeEach(async () => {
  device = await AgentFixture.open();
  device.sql(
    'PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE TABLE u (id INTEGER PRIMARY KEY, v);',
  );
});

afterEach(async () => {
  const { problems } = device.cloud;
  await device.close();
  expect(problems).toEqual([]);
});

const journalSize = (): number => Number(device.sql('SELECT count(*) FROM _tidegate_journal'));
const sent = (table: string): number =>
  device.lines.filter((l) => l.event === 'batch_sent' && l.fields['table'] === table).length;

test('without a receipt the same bytes are sent again, and the journal keeps the rows', async () => {
  device.cloud.verdict = () => 'silent';
  device.sql('INSERT INTO t VALUES (1, 1);');
  await device.start({ extra: 'receipts: required' });
  await device.cloud.until(() => device.cloud.batches.length === 3);
  device.sql('INSERT INTO t VALUES (2, 2);');
  await device.cloud.until(() => device.cloud.batches.length === 4);
  expect(device.cloud.payloads.size).toBe(1);
  const [payloads] = device.cloud.payloads.values();
  expect(payloads?.every((payload) => payload.equals(payloads[0] ?? Buffer.alloc(0)))).toBe(true);
  expect(journalSize()).toBe(2);
  device.cloud.verdict = () => 'accept';
  await device.synced('t');
});

test('a retry after a restart of the agent has the same batch id and bytes', async () => {
  device.cloud.verdict = () => 'silent';
  device.sql('INSERT INTO t VALUES (1, 1);');
  await device.start({ extra: 'receipts: required' });
  await device.cloud.until(() => device.cloud.batches.length === 1);
  await device.stop();
  device.sql('INSERT INTO t VALUES (2, 2); UPDATE t SET v = 3 WHERE id = 1;');
  device.cloud.verdict = () => 'accept';
  await device.start({ extra: 'receipts: required' });
  await device.synced('t');
  const [first] = device.cloud.batches;
  const again = device.cloud.payloads.get(first?.batchId ?? '');
  expect(again?.length).toBeGreaterThanOrEqual(2);
  expect(again?.every((payload) => payload.equals(again[0] ?? Buffer.alloc(0)))).toBe(true);
});

test('a rejected batch is kept, named with its code, and holds up no other table', async () => {
  device.cloud.verdict = (batch) =>
    batch.sourceTable === 't' ? { code: 'invalid_row', detail: 'rows[0].row' } : 'accept';
  device.sql('INSERT INTO t VALUES (1, 1); INSERT INTO u VALUES (1, 1);');
  await device.start();
  expect((await device.logged('batch_rejected', 't')).fields).toMatchObject({
    code: 'invalid_row',
    detail: 'rows[0].row',
  });
  device.sql('INSERT INTO u VALUES (2, 2); INSERT INTO t VALUES (2, 2);');
  await device.synced('u');
  expect(sent('t')).toBeLessThan(4);
  device.cloud.verdict = () => 'accept';
  await device.synced('t', 'u');
  expect(new Set(device.cloud.batchesOf('t').map((batch) => batch.batchId)).size).toBe(2);
});

test('against a cloud without receipts the broker’s word is enough, said once', async () => {
  device.cloud.verdict = () => 'silent';
  device.sql('INSERT INTO t VALUES (1, 1);');
  await device.start({ times: { firstReceiptMs: 50 } });
  await device.logged('batch_delivered', 't');
  device.sql('INSERT INTO t VALUES (2, 2);');
  await device.cloud.until(() => device.cloud.payloads.size === 2);
  expect(device.lines.filter(({ event }) => event === 'no_receipts_from_this_cloud').length).toBe(1);
});

test('once a cloud has sent a receipt, the broker’s word is not enough', async () => {
  device.sql('INSERT INTO t VALUES (1, 1);');
  await device.start({ times: { firstReceiptMs: 0 } });
  await device.synced('t');
  device.cloud.verdict = () => 'silent';
  device.sql('INSERT INTO t VALUES (2, 2);');
  await device.cloud.until(() => device.cloud.batches.length >= 4);
  expect(device.cloud.payloads.size).toBe(2);
});

test('a pause is acknowledged, stops that table alone, and a resume sends what was kept', async () => {
  const pause = uuidV4();
  await device.start();
  await device.logged('mqtt_connected');
  const message = {
    controlId: pause,
    kind: 'pause_lineage',
    sourceTable: 't',
    serverWatermark: null,
    reason: 'backpressure',
  } as const;
  await device.cloud.control(message);
  await device.cloud.until(() => device.cloud.acks.length === 1);
  await device.cloud.control(message);
  await device.cloud.until(() => device.cloud.acks.length === 2);
  device.sql('INSERT INTO t VALUES (1, 1); INSERT INTO u VALUES (1, 1);');
  await device.synced('u');
  await device.stop();
  await device.start();
  device.sql('INSERT INTO t VALUES (2, 2); INSERT INTO u VALUES (2, 2);');
  await device.synced('u');
  expect(device.cloud.batchesOf('t')).toEqual([]);
  const resume = uuidV4();
  await device.cloud.control({
    controlId: resume,
    kind: 'resume_lineage',
    sourceTable: 't',
    serverWatermark: null,
  });
  // The pause, delivered late once more: known, so acknowledged and nothing else.
  await device.cloud.control(message);
  await device.synced('t');
  await device.cloud.until(() => device.cloud.acks.length === 4);
  expect(device.cloud.acks).toEqual([pause, pause, resume, pause]);
});

test('a control that this version does not know is acknowledged and changes nothing', async () => {
  await device.start();
  await device.logged('mqtt_connected');
  const controlId = uuidV4();
  const row = { pk: { id: 1n }, values: { v: 5n }, cloudVersion: 1n };
  await device.cloud.control({ controlId, kind: 'state_write', sourceTable: 't', rows: [row] });
  await device.cloud.until(() => device.cloud.acks.length === 1);
  expect((await device.logged('control_not_supported')).fields['kind']).toBe('state_write');
  expect(device.sql('SELECT count(*) FROM t').trim()).toBe('0');
});

test('a journal above its limit loses its oldest changes, says so, and the table is sent whole after the resume', async () => {
  const pause = {
    controlId: uuidV4(),
    kind: 'pause_lineage',
    sourceTable: 't',
    serverWatermark: null,
    reason: 'volume',
  } as const;
  device.sql(
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 50) INSERT INTO t SELECT x, 'first' FROM n;",
  );
  await device.start({ extra: 'local_retention_bytes: 300000' });
  await device.synced('t');
  await device.cloud.control(pause);
  await device.logged('table_paused', 't');
  await device.stop();
  device.sql("DELETE FROM t WHERE id <= 10; UPDATE t SET v = 'second' WHERE id <= 20;");
  for (let i = 0; i < 10; i += 1)
    device.sql(`UPDATE t SET v = printf('%.*c', 2000, 'x') || ${i} WHERE id > 20;`);
  await device.start({ extra: 'local_retention_bytes: 300000' });
  await device.logged('journal_gap', 't');
  await device.cloud.control({
    controlId: uuidV4(),
    kind: 'resume_lineage',
    sourceTable: 't',
    serverWatermark: null,
  });
  await device.synced('t');
});

test('without a broker changes are kept, and sent once it is there', async () => {
  const { port, root } = device.cloud;
  await device.cloud.stop();
  device.sql('INSERT INTO t VALUES (1, 1);');
  await device.start();
  await device.logged('mqtt_problem');
  device.sql('INSERT INTO t VALUES (2, 2);');
  device.cloud = await FakeCloud.start(root, port);
  await device.synced('t');
});

test('a lock on the source is said when it lasts, and waited for', async () => {
  device.sql('INSERT INTO t VALUES (1, 1);');
  const release = device.lock();
  await device.start();
  expect((await device.logged('round_failed')).fields['obstacle']).toBe('busy');
  release();
  await device.synced('t');
});
