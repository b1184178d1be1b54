/**
 * For any history of statements, written by the sqlite3 program, applying the published batches in commit order
 * gives the table. The tables are those on which a capture by triggers usually goes wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, test } from 'vitest';
import { openState } from '@/server/agent/state';
import { expectMirror, install, published, write } from '@/server/testing/journal-fixture';

interface Subject {
  readonly name: string;
  /** The table's name as SQL. */
  readonly sql: string;
  readonly ddl: string;
  readonly columns: readonly string[];
  /** Those that take integers only. */
  readonly integers: readonly string[];
}

const WEIRD = '"weird ""table"" name; drop"';

const SUBJECTS: readonly Subject[] = [
  {
    name: 'plain',
    sql: 'plain',
    ddl: 'CREATE TABLE plain (a INTEGER PRIMARY KEY, b, c TEXT)',
    columns: ['a', 'b', 'c'],
    integers: ['a'],
  },
  {
    name: 'unique_other',
    sql: 'unique_other',
    ddl: `CREATE TABLE unique_other (a INTEGER PRIMARY KEY, b TEXT COLLATE NOCASE UNIQUE, c NUMERIC, d REAL);
      CREATE UNIQUE INDEX by_expression ON unique_other (lower(b) || ',' COLLATE NOCASE, c) WHERE c > 1;
      CREATE UNIQUE INDEX partly ON unique_other (d) WHERE d IS NOT 'x''), ('`,
    columns: ['a', 'b', 'c', 'd'],
    integers: ['a'],
  },
  {
    name: 'text_key',
    sql: 'text_key',
    ddl: 'CREATE TABLE text_key (a TEXT COLLATE NOCASE, b, c, PRIMARY KEY (a, b))',
    columns: ['a', 'b', 'c'],
    integers: [],
  },
  {
    name: 'no_rowid',
    sql: 'no_rowid',
    ddl: 'CREATE TABLE no_rowid (a TEXT, b NUMERIC, c, d UNIQUE, PRIMARY KEY (b, a)) WITHOUT ROWID',
    columns: ['a', 'b', 'c', 'd'],
    integers: [],
  },
  {
    name: 'weird "table" name; drop',
    sql: WEIRD,
    ddl: `CREATE TABLE ${WEIRD} ("Größe °C" TEXT, "select" BLOB, rowid, "q", PRIMARY KEY ("select"))`,
    columns: ['"Größe °C"', '"select"', 'rowid', '"q"'],
    integers: [],
  },
  {
    name: 'computed',
    sql: 'computed',
    ddl: `CREATE TABLE computed (a INTEGER PRIMARY KEY, b, g AS (b || 'x') STORED UNIQUE, h AS (a + 1))`,
    columns: ['a', 'b'],
    integers: ['a'],
  },
  {
    name: 'touched',
    sql: 'touched',
    ddl: `CREATE TABLE touched (a INTEGER PRIMARY KEY, b, c);
      CREATE TRIGGER touch AFTER INSERT ON touched BEGIN UPDATE touched SET c = 'touched' WHERE a = NEW.a; END;
      CREATE TRIGGER trim AFTER UPDATE OF b ON touched WHEN NEW.b IS NULL BEGIN DELETE FROM touched WHERE a = NEW.a; END`,
    columns: ['a', 'b', 'c'],
    integers: ['a'],
  },
  {
    name: 'child',
    sql: 'child',
    ddl: 'CREATE TABLE child (a INTEGER PRIMARY KEY, b INTEGER REFERENCES plain (a) ON DELETE CASCADE ON UPDATE CASCADE)',
    columns: ['a', 'b'],
    integers: ['a', 'b'],
  },
];

/** Few different values, so that keys meet; among them what is easily lost on the way. */
const common = fc.constantFrom('1', '2', "'a'", "'A'", "'b'", 'NULL');
const rare = fc.constantFrom(
  '1.0',
  '1.5',
  '-0.0',
  '9e999',
  '9007199254740993',
  '-9223372036854775808',
  "'1'",
  "''",
  "'it''s \"quoted\"'",
  "'😀é' || char(0) || 'after NUL'",
  "x'00ff61'",
  '0.1 + 0.2',
);
const anyValue = fc.oneof({ arbitrary: common, weight: 3 }, { arbitrary: rare, weight: 1 });
/** For a column that takes integers only. */
const integer = fc.constantFrom('1', '2', '3', '4', '9007199254740993', 'NULL');

