import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalNumber } from '@/server/protocol/exact-json';
import { parseRowBatch } from '@/server/protocol/row-batch';
import { encodeRowBatch, type SqlValue } from '@/server/protocol/row-batch-encode';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { plainColumns } from './plain-columns';
import { prepareWrites, type MirrorTarget } from './prepare-writes';
import { writeArrays } from './row-arrays';

const ID = '019676f0-0000-7000-8000-00000000000a';
const ORDINAL = 7n;

const target = (columns: [name: string, type: MirrorType, keyOrdinal: number][]): MirrorTarget => ({
  mirrorId: ID,
  tableName: 't',
  deviceId: ID,
  columns: columns.map(([name, type, keyOrdinal]) => ({ name, type, keyOrdinal, sourceColumnName: name })),
  bound: new Map(columns.filter(([name]) => name !== 'unbound').map(([name]) => [name, name])),
  textColumns: new Map(),
  reals: new Set(),
  lineageId: ID,
  schemaHash: 'a'.repeat(64),
  defers: false,
  keepsRows: false,
  hadTombstones: true,
  sample: null,
});

const TARGET = target([
  ['k', 'text', 2],
  ['i', 'bigint', 0],
  ['d', 'double precision', 0],
  ['n', 'numeric', 0],
  ['t', 'text', 0],
  ['unbound', 'bigint', 0],
  ['b', 'bytea', 0],
  ['id', 'bigint', 1],
]);

/** `{1,"a",NULL}` as Postgres reads it. */
function elements(literal: string): (string | null)[] {
  const found = literal.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/gs);
  return [...found].map(([whole, quoted]) =>
    quoted === undefined ? (whole === 'NULL' ? null : whole) : quoted.replace(/\\(.)/gs, '$1'),
  );
}

/** What is stored of an element. */
function stored(element: string | null, type: MirrorType): unknown {
  if (element === null) return null;
  if (type === 'double precision') return Number(element);
  if (type === 'numeric' && !/^-?Infinity$/.test(element)) return canonicalNumber(element);
  return element;
}

const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const real = fc.double({ noNaN: true });
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom('a "q" \\ü', 'NULL', '', '{,}', 'half \ud800'),
);
const orNull = (value: fc.Arbitrary<SqlValue>) => fc.option(value, { nil: null, freq: 8 });

const change = fc.record({
  op: fc.constantFrom('insert' as const, 'update' as const),
  row: fc.record({
    id: fc.oneof(fc.bigInt({ min: -2n, max: 2n }), fc.constantFrom<SqlValue>(null, '2', 1e18)),
    k: fc.oneof(fc.constantFrom<SqlValue>('x', 'y', null), text),
    i: orNull(fc.oneof(integer, fc.constantFrom<SqlValue>('12', 3, -0))),
    d: orNull(fc.oneof(real, integer)),
    n: orNull(fc.oneof(real, integer, fc.constantFrom('1.50', 'Infinity'))),
    t: orNull(fc.oneof(text, real, integer, fc.boolean())),
    b: orNull(fc.oneof({ weight: 40, arbitrary: fc.uint8Array({ maxLength: 6 }) }, fc.constant('!'))),
  }),
});

it('makes of plain rows what prepareWrites makes of them, or leaves them to it', () => {
  let made = 0;
  const batches = fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(batches, (all) => {
      let seq = 0n;
      const parsed = all.map((changes) => {
        const rows = changes.map(({ op, row }) => {
          seq += 1n;
          return { commitSeq: seq, op, pk: { id: row.id, k: row.k }, row };
        });
        const message = { batchId: ID, journalEpoch: ID, sourceTable: 't', schemaHash: 'a'.repeat(64), rows };
        const result = parseRowBatch(Buffer.from(encodeRowBatch(message)));
        if (!result.ok || result.batch.plain === null) throw new Error('the batch is not plain');
        return { plain: result.batch.plain, rows: result.batch.rows };
      });
      const writes = parsed.flatMap(({ rows }) =>
        rows.map(({ op, pk, row, commitSeq }) => ({ op, pk, row, epoch: ORDINAL, seq: commitSeq })),
      );
      const prepared = prepareWrites(TARGET, writes);
      const plain = plainColumns(
        TARGET,
        parsed.map((p) => p.plain),
        ORDINAL,
      );
      expect(plain === null).toBe(prepared.failures.length > 0);
      if (plain === null) return;
      made += 1;
      const inOrder = prepared.upserts.sort((a, b) => Number(a.write.seq - b.write.seq));
      const whole = writeArrays(TARGET.columns, inOrder, true);
      expect(plain.areInserts).toBe(writes.every(({ op }) => op === 'insert'));
      expect({ ...plain.arrays, columns: [] }).toEqual({ ...whole, columns: [] });
      for (const [i, { type }] of TARGET.columns.entries()) {
        const read = (literal = '') => elements(literal).map((element) => stored(element, type));
        expect(read(plain.arrays.columns[i])).toEqual(read(whole.columns[i]));
      }
    }),
    { numRuns: 60 },
  );
  expect(made).toBeGreaterThan(5);
});
