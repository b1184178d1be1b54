import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AFFINITIES } from '@/server/protocol/affinity';
import { encodeControl, parseControl, type ControlMessage } from '@/server/protocol/control';
import { parseExactJson, type JsonValue } from '@/server/protocol/exact-json';
import { schemaHash } from '@/server/protocol/fingerprint';
import { encodeReceipt, parseReceipt, type Receipt } from '@/server/protocol/receipt';
import { REJECTIONS, REJECTION_CODES } from '@/server/protocol/rejections';
import { parseRowBatch } from '@/server/protocol/row-batch';
import {
  encodeRowBatch,
  encodeRowChange,
  encodeRowJson,
  encodeSqlValue,
  type SqlValue,
} from '@/server/protocol/row-batch-encode';
import { parseTelemetryBatch } from '@/server/protocol/telemetry-batch';
import { encodeTelemetryBatch } from '@/server/protocol/telemetry-batch-encode';

const uuid7 = fc.uuid({ version: 7 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const seq = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
const text = fc.string({ unit: 'binary', maxLength: 12 });
const tableName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((n) => !n.includes('\u0000') && !/^sqlite_/i.test(n));
const sqlValue: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  int64,
  fc.double({ noNaN: true }),
  text,
  fc.uint8Array({ maxLength: 12 }),
);

/** What a cell must be after the way through JSON, told without the encoder's help. */
function decoded(value: JsonValue | undefined, original: SqlValue): unknown {
  if (original instanceof Uint8Array)
    return typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;
  if (value === null || value === undefined || typeof value !== 'object') return value;
  if (value.kind !== 'number') return value;
  return typeof original === 'bigint' ? BigInt(value.text) : Number(value.text);
}
const expected = (value: SqlValue): unknown =>
  value === Infinity
    ? 'Infinity'
    : value === -Infinity
      ? '-Infinity'
      : value instanceof Uint8Array
        ? new Uint8Array(value)
        : value;

describe('encodeRowBatch', () => {
  it('comes out of parseRowBatch as it went in', () => {
    const change = fc.record({
      commitSeq: seq,
      op: fc.constantFrom('insert' as const, 'update' as const),
      row: fc.dictionary(text, sqlValue, { minKeys: 1, maxKeys: 6 }),
    });
    const column = fc.record({
      name: tableName,
      decl_type_affinity: fc.constantFrom(...AFFINITIES),
      pk_ordinal: fc.nat(3),
      not_null: fc.boolean(),
    });
    const batch = fc.record({
      batchId: uuid7,
      journalEpoch: uuid7,
      previousJournalEpoch: fc.option(uuid7),
      deliveredThrough: fc.option(seq),
      sourceTable: tableName,
      columns: fc.uniqueArray(column, { minLength: 1, maxLength: 4, selector: (c) => c.name }),
      changes: fc.uniqueArray(change, { minLength: 1, maxLength: 5, selector: (c) => c.commitSeq }),
    });
    fc.assert(
      fc.property(batch, ({ columns, changes, ...header }) => {
        const hash = schemaHash({ tableName: header.sourceTable, columns });
        const rows = changes.map((c) => ({
          ...c,
          pk: Object.fromEntries(Object.entries(c.row).slice(0, 1)),
        }));
        const bytes = Buffer.from(
          encodeRowBatch({ ...header, schemaHash: hash, schemaColumns: columns, rows }),
        );
        const result = parseRowBatch(bytes);
        expect(result).toMatchObject({
          ok: true,
          batch: { ...header, schemaHash: hash, schemaVerified: true },
        });
        if (!result.ok) return;
        result.batch.rows.forEach((parsed, i) => {
          const sent = rows[i];
          expect([parsed.commitSeq, parsed.op]).toEqual([sent?.commitSeq, sent?.op]);
          expect(parsed.row?.entries.size).toBe(Object.keys(sent?.row ?? {}).length);
          for (const [name, value] of Object.entries(sent?.row ?? {})) {
            expect(decoded(parsed.row?.entries.get(name), value)).toEqual(expected(value));
          }
        });
      }),
    );
  });

  it('takes changes that are text already', () => {
    const base = { batchId: 'b', journalEpoch: 'e', sourceTable: 't', schemaHash: 'h' };
    const change = { commitSeq: 7n, op: 'delete' as const, pk: { id: 1n }, row: null, lkcv: '3' };
    expect(encodeRowChange(change).text).toBe(
      '{"commit_seq":7,"op":"delete","pk":{"id":1},"row":null,"lkcv":"3"}',
    );
    expect(encodeRowBatch({ ...base, rows: [encodeRowChange(change)] })).toBe(
      encodeRowBatch({ ...base, rows: [change] }),
    );
  });

  it.each<[SqlValue, string]>([
    [9007199254740993n, '9007199254740993'],
    [1.5, '1.5'],
    [-0, '-0'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [Infinity, '"Infinity"'],
    [-Infinity, '"-Infinity"'],
    [NaN, 'null'],
    [true, 'true'],
    ['a\u0000"', '"a\\u0000\\""'],
    [new Uint8Array([0, 255, 16]), '"AP8Q"'],
    [null, 'null'],
  ])('writes %s as %s', (value, json) => {
    expect(encodeSqlValue(value)).toBe(json);
    expect(() => parseExactJson(json)).not.toThrow();
  });

  it('writes only the bytes of a view, and rows from objects and maps alike', () => {
    const view = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    expect(encodeRowJson({ b: view })).toBe('{"b":"AgM="}');
    expect(encodeRowJson(new Map([['b', view]]))).toBe('{"b":"AgM="}');
    expect(encodeRowJson({})).toBe('{}');
  });
});

it('encodeTelemetryBatch comes out of parseTelemetryBatch, cursors computed', () => {
  const date = fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true });
  const row = fc.record({
    ts: date.map((d) => d.toISOString()),
    rowId: fc.option(uuid7),
    fields: fc.dictionary(text, sqlValue),
  });
  const batch = fc.record({
    batchId: uuid7,
    batchSeq: seq,
    sourceTable: tableName,
    rows: fc.array(row, { minLength: 1, maxLength: 5 }),
  });
  fc.assert(
    fc.property(batch, (sent) => {
      const result = parseTelemetryBatch(
        Buffer.from(encodeTelemetryBatch({ ...sent, schemaHash: 'a'.repeat(64) })),
      );
      const rows = sent.rows.map(({ ts, rowId, fields }) => ({
        ts,
        rowId,
        fieldsText: encodeRowJson(fields),
      }));
      const sorted = rows.map((r) => r.ts).sort();
      const cursors = { cursorStartTs: sorted.at(0), cursorEndTs: sorted.at(-1) };
      expect(result).toMatchObject({ ok: true, batch: { ...sent, ...cursors, rows } });
    }),
  );
});

