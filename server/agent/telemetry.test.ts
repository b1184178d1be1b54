/** Tables whose rows are samples, from file to broker: what is sent, and that nothing is lost or doubled. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeRowJson, type SqlRow } from '@/server/protocol/row-batch-encode';
import { canonicalJson } from '@/server/protocol/canonical-json';
import { parseExactJson } from '@/server/protocol/exact-json';
import { uuidV7 } from '@/server/lib/uuid';
import { AgentFixture } from '@/server/testing/agent-fixture';

// Real files, programs and sockets: on a loaded machine they take longer than a unit test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let device: AgentFixture;

beforeEach(async () => {
  device = await AgentFixture.open();
});

afterEach(async () => {
  const { problems } = device.cloud;
  await device.close();
  expect(problems).toEqual([]);
});

const TEMPS = { extra: 'tables: { temps: { mode: telemetry, ts_column: at } }' };
const json = (row: SqlRow): string => canonicalJson(parseExactJson(encodeRowJson(row)));
const samples = (): string[] => [...device.cloud.samples('temps').values()].sort();
const arrived = (...rows: SqlRow[]): Promise<void> =>
  device.cloud.until(() => JSON.stringify(samples()) === JSON.stringify(rows.map(json).sort()));
const seqs = (): bigint[] => device.cloud.telemetry.map((batch) => batch.batchSeq);

test('rows that are there, new ones and corrected ones are sent as samples; a deleted one stays sent', async () => {
  device.sql(
    "CREATE TABLE temps (at TEXT, c REAL, n INTEGER); INSERT INTO temps VALUES ('2026-04-28 09:00:00', 1.5, 9007199254740993);",
  );
  await device.start(TEMPS);
  const first = { at: '2026-04-28 09:00:00', c: 1.5, n: 9007199254740993n };
  await arrived(first);
  device.sql("INSERT INTO temps VALUES ('2026-04-28T09:00:01Z', 2, NULL); DELETE FROM temps WHERE c = 1.5;");
  await arrived(first, { at: '2026-04-28T09:00:01Z', c: 2, n: null });
  device.sql('UPDATE temps SET c = 2.5;');
  await arrived(first, { at: '2026-04-28T09:00:01Z', c: 2.5, n: null });
  const [batch] = device.cloud.telemetry;
  expect(batch).toMatchObject({ schemaVerified: true, cursorStartTs: '2026-04-28T09:00:00.000000000Z' });
  expect(seqs().every((seq, i) => i === 0 || seq > (seqs()[i - 1] ?? 0n))).toBe(true);
});

test('only the time column and the included ones are sent, and make the fingerprint', async () => {
  device.sql('CREATE TABLE temps (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, c REAL, secret TEXT);');
  const extra = 'tables: { temps: { mode: telemetry, ts_column: at, include_columns: [c] } }';
  await device.start({ extra });
  await device.logged('source_table', 'temps');
  device.sql("INSERT INTO temps VALUES (1, 1777366800, 1, 'x'), (2, 1777366800, 2, 'y');");
  await arrived({ at: 1777366800, c: 1 }, { at: 1777366800, c: 2 });
  expect(device.cloud.telemetry[0]?.schemaColumns?.map((column) => column.name)).toEqual(['at', 'c']);
  expect(device.cloud.telemetry[0]?.rows[0]?.ts).toBe('2026-04-28T09:00:00.000000000Z');
  // A column that is not sent may go without a trace.
  device.sql('ALTER TABLE temps DROP COLUMN secret; INSERT INTO temps VALUES (3, 1777366803, 3);');
  await device.cloud.until(() => samples().length === 3);
  expect(new Set(device.cloud.telemetry.map((batch) => batch.schemaHash)).size).toBe(1);
});

test('after the state file is lost every sample keeps its id, and the seq goes on rising', async () => {
  device.sql(
    "CREATE TABLE temps (at TEXT, c); INSERT INTO temps VALUES ('2026-04-28 09:00:00', 1), ('2026-04-28 09:00:00', 2);",
  );
  await device.start(TEMPS);
  const rows = [1, 2].map((c) => ({ at: '2026-04-28 09:00:00', c }));
  await arrived(...rows);
  await device.stop();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${device.statePath}${suffix}`, { force: true });
  device.sql("INSERT INTO temps VALUES ('2026-04-28 09:00:03', 3);");
  const before = device.cloud.telemetry.length;
  await device.start(TEMPS);
  await arrived(...rows, { at: '2026-04-28 09:00:03', c: 3 });
  const [last, next] = [seqs()[before - 1], seqs()[before]];
  expect(next !== undefined && last !== undefined && next > last).toBe(true);
});

test('a seq that the cloud has had, as with a clock set back, is given up for a later one', async () => {
  device.cloud.batchSeqs.set('temps', 9_000_000_000_000n);
  device.sql("CREATE TABLE temps (at TEXT, c); INSERT INTO temps VALUES ('2026-04-28 09:00:00', 1);");
  await device.start(TEMPS);
  await arrived({ at: '2026-04-28 09:00:00', c: 1 });
  expect(seqs()).toEqual([9_000_000_000_001n]);
  expect((await device.logged('batch_renumbered')).fields['code']).toBe('stale_batch_seq');
});

test('a pause holds the samples back, and the batch after the resume follows the watermark', async () => {
  device.sql("CREATE TABLE temps (at TEXT, c); INSERT INTO temps VALUES ('2026-04-28 09:00:00', 1);");
  await device.start(TEMPS);
  await arrived({ at: '2026-04-28 09:00:00', c: 1 });
  const control = { sourceTable: 'temps', serverWatermark: 9_000_000_000_000n };
  await device.cloud.control({ kind: 'pause_lineage', controlId: uuidV7(), reason: 'test', ...control });
  await device.logged('table_paused');
  device.sql("INSERT INTO temps VALUES ('2026-04-28 09:00:01', 2);");
  await device.cloud.control({ kind: 'resume_lineage', controlId: uuidV7(), ...control });
  await device.cloud.until(() => samples().length === 2);
  expect(seqs().at(-1)).toBe(9_000_000_000_001n);
});

test('a row without a readable time is named and kept, and holds up no other', async () => {
  device.sql('CREATE TABLE temps (at TEXT, c); ');
  await device.start(TEMPS);
  await device.logged('source_table', 'temps');
  device.sql("INSERT INTO temps VALUES ('yesterday', 1), (NULL, 2), ('2026-04-28', 3);");
  await arrived({ at: '2026-04-28', c: 3 });
  expect((await device.logged('row_not_sendable', 'temps')).fields['reason']).toBe('its "at" is no time');
  expect(device.sql('SELECT count(*) FROM _tidegate_journal WHERE v1 <> 3;').trim()).toBe('2');
});

test('a table that lacks a column it is set to send is skipped by name', async () => {
  device.sql('CREATE TABLE temps (c);');
  await device.start(TEMPS);
  expect((await device.logged('table_skipped', 'temps')).fields['reason']).toContain('no column "at"');
});

test('what was only acknowledged by the broker is never claimed to have had its receipt', async () => {
  device.cloud.verdict = () => 'silent';
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start({ extra: 'receipts: puback' });
  await vi.waitFor(() => expect(device.sql('SELECT count(*) FROM _tidegate_journal;').trim()).toBe('1'), {
    timeout: 30_000,
  });
  await device.stop();
  rmSync(device.statePath);
  device.cloud.verdict = () => 'accept';
  await device.start();
  for (const id of [3, 4]) {
    device.sql(`INSERT INTO t VALUES (${id}, ${id});`);
    await device.cloud.until(() => [...device.cloud.mirror('t').keys()].includes(`{"id":${id}}`));
  }
  const batches = device.cloud.batchesOf('t');
  expect(batches.length).toBeGreaterThan(2);
  expect(batches.map((batch) => batch.deliveredThrough)).toEqual(batches.map(() => null));
});
