/** The agent from file to broker: capture, DDL while it runs, another file, limits. */
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

const epochs = (table: string): string[] => [
  ...new Set(device.cloud.batchesOf(table).map((b) => b.journalEpoch)),
];

test('rows that a table already has are sent, and the changes that follow', async () => {
  device.sql(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'one'), (2, 'two');",
  );
  await device.start();
  await device.synced('t');
  device.sql(
    "UPDATE t SET name = 'zwei' WHERE id = 2; DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (3, NULL);",
  );
  await device.synced('t');
  expect(device.cloud.mirror('t').size).toBe(2);
});

test('without snapshot_on_first_run only changes are sent', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start({ extra: 'snapshot_on_first_run: false' });
  await device.logged('source_table', 't');
  device.sql('UPDATE t SET v = 3 WHERE id = 2;');
  await device.cloud.until(() => device.cloud.mirror('t').size > 0);
  expect(device.cloud.mirror('t').size).toBe(1);
});

test('changes made while no agent runs are journaled by the triggers and sent later', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start();
  await device.synced('t');
  await device.stop();
  device.sql('UPDATE t SET v = 9007199254740993 WHERE id = 1; DELETE FROM t WHERE id = 2;');
  await device.start();
  await device.synced('t');
  expect([...device.cloud.mirror('t').values()].join()).toContain('9007199254740993');
});

test('a large table and a writer at the same time: many batches, none above the limits', async () => {
  device.sql(`PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, w);
    WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9000)
    INSERT INTO t SELECT x, printf('%.*c', x % 300, 'v'), x FROM n;`);
  await device.start();
  await device.logged('batch_sent', 't');
  for (let i = 0; i < 20; i += 1)
    device.sql(`UPDATE t SET w = -${i} WHERE id % 20 = ${i}; DELETE FROM t WHERE id % 97 = ${i};`);
  await device.synced('t');
  const sizes = [...device.cloud.payloads.values()].flat().map((payload) => payload.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(512 * 1024);
  expect(Math.max(...device.cloud.batches.map((batch) => batch.rows.length))).toBeLessThanOrEqual(4096);
});

test('the first batch of a table has its columns, later ones the hash alone', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL);');
  await device.start();
  await device.logged('source_table', 't');
  for (const id of [1, 2, 3]) {
    device.sql(`INSERT INTO t VALUES (${id}, 'x');`);
    await device.synced('t');
  }
  const [first, ...later] = device.cloud.batchesOf('t');
  expect(first?.schemaVerified).toBe(true);
  expect(first?.schemaColumns).toEqual([
    { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: false },
    { name: 'v', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: true },
  ]);
  expect(later.map((batch) => batch.schemaColumns)).toEqual(later.map(() => null));
  expect(later.at(-1)?.deliveredThrough).toBe((later.at(-1)?.firstCommitSeq ?? 0n) - 1n);
});

test('DDL while the agent runs: rows keep the hash they were written under, the new one is observed', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 1);');
  await device.start();
  await device.synced('t');
  const oldHash = device.cloud.batchesOf('t')[0]?.schemaHash;
  device.sql(
    'INSERT INTO t VALUES (2, 2); ALTER TABLE t ADD COLUMN b DEFAULT 5; INSERT INTO t VALUES (3, 3, 3); UPDATE t SET b = 6 WHERE id = 2;',
  );
  await device.cloud.until(() => device.isInSync('t') && device.cloud.observations.length === 2);
  const newHash = device.cloud.batchesOf('t').at(-1)?.schemaHash;
  expect(newHash).not.toBe(oldHash);
  expect(device.cloud.observations.map((o) => [o.schemaHash, o.schemaVerified])).toEqual([
    [oldHash, true],
    [newHash, true],
  ]);
  for (const batch of device.cloud.batchesOf('t')) {
    for (const { row } of batch.rows) expect(row?.entries.has('b')).toBe(batch.schemaHash === newHash);
  }
});

test('rows journaled offline before a migration are sent under the old hash, after it under the new', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, a, b);');
  await device.start();
  await device.logged('source_table', 't');
  await device.stop();
  device.sql(
    'INSERT INTO t VALUES (1, 1, 1); ALTER TABLE t DROP COLUMN a; INSERT INTO t VALUES (2, 2); ALTER TABLE t ADD COLUMN c; INSERT INTO t VALUES (3, 3, 3);',
  );
  await device.start();
  await device.cloud.until(
    () =>
      new Set(device.cloud.batchesOf('t').map((b) => b.schemaHash)).size === 2 &&
      device.cloud.mirror('t').size === 3,
  );
  const rows = device.cloud.batchesOf('t').flatMap((batch) => batch.rows.map((change) => change.rowText));
  expect(rows).toContain('{"id":1,"a":1,"b":1}');
  expect(rows).toContain('{"id":2,"b":2,"c":null}');
  expect(rows).toContain('{"id":3,"b":3,"c":3}');
});