describe('control messages', () => {
  const lineage = { controlId: fc.uuid(), sourceTable: text, serverWatermark: fc.option(seq) };
  const scalars = fc.dictionary(
    text,
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      int64,
      fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
      text,
    ),
  );
  const message: fc.Arbitrary<ControlMessage> = fc.oneof(
    fc.record({ kind: fc.constant('pause_lineage' as const), ...lineage, reason: text }),
    fc.record({ kind: fc.constant('resume_lineage' as const), ...lineage }),
    fc.record({
      kind: fc.constant('url_grant' as const),
      controlId: fc.uuid(),
      presignedUrl: fc.webUrl(),
      presignedUrlExpiresAt: text,
      sourceTable: fc.option(text),
    }),
    fc.record({
      kind: fc.constant('state_write' as const),
      controlId: fc.uuid(),
      sourceTable: text,
      rows: fc.array(fc.record({ pk: scalars, values: scalars, cloudVersion: seq }), { maxLength: 3 }),
    }),
  );

  it('are read as they were written', () => {
    fc.assert(
      fc.property(message, (sent) => {
        const result = parseControl(encodeControl(sent));
        expect(result.ok && Object.keys(result.message).sort()).toEqual(Object.keys(sent).sort());
        // By JSON, because toEqual takes an object without a prototype for another object.
        const shown = (value: unknown) =>
          JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v));
        const ordered = (m: ControlMessage) => shown(Object.entries(m).sort(([a], [b]) => (a < b ? -1 : 1)));
        expect(result.ok && ordered(result.message)).toBe(ordered(sent));
      }),
    );
  });

  it('have the shape of the protocol', () => {
    const id = '0d9b4d38-6c4f-4a6e-9c3f-0123456789ab';
    const pause = {
      kind: 'pause_lineage',
      controlId: id,
      sourceTable: 't',
      serverWatermark: 103n,
      reason: 'r',
    } as const;
    expect(encodeControl(pause)).toBe(
      `{"control_id":"${id}","control_kind":"pause_lineage","source_table":"t","server_watermark":103,"reason":"r"}`,
    );
  });

  it.each([
    ['{', null],
    ['[]', null],
    ['{"control_kind":"pause_lineage"}', null],
    [
      '{"control_id":"0d9b4d38-6c4f-4a6e-9c3f-0123456789ab","control_kind":"reboot"}',
      '0d9b4d38-6c4f-4a6e-9c3f-0123456789ab',
    ],
    [
      '{"control_id":"0d9b4d38-6c4f-4a6e-9c3f-0123456789ab","control_kind":"resume_lineage","source_table":"t","server_watermark":"x"}',
      '0d9b4d38-6c4f-4a6e-9c3f-0123456789ab',
    ],
  ])('a control that cannot be understood is a problem, not an error: %s', (payload, controlId) => {
    expect(parseControl(Buffer.from(payload))).toMatchObject({ ok: false, controlId });
  });
});

describe('receipts', () => {
  const header = { batchId: fc.uuid(), serverWatermark: fc.option(seq) };
  const receipt: fc.Arbitrary<Receipt> = fc.oneof(
    fc.record({
      ...header,
      outcome: fc.constant('accepted' as const),
      sourceTable: text,
      rows: fc.nat(),
      duplicates: fc.nat(),
    }),
    fc.record({
      ...header,
      outcome: fc.constant('rejected' as const),
      sourceTable: fc.option(text),
      code: fc.constantFrom(...REJECTION_CODES),
      detail: text,
    }),
  );

  it('are read as they were written', () => {
    fc.assert(
      fc.property(receipt, (sent) => {
        expect(parseReceipt(Buffer.from(encodeReceipt(sent)))).toEqual(sent);
      }),
    );
  });

  it.each([
    '',
    '{}',
    '7',
    '{"format_version":1,"batch_id":"x","source_table":"t","outcome":"accepted","rows":1}',
  ])('what is no receipt is none: %s', (payload) => {
    expect(parseReceipt(payload)).toBeNull();
  });
});

it('every rejection code has one line of meaning and one of remedy', () => {
  expect(Object.keys(REJECTIONS).sort()).toEqual([...REJECTION_CODES].sort());
  for (const { meaning, remedy } of Object.values(REJECTIONS)) {
    for (const line of [meaning, remedy]) expect(line).toMatch(/^\S[^\n]{10,}\.$/);
  }
});
