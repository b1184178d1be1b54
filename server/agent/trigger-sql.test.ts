/** The cases in which a capture by triggers goes wrong, one by one; history.test.ts looks for more. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openState, type AgentState } from '@/server/agent/state';
import { expectMirror, install, journaled, published, write } from '@/server/testing/journal-fixture';

// Real files, programs and sockets: on a loaded machine they take longer than a unit test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let path: string;
let state: AgentState;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-triggers-'));
  path = join(folder, 'source.db');
  state = openState(join(folder, 'state.db'), () => undefined);
});

afterEach(() => {
  state.close();
  rmSync(folder, { recursive: true });
});

const CASES: readonly { title: string; ddl: string; script: string; size: number }[] = [
  {
    title: 'a row deleted by REPLACE through another unique constraint',
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE)',
    script: "INSERT INTO t VALUES (1, 'a'), (2, 'b'); REPLACE INTO t VALUES (3, 'a');",
    size: 2,
  },
  {
    title: 'a row deleted by UPDATE OR REPLACE',
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE)',
    script: "INSERT INTO t VALUES (1, 'a'), (2, 'b'); UPDATE OR REPLACE t SET u = 'a' WHERE id = 2;",
    size: 1,
  },
  {
    title: 'a row deleted by REPLACE through an expression of a partial index',
    ddl: "CREATE TABLE t (id INTEGER PRIMARY KEY, u, v); CREATE UNIQUE INDEX i ON t (lower(u) || ',)', v DESC) WHERE v > 0",
    script: "INSERT INTO t VALUES (1, 'a', 1), (2, 'a', 0); REPLACE INTO t VALUES (3, 'A', 1), (4, 'A', 0);",
    size: 3,
  },
  {
    title: 'a row deleted by REPLACE through a generated column',
    ddl: "CREATE TABLE t (id INTEGER PRIMARY KEY, u, g AS (u || '!') STORED UNIQUE)",
    script: "INSERT INTO t VALUES (1, 'a'); REPLACE INTO t VALUES (2, 'a');",
    size: 1,
  },
  {
    title: 'a key replaced by one that is equal to SQLite and another to the cloud',
    ddl: 'CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v)',
    script:
      "INSERT INTO t VALUES ('a', 1), ('b', 1); REPLACE INTO t VALUES ('A', 2); UPDATE t SET k = 'B' WHERE k = 'b';",
    size: 2,
  },
  {
    title: 'a refused insert leaves nothing behind for later',
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE)',
    script:
      "INSERT INTO t VALUES (1, 'a'); INSERT OR IGNORE INTO t VALUES (2, 'a');\nINSERT OR FAIL INTO t VALUES (2, 'a');\nINSERT INTO t VALUES (3, 'c');",
    size: 2,
  },
  {
    title: "an application's trigger that changes the row just written",
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, v)',
    script: `CREATE TRIGGER later AFTER INSERT ON t BEGIN UPDATE t SET v = 'touched' WHERE id = NEW.id; END;
      INSERT INTO t VALUES (1, 'x');`,
    size: 1,
  },
  {
    title: "an application's trigger that brings a deleted row back",
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, v)',
    script: `CREATE TRIGGER later AFTER DELETE ON t BEGIN INSERT INTO t VALUES (OLD.id, 'back'); END;
      INSERT INTO t VALUES (1, 'x'); DELETE FROM t;`,
    size: 1,
  },
  {
    title: 'two rows with the same NULL key, of which one is deleted',
    ddl: 'CREATE TABLE t (k TEXT PRIMARY KEY, v)',
    script: 'INSERT INTO t VALUES (NULL, 1), (NULL, 2); DELETE FROM t WHERE v = 2;',
    size: 1,
  },
  {
    title: 'an update that changes the key',
    ddl: 'CREATE TABLE t (a TEXT, b, PRIMARY KEY (b, a)) WITHOUT ROWID',
    script: "INSERT INTO t VALUES ('x', 1); UPDATE t SET b = 2;",
    size: 1,
  },
  {
    title: 'a foreign key that deletes and changes rows',
    ddl: 'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE)',
    script:
      'INSERT INTO p VALUES (1), (2); INSERT INTO t VALUES (1, 1), (2, 2); DELETE FROM p WHERE id = 1; UPDATE p SET id = 5 WHERE id = 2;',
    size: 1,
  },
  {
    title: 'a transaction that is rolled back',
    ddl: 'CREATE TABLE t (id INTEGER PRIMARY KEY, v)',
    script: 'INSERT INTO t VALUES (1, 1); BEGIN; UPDATE t SET v = 2; DELETE FROM t; ROLLBACK;',
    size: 1,
  },
  {
    title: 'columns named like the rowid, and values of every type',
    ddl: 'CREATE TABLE t (rowid TEXT, _rowid_, oid, "select" PRIMARY KEY)',
    script:
      "INSERT INTO t VALUES ('a' || char(0) || 'b', x'00ff', 9223372036854775807, -1.5e-300), (NULL, '', 9e999, '😀'), ('', 1, 1, x'00');",
    size: 3,
  },
];

test.each(CASES)('$title', ({ ddl, script, size }) => {
  write(path, `${ddl};`);
  install(path, state);
  write(path, script);
  const mirrors = published(path, state);
  expectMirror(mirrors, path, 't');
  expect(mirrors.get('t')?.size).toBe(size);
});

test('an update that changes the key is a delete and an insert', () => {
  write(path, 'CREATE TABLE t (k TEXT PRIMARY KEY, v); ');
  install(path, state);
  write(path, "INSERT INTO t VALUES ('a', 1); UPDATE t SET k = 'b';");
  expect(journaled(path, state).map(({ change }) => change.op)).toEqual(['insert', 'delete', 'insert']);
});

test('a migration may drop, rename and add columns under the triggers', () => {
  write(path, 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c); INSERT INTO t VALUES (1, 1, 1, 1);');
  install(path, state);
  write(path, 'ALTER TABLE t DROP COLUMN a; INSERT INTO t VALUES (2, 2, 2);');
  write(path, 'ALTER TABLE t RENAME COLUMN b TO bb; INSERT INTO t VALUES (3, 3, 3);');
  write(path, 'ALTER TABLE t ADD COLUMN d DEFAULT 7; UPDATE t SET c = 4 WHERE id = 1;');
  const mirrors = published(path, state);
  expectMirror(mirrors, path, 't');
  expect(mirrors.get('t')?.size).toBe(3);
});