const statementOf = ({ sql, columns, integers }: Subject): fc.Arbitrary<string> => {
  const valueOf = (column: string): fc.Arbitrary<string> => (integers.includes(column) ? integer : anyValue);
  const pair = fc.constantFrom(...columns).chain((column) => fc.tuple(fc.constant(column), valueOf(column)));
  const row = fc.tuple(...columns.map(valueOf)).map((values) => values.join(', '));
  const into = `INTO ${sql} (${columns.join(', ')}) VALUES`;
  const verb = fc.constantFrom(
    'INSERT',
    'INSERT OR REPLACE',
    'INSERT OR IGNORE',
    'INSERT OR FAIL',
    'REPLACE',
  );
  const change = fc.constantFrom('UPDATE', 'UPDATE OR REPLACE', 'UPDATE OR REPLACE', 'UPDATE OR IGNORE');
  return fc.oneof(
    { arbitrary: fc.tuple(verb, row).map(([v, r]) => `${v} ${into} (${r})`), weight: 8 },
    {
      arbitrary: fc
        .tuple(row, pair)
        .map(([r, [set, to]]) => `INSERT ${into} (${r}) ON CONFLICT DO UPDATE SET ${set} = ${to}`),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(change, pair, pair)
        .map(([c, [set, to], [by, is]]) => `${c} ${sql} SET ${set} = ${to} WHERE ${by} IS ${is}`),
      weight: 5,
    },
    { arbitrary: pair.map(([by, is]) => `DELETE FROM ${sql} WHERE ${by} IS ${is}`), weight: 2 },
    { arbitrary: fc.constant(`DELETE FROM ${sql}`), weight: 1 },
  );
};

/** Statements on two of the tables, of which a few hit the same rows again and again. */
const statements = (min: number, max: number, subjects: readonly Subject[]): fc.Arbitrary<string[]> =>
  fc.array(fc.oneof(...subjects.map(statementOf)), { minLength: min, maxLength: max, size: 'max' });

const transaction = (subjects: readonly Subject[]): fc.Arbitrary<string> =>
  fc
    .tuple(statements(2, 12, subjects), fc.constantFrom('COMMIT', 'COMMIT', 'COMMIT', 'ROLLBACK'))
    .map(([list, end]) => `BEGIN;\n${list.join(';\n')};\n${end};`);

const history = fc.shuffledSubarray([...SUBJECTS], { minLength: 1, maxLength: 2 }).chain((subjects) =>
  fc.record({
    recursive: fc.boolean(),
    encoding: fc.constantFrom('UTF-8', 'UTF-8', 'UTF-16le', 'UTF-16be'),
    before: statements(3, 12, subjects),
    after: fc.array(transaction(subjects), { minLength: 2, maxLength: 5, size: 'max' }),
  }),
);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-history-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('applying what is published gives the table, whatever was written', () => {
  let run = 0;
  fc.assert(
    fc.property(history, ({ recursive, encoding, before, after }) => {
      run += 1;
      const path = join(folder, `${run}.db`);
      const state = openState(join(folder, `${run}.state`), () => undefined);
      try {
        write(path, `PRAGMA encoding = '${encoding}';\n${SUBJECTS.map(({ ddl }) => `${ddl};`).join('\n')}`);
        write(path, `${before.join(';\n')};`);
        install(path, state);
        write(path, `PRAGMA recursive_triggers = ${recursive ? 'ON' : 'OFF'};\n${after.join('\n')}`);
        const mirrors = published(path, state);
        for (const { name } of SUBJECTS) expectMirror(mirrors, path, name);
      } finally {
        state.close();
      }
    }),
    { numRuns: 100 },
  );
}, 120_000);
