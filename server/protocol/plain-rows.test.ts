import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson, type JsonValue } from '@/server/protocol/exact-json';
import { parseRowBatch, type RowBatch } from '@/server/protocol/row-batch';
import { encodeRowBatch, type RowChangeInput, type SqlValue } from '@/server/protocol/row-batch-encode';

const ID = '019676f0-0000-7000-8000-00000000000a';

const encoded = (rows: readonly RowChangeInput[]): string =>
  encodeRowBatch({
    batchId: ID,
    journalEpoch: ID,
    sourceTable: 'device_state',
    schemaHash: 'a'.repeat(64),
    rows,
  });

function batchOf(text: string): RowBatch | null {
  const parsed = parseRowBatch(Buffer.from(text));
  return parsed.ok ? parsed.batch : null;
}

const value: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(null, 'a "quoted" \\ back\nslash', '\0', 1e300, true, 5e-324),
  fc.uint8Array({ maxLength: 8 }),
);

const change = fc.record({ isDelete: fc.boolean(), id: value, a: value, b: value });

const rowsOf = (changes: readonly { isDelete: boolean; id: SqlValue; a: SqlValue; b: SqlValue }[]) =>
  changes.map(({ isDelete, id, a, b }, i): RowChangeInput => {
    const common = { commitSeq: BigInt(3 * i + 1), pk: { id } };
    return isDelete
      ? { ...common, op: 'delete', row: null }
      : { ...common, op: 'update', row: { a, id, 'b c': b } };
  });

const changes = fc.array(change, { minLength: 1, maxLength: 8 }).map(rowsOf);

/** A value without the place where it stood. */
const bare = (json: JsonValue): unknown =>
  json !== null && typeof json === 'object' && json.kind === 'number' ? json.text : json;

/** What the plain reading says of one row's object: its text, and its values by name. */
function plainObject(batch: RowBatch, of: 'pk' | 'row', i: number) {
  const { plain } = batch;
  if (plain === null) throw new Error('the batch is not plain');
  const [names, places, values] =
    of === 'pk' ? [plain.pkNames, plain.pks, plain.pkValues] : [plain.rowNames, plain.rows, plain.rowValues];
  const text = plain.source.slice(places[2 * i], places[2 * i + 1]);
  if (text === '') return null;
  const from = 2 * names.length * i;
  const cells = names.map((name, c) => {
    const cell = plain.source.slice(values[from + 2 * c], values[from + 2 * c + 1]);
    return [name, bare(parseExactJson(cell))];
  });
  return { text, cells };
}

/** Both readings of a batch are the same rows. */
function expectSame(batch: RowBatch): void {
  expect(batch.plain?.count).toBe(batch.rows.length);
  expect(batch.rowCount).toBe(batch.rows.length);
  for (const [i, row] of batch.rows.entries()) {
    expect([batch.plain?.seqs[i], batch.plain?.ops[i]]).toEqual([Number(row.commitSeq), row.op]);
    const cells = (object: typeof row.row) => [...(object?.entries ?? [])].map(([k, v]) => [k, bare(v)]);
    expect(plainObject(batch, 'pk', i)).toEqual({ text: row.pkText, cells: cells(row.pk) });
    const whole = row.row === null ? null : { text: row.rowText, cells: cells(row.row) };
    expect(plainObject(batch, 'row', i)).toEqual(whole);
  }
}

describe('plain rows', () => {
  it('are what the agent writes, and are read as every other row is', () => {
    fc.assert(
      fc.property(changes, (rows) => {
        const batch = batchOf(encoded(rows));
        if (batch === null) throw new Error('the batch was refused');
        expectSame(batch);
      }),
    );
  });

  it('may have white space between their tokens', () => {
    const text = encoded([{ commitSeq: 1n, op: 'insert', pk: { id: 1n }, row: { id: 1n, a: 'x' } }]);
    const batch = batchOf(JSON.stringify(JSON.parse(text), null, 2));
    if (batch === null) throw new Error('the batch was refused');
    expectSame(batch);
  });

  it('are never read where the whole message would be refused, or as other rows', () => {
    const edits = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat({ max: 3 }),
        put: fc.constantFrom(
          '',
          '"',
          '\\',
          ',',
          '0',
          '-',
          'e9',
          '{',
          '}',
          ']',
          '"id":1,',
          ' ',
          'null',
          '\u0001',
          '1e999',
        ),
      }),
      { minLength: 1, maxLength: 3 },
    );
    let plain = 0;
    fc.assert(
      fc.property(changes, edits, (rows, some) => {
        let text = encoded(rows);
        const from = text.indexOf('"rows":');
        for (const { at, cut, put } of some) {
          const place = from + Math.floor(at * (text.length - from));
          text = text.slice(0, place) + put + text.slice(place + cut);
        }
        const batch = batchOf(text);
        if (batch === null || batch.plain === null) return;
        plain += 1;
        expectSame(batch);
      }),
      { numRuns: 300 },
    );
    expect(plain).toBeGreaterThan(0);
  });

  const FIRST = '{"commit_seq":5,"op":"update","pk":{"id":1},"row":{"id":1,"a":1}}';
  it.each([
    ['another order of columns', '{"commit_seq":6,"op":"update","pk":{"id":2},"row":{"a":1,"id":2}}'],
    ['a field more', '{"commit_seq":6,"op":"update","pk":{"id":2},"row":{"id":2,"a":1},"lkcv":7}'],
    ['another spelling of the key', '{"commit_seq":6,"op":"update","pk":{"id":2},"row":{"id":2.0,"a":1}}'],
    ['an equal commit seq', '{"commit_seq":5,"op":"update","pk":{"id":2},"row":{"id":2,"a":1}}'],
  ])('with %s are read whole', (_what, second) => {
    const last = second.includes('seq":5') ? 5 : 6;
    const text = encoded([{ commitSeq: 5n, op: 'delete', pk: { id: 1n }, row: null }])
      .replace('"last_commit_seq":5', `"last_commit_seq":${last}`)
      .replace(/"rows":.*/, `"rows":[${FIRST},${second}]}`);
    const batch = batchOf(text);
    expect(batch?.plain).toBeNull();
    expect(batch?.rows).toHaveLength(2);
  });
});