test('a table that is made anew is sent whole again', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start();
  await device.synced('t');
  device.sql(`BEGIN; CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO n SELECT id, a || '!' FROM t;
    DROP TABLE t; ALTER TABLE n RENAME TO t; COMMIT; INSERT INTO t VALUES (3, 'new');`);
  await device.synced('t');
});

test('a table without a primary key is skipped, by name; others are not', async () => {
  device.sql(
    'CREATE TABLE "no key" (v); CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1); CREATE VIRTUAL TABLE f USING fts5(x);',
  );
  await device.start();
  await device.synced('t');
  const skipped = device.lines.filter(({ event }) => event === 'table_skipped').map(({ fields }) => fields);
  expect(skipped).toContainEqual({ table: 'no key', reason: 'it has no PRIMARY KEY' });
  expect(new Set(device.cloud.batches.map((batch) => batch.sourceTable))).toEqual(new Set(['t']));
  device.sql('INSERT INTO "no key" VALUES (1); INSERT INTO f VALUES (\'words\');');
});

test('an ignored table gets no triggers, and loses those it had', async () => {
  device.sql(
    'CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (id INTEGER PRIMARY KEY); INSERT INTO u VALUES (1);',
  );
  await device.start();
  await device.logged('source_table', 't');
  await device.stop();
  await device.start({ extra: 'tables: { t: ignore }' });
  await device.synced('u');
  expect(device.sql("SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger'").trim()).toBe('u');
});

test('a file put in the place of the source begins a later epoch that names the one before, with a snapshot', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start();
  await device.synced('t');
  const fresh = `${device.sourcePath}.new`;
  copyFileSync(device.sourcePath, fresh);
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(device.sourcePath + suffix, { force: true });
  renameSync(fresh, device.sourcePath);
  device.sql('UPDATE t SET v = 20 WHERE id = 2;');
  await device.synced('t');
  await device.cloud.until(() => epochs('t').length === 2 && device.isInSync('t'));
  const [first, second] = epochs('t');
  expect((second ?? '') > (first ?? '')).toBe(true);
  expect(device.cloud.batchesOf('t').at(-1)?.previousJournalEpoch).toBe(first);
});

test('a backup written over the source while the agent runs begins a new epoch', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start();
  await device.synced('t');
  device.sql(`VACUUM INTO '${device.folder}/backup.db';`);
  device.sql("INSERT INTO t VALUES (3, 3), (4, 4); UPDATE t SET v = 'later';");
  await device.synced('t');
  device.sql(
    `.restore '${device.folder}/backup.db'\nUPDATE t SET v = 'restored'; INSERT INTO t VALUES (3, 30), (4, 40);`,
  );
  await device.synced('t');
  expect(epochs('t').length).toBe(2);
});

test('a lost state file loses nothing and goes on in the same epoch', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1);');
  await device.start();
  await device.synced('t');
  await device.stop();
  for (const suffix of ['', '-wal', '-shm']) rmSync(device.statePath + suffix, { force: true });
  device.sql('INSERT INTO t VALUES (2, 2); UPDATE t SET v = 5 WHERE id = 1;');
  await device.start();
  await device.synced('t');
  expect(epochs('t').length).toBe(1);
});

test('a source that does not exist yet is waited for', async () => {
  await device.start();
  await device.logged('source_file_missing');
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);');
  await device.synced('t');
});

test('a row that no payload can hold is named, kept, and does not hold up the rows after it', async () => {
  device.sql(
    'CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, zeroblob(600000)), (2, 2);',
  );
  await device.start();
  await device.cloud.until(() => device.cloud.mirror('t').size === 1);
  expect((await device.logged('row_not_sendable', 't')).fields['commit_seq']).toBe(1n);
  expect(device.sql('SELECT count(*) FROM _tidegate_journal WHERE commit_seq = 1').trim()).toBe('1');
});

test('delivered entries leave the journal; commit seqs are never given twice', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1), (2, 2), (3, 3);');
  await device.start();
  await device.synced('t');
  await device.stop();
  device.sql('DELETE FROM t;');
  await device.start();
  await device.synced('t');
  const seqs = device.cloud.batchesOf('t').flatMap((batch) => batch.rows.map((change) => change.commitSeq));
  expect(new Set(seqs).size).toBe(seqs.length);
  expect(seqs).toEqual([...seqs].sort((a, b) => (a < b ? -1 : 1)));
});
