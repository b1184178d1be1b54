import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toPlain } from '@/server/protocol/exact-json';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { PAYLOAD_BYTES_MAX } from '@/server/protocol/limits';
import type { Rejection, RejectionCode } from '@/server/protocol/rejections';
import { parseRowBatch, type RowBatch } from '@/server/protocol/row-batch';
import { parseRowLine } from '@/server/protocol/row-change';

const BATCH_ID = '019676f0-0000-7000-8000-00000000000a';
const EPOCH = '019676f0-0000-7000-8000-00000000000b';
const V4 = '0d9b4d38-6c4f-4a6e-9c3f-0123456789ab';
const COLUMNS: SchemaColumn[] = [
  { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
  { name: 'mode', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
];
const HASH = schemaHash({ tableName: 'device_state', columns: COLUMNS });
const UPDATE = { commit_seq: 101, op: 'update', pk: { id: 1 }, row: { id: 1, mode: 'cooling' } };
const DELETE = { commit_seq: 103, op: 'delete', pk: { id: 1 }, row: null };
const MESSAGE = {
  format_version: 1,
  capture_strategy: 'sqlite_row_batch_v1',
  batch_id: BATCH_ID,
  journal_epoch: EPOCH,
  source_table: 'device_state',
  schema_hash: HASH,
  first_commit_seq: 101,
  last_commit_seq: 103,
  rows: [UPDATE, DELETE],
};

/** The payload of MESSAGE with `patch` over it; undefined removes a field. */
const payload = (patch: object = {}): Uint8Array => Buffer.from(JSON.stringify({ ...MESSAGE, ...patch }));
/** The payload with its first row patched. */
const withRow = (patch: object): Uint8Array => payload({ rows: [{ ...UPDATE, ...patch }, DELETE] });
/** The payload with one text in it replaced, for what JSON.stringify cannot write. */
const replaced = (from: string, to: string): Uint8Array =>
  Buffer.from(JSON.stringify(MESSAGE).replace(from, to));

function accepted(bytes: Uint8Array): RowBatch {
  const result = parseRowBatch(bytes);
  if (!result.ok) throw new Error(result.rejection.detail);
  return result.batch;
}

function rejected(bytes: Uint8Array): Rejection {
  const result = parseRowBatch(bytes);
  if (result.ok) throw new Error('the batch was accepted');
  return result.rejection;
}

type Case = [name: string, bytes: Uint8Array, code: RejectionCode, path: string | null, detail: RegExp];
const many = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ commit_seq: i + 1, op: 'delete', pk: { id: i }, row: null }));

const CASES: Case[] = [
  [
    'a huge payload',
    new Uint8Array(PAYLOAD_BYTES_MAX + 1),
    'payload_too_large',
    null,
    /524,289 bytes, at most 524,288/,
  ],
  ['broken UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'invalid_json', null, /UTF-8/],
  ['no JSON', Buffer.from('{"format_version":1,'), 'invalid_json', null, /ends too early, at offset 20/],
  ['an array', Buffer.from('[]'), 'invalid_json', null, /is an array, must be an object/],
  [
    'a repeated key',
    replaced('"op":"update"', '"op":"update","op":"delete"'),
    'invalid_json',
    null,
    /"op" is repeated/,
  ],
  [
    'deep nesting',
    payload({ x: JSON.parse('['.repeat(70) + ']'.repeat(70)) }),
    'invalid_json',
    null,
    /64 levels/,
  ],
  [
    'NaN',
    replaced('"cooling"', 'NaN'),
    'invalid_number_encoding',
    'rows[0].row.mode',
    /^rows\[0\]\.row\.mode is NaN/,
  ],
  [
    'an overflow',
    replaced('"last_commit_seq":103', '"last_commit_seq":1e400'),
    'invalid_number_encoding',
    'last_commit_seq',
    /1e400/,
  ],
  ['NaN beside broken JSON', replaced('"cooling"', 'NaN,'), 'invalid_json', null, /unexpected/],
  [
    'org_id',
    payload({ org_id: 'x' }),
    'envelope_unstripped_tenant_fields',
    'org_id',
    /^org_id must not be sent/,
  ],
  ['fleet_id null', payload({ fleet_id: null }), 'envelope_unstripped_tenant_fields', 'fleet_id', /fleet_id/],
  [
    'project_id',
    payload({ project_id: 'x' }),
    'envelope_unstripped_tenant_fields',
    'project_id',
    /project_id/,
  ],
  [
    'device_id on a row',
    withRow({ device_id: 'x' }),
    'envelope_unstripped_tenant_fields',
    'rows[0].device_id',
    /rows\[0\]/,
  ],
  [
    'a tenant field before a version',
    payload({ org_id: 1, format_version: 0 }),
    'envelope_unstripped_tenant_fields',
    'org_id',
    /org/,
  ],
  [
    'no version',
    payload({ format_version: undefined }),
    'invalid_format_version',
    'format_version',
    /is missing/,
  ],
  [
    'version 0',
    payload({ format_version: 0 }),
    'invalid_format_version',
    'format_version',
    /is 0, must be 1/,
  ],
  ['version 1.5', payload({ format_version: 1.5 }), 'invalid_format_version', 'format_version', /is 1.5/],
  ['version "1"', payload({ format_version: '1' }), 'invalid_format_version', 'format_version', /is "1"/],
  [
    'version 2',
    payload({ format_version: 2 }),
    'unsupported_format_version',
    'format_version',
    /is 2, at most 1/,
  ],
  [
    'a version before a strategy',
    payload({ format_version: 2, capture_strategy: 'x' }),
    'unsupported_format_version',
    'format_version',
    /2/,
  ],
  [
    'no strategy',
    payload({ capture_strategy: undefined }),
    'missing_field',
    'capture_strategy',
    /is missing/,
  ],
  [
    'telemetry',
    payload({ capture_strategy: 'sqlite_telemetry_batch_v1' }),
    'unsupported_capture_strategy',
    'capture_strategy',
    /sqlite_row_batch_v1/,
  ],
  [
    'a strategy before fields',
    payload({ capture_strategy: 'x', batch_id: 'x' }),
    'unsupported_capture_strategy',
    'capture_strategy',
    /"x"/,
  ],
  ['no batch id', payload({ batch_id: undefined }), 'missing_field', 'batch_id', /batch_id is missing/],
  ['a v4 batch id', payload({ batch_id: V4 }), 'invalid_batch_id', 'batch_id', /must be a UUIDv7/],
  ['a batch id 7', payload({ batch_id: 7 }), 'invalid_batch_id', 'batch_id', /is 7/],
  ['no epoch', payload({ journal_epoch: undefined }), 'missing_field', 'journal_epoch', /missing/],
  ['a v4 epoch', payload({ journal_epoch: V4 }), 'invalid_journal_epoch', 'journal_epoch', /UUIDv7/],
  [
    'a v4 epoch before',
    payload({ previous_journal_epoch: V4 }),
    'invalid_journal_epoch',
    'previous_journal_epoch',
    /UUIDv7/,
  ],
  [
    'delivered_through -1',
    payload({ delivered_through: -1 }),
    'invalid_commit_seq',
    'delivered_through',
    /is -1/,
  ],
  ['no table', payload({ source_table: undefined }), 'missing_field', 'source_table', /missing/],
  ['table 7', payload({ source_table: 7 }), 'invalid_source_table', 'source_table', /is 7/],
  ['an empty table', payload({ source_table: '' }), 'invalid_source_table', 'source_table', /empty/],
  [
    'a long table',
    payload({ source_table: 'x'.repeat(501) }),
    'invalid_source_table',
    'source_table',
    /501 characters, at most 500/,
  ],
  [
    "SQLite's table",
    payload({ source_table: 'SQLITE_sequence' }),
    'invalid_source_table',
    'source_table',
    /own/,
  ],
  [
    'NUL in a table',
    payload({ source_table: 'a\u0000' }),
    'invalid_source_table',
    'source_table',
    /"a\\u0000"/,
  ],
  [
    'half a pair in a table',
    payload({ source_table: 'a\ud800' }),
    'invalid_source_table',
    'source_table',
    /surrogate/,
  ],
  ['no hash', payload({ schema_hash: undefined }), 'missing_field', 'schema_hash', /missing/],
  [
    'an uppercase hash',
    payload({ schema_hash: HASH.toUpperCase() }),
    'invalid_schema_hash',
    'schema_hash',
    /lowercase/,
  ],
  ['no first seq', payload({ first_commit_seq: undefined }), 'missing_field', 'first_commit_seq', /missing/],
  ['first seq "1"', payload({ first_commit_seq: '1' }), 'invalid_commit_seq', 'first_commit_seq', /is "1"/],
  [
    'a wrong first seq',
    payload({ first_commit_seq: 100 }),
    'invalid_commit_seq',
    'first_commit_seq',
    /is 100, but the lowest commit_seq of the rows is 101/,
  ],
  [
    'a wrong last seq',
    payload({ last_commit_seq: 104 }),
    'invalid_commit_seq',
    'last_commit_seq',
    /highest commit_seq of the rows is 103/,
  ],
  ['no rows', payload({ rows: undefined }), 'missing_field', 'rows', /missing/],
  ['rows {}', payload({ rows: {} }), 'invalid_row', 'rows', /is an object, must be an array/],
  ['empty rows', payload({ rows: [] }), 'empty_batch', 'rows', /rows is empty/],
  ['4,200 rows', payload({ rows: many(4200) }), 'batch_too_many_rows', 'rows', /^4,200 rows, at most 4,096$/],
  ['a row 7', payload({ rows: [UPDATE, 7] }), 'invalid_row', 'rows[1]', /^rows\[1\] is 7/],
  ['no commit seq', withRow({ commit_seq: undefined }), 'missing_field', 'rows[0].commit_seq', /missing/],
  [
    'commit seq 0',
    withRow({ commit_seq: 0 }),
    'invalid_commit_seq',
    'rows[0].commit_seq',
    /is 0, must be an integer from 1 to 9223372036854775807/,
  ],
  ['commit seq 1.5', withRow({ commit_seq: 1.5 }), 'invalid_commit_seq', 'rows[0].commit_seq', /is 1.5/],
  [
    'commit seq 2^63',
    replaced('"commit_seq":101', '"commit_seq":9223372036854775808'),
    'invalid_commit_seq',
    'rows[0].commit_seq',
    /9223372036854775808/,
  ],
  ['no op', withRow({ op: undefined }), 'missing_field', 'rows[0].op', /missing/],
  [
    'upsert',
    withRow({ op: 'upsert' }),
    'invalid_op',
    'rows[0].op',
    /^rows\[0\]\.op is "upsert", must be insert, update or delete$/,
  ],
  ['no pk', withRow({ pk: undefined }), 'invalid_pk', 'rows[0].pk', /is missing/],
  ['pk 1', withRow({ pk: 1 }), 'invalid_pk', 'rows[0].pk', /is 1, must be an object/],
  ['an empty pk', withRow({ pk: {} }), 'invalid_pk', 'rows[0].pk', /is empty/],
  ['a nested pk', withRow({ pk: { id: [1] } }), 'invalid_pk', 'rows[0].pk.id', /is an array/],
  [
    'a pk of another row',
    withRow({ pk: { id: 2 } }),
    'invalid_pk',
    'rows[0].pk.id',
    /is 2, but the row has 1/,
  ],
  ['a pk as text', withRow({ pk: { id: '1' } }), 'invalid_pk', 'rows[0].pk.id', /is "1", but the row has 1/],
  [
    'a pk not in the row',
    withRow({ pk: { 'no key': 1 } }),
    'invalid_pk',
    'rows[0].pk["no key"]',
    /no such column/,
  ],
  ['no row', withRow({ row: undefined }), 'missing_field', 'rows[0].row', /missing/],
  [
    'row null for an update',
    withRow({ row: null }),
    'invalid_row',
    'rows[0].row',
    /must be the full row for an update/,
  ],
  [
    'a row for a delete',
    payload({ rows: [UPDATE, { ...DELETE, row: { id: 1 } }] }),
    'invalid_row',
    'rows[1].row',
    /must be null for a delete/,
  ],
  ['a nested row', withRow({ row: { id: 1, mode: {} } }), 'invalid_row', 'rows[0].row.mode', /is an object/],
  ['lkcv {}', withRow({ lkcv: {} }), 'invalid_row', 'rows[0].lkcv', /is an object/],
  [
    'two changes under one seq',
    payload({ rows: [DELETE, UPDATE, { ...UPDATE, row: { id: 1, mode: 'x' } }] }),
    'invalid_commit_seq',
    'rows[2].commit_seq',
    /is 101, which rows\[1\] gives to another change of the same key/,
  ],
];

describe('parseRowBatch refuses', () => {
  it.each(CASES)('%s', (_, bytes, code, path, detail) => {
    const rejection = rejected(bytes);
    expect(rejection).toMatchObject({ code, path });
    expect(rejection.detail).toMatch(detail);
  });

  it('and tells batch, table and hash wherever they can be read', () => {
    const header = { batchId: BATCH_ID, sourceTable: 'device_state', schemaHash: HASH };
    expect(rejected(withRow({ op: 'x' }))).toMatchObject(header);
    expect(rejected(payload({ format_version: 9 }))).toMatchObject(header);
    expect(rejected(replaced('"cooling"', 'NaN'))).toMatchObject(header);
    expect(rejected(payload({ batch_id: V4 })).batchId).toBe(V4);
    expect(rejected(payload({ batch_id: 'x', source_table: 'a\u0000' }))).toMatchObject({ batchId: null });
    expect(rejected(payload({ source_table: 'a\u0000' })).sourceTable).toBeNull();
    expect(rejected(Buffer.from('{'))).toMatchObject({ batchId: null, sourceTable: null });
  });

  it('with texts that Postgres can store, whatever the device sent', () => {
    const { detail, path } = rejected(withRow({ row: { id: 1, [`\u0000\ud800${'y'.repeat(999)}`]: [] } }));
    for (const text of [detail, path ?? '']) {
      expect(text).not.toMatch(/[\u0000-\u001f]|\p{Surrogate}/u);
      expect(text.length).toBeLessThan(300);
    }
  });
});

describe('parseRowBatch accepts', () => {
  it('the example, with texts as received', () => {
    const batch = accepted(payload());
    expect(batch).toMatchObject({
      kind: 'rows',
      batchId: BATCH_ID,
      journalEpoch: EPOCH,
      previousJournalEpoch: null,
      deliveredThrough: null,
      sourceTable: 'device_state',
      firstCommitSeq: 101n,
      lastCommitSeq: 103n,
      bytes: payload().byteLength,
      schemaColumns: null,
      schemaVerified: false,
      schemaProblem: null,
    });
    expect(batch.rows[0]).toMatchObject({ commitSeq: 101n, op: 'update', pkText: '{"id":1}', lkcv: null });
    expect(batch.rows[0]?.rowText).toBe('{"id":1,"mode":"cooling"}');
    expect(batch.rows[1]).toMatchObject({ commitSeq: 103n, op: 'delete', row: null, rowText: null });
  });

  it('64-bit integers and spelled decimals to the last digit', () => {
    const text = '{"id":1,"mode":9007199254740993, "x" : 1.10}';
    const batch = accepted(replaced('{"id":1,"mode":"cooling"}', text));
    expect(batch.rows[0]?.rowText).toBe(text);
    expect(toPlain(batch.rows[0]?.row ?? null)).toEqual({ id: 1, mode: '9007199254740993', x: 1.1 });
  });

  it('the highest commit seq', () => {
    const top = '9223372036854775807';
    const text = JSON.stringify(MESSAGE).replaceAll('103', top);
    expect(accepted(Buffer.from(text)).lastCommitSeq).toBe(2n ** 63n - 1n);
  });

  it('tenant names as columns, unknown fields, lkcv, and the optional additions', () => {
    const row = { id: 1, device_id: 7, org_id: null };
    const batch = accepted(
      payload({
        novelty: { deep: [1] },
        previous_journal_epoch: V4.replace('-4', '-7').toUpperCase(),
        delivered_through: 0,
        rows: [
          { ...UPDATE, row, pk: { device_id: 7 }, lkcv: 3.0, more: 1 },
          { ...DELETE, lkcv: 'abc' },
        ],
      }),
    );
    expect(batch.previousJournalEpoch).toBe(V4.replace('-4', '-7'));
    expect(batch.deliveredThrough).toBe(0n);
    expect(batch.rows.map((r) => r.lkcv)).toEqual(['3', 'abc']);
  });

  it('rows in any order, one change twice, and two keys under one seq', () => {
    const other = { ...UPDATE, pk: { id: 2 }, row: { id: 2 } };
    const respelled = { ...UPDATE, row: { mode: 'cooling', id: 1 } };
    expect(accepted(payload({ rows: [DELETE, UPDATE, respelled, other] })).rows).toHaveLength(4);
  });

  it('exactly 4,096 rows', () => {
    const rows = many(4096);
    expect(accepted(payload({ rows, first_commit_seq: 1, last_commit_seq: 4096 })).rows).toHaveLength(4096);
  });

  it('a pk spelled otherwise than in the row, and NULL in a key', () => {
    const text = JSON.stringify(MESSAGE).replace(
      '"pk":{"id":1},"row":{"id":1',
      '"pk":{"id":1.0},"row":{"id":1',
    );
    expect(accepted(Buffer.from(text)).rows[0]?.pkText).toBe('{"id":1.0}');
    expect(accepted(withRow({ pk: { id: null }, row: { id: null } })).rows).toHaveLength(2);
  });
});

describe('the dedup key', () => {
  const keyOf = (pkJson: string): string => {
    const line = parseRowLine(`{"commit_seq":1,"op":"delete","pk":${pkJson},"row":null}`, 1);
    if (!line.ok) throw new Error(line.rejection.detail);
    return line.value.pkHash.toString('hex');
  };

  it('is SHA-256 of the canonical key, cut to 16 bytes', () => {
    const digest = createHash('sha256').update('{"a":1,"b":"x"}').digest('hex');
    expect(keyOf('{ "b": "x", "a": 1.0 }')).toBe(digest.slice(0, 32));
  });

  it.each([
    ['{"id":1}', '{"id":"1"}'],
    ['{"id":9007199254740992}', '{"id":9007199254740993}'],
    ['{"id":null}', '{"id":"null"}'],
    ['{"id":"\\ud800"}', '{"id":"\\ud801"}'],
    ['{"id":true}', '{"id":1}'],
  ])('tells %s from %s', (a, b) => {
    expect(keyOf(a)).not.toBe(keyOf(b));
  });
});

describe('schema columns of a batch', () => {
  const claim = (schema_columns: unknown): RowBatch => accepted(payload({ schema_columns }));

  it('are verified when they hash to the hash', () => {
    const batch = claim({ table_name: 'device_state', columns: [...COLUMNS].reverse(), extra: 1 });
    expect(batch).toMatchObject({ schemaVerified: true, schemaProblem: null });
    expect(batch.schemaColumns).toHaveLength(2);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'hash otherwise',
      { table_name: 'device_state', columns: COLUMNS.slice(1) },
      /hash to [0-9a-f]{64}, but/,
    ],
    ['name another table', { table_name: 'other', columns: COLUMNS }, /table_name is "other"/],
    ['cannot be read', { table_name: 'device_state', columns: 'x' }, /schema_columns\.columns/],
  ])('are kept unverified, not refused, when they %s', (_, columns, problem) => {
    const batch = claim(columns);
    expect(batch.schemaVerified).toBe(false);
    expect(batch.schemaProblem).toMatch(problem);
  });
});

describe('parseRowLine', () => {
  it('reads a line as a row of a batch', () => {
    expect(parseRowLine(JSON.stringify(UPDATE), 1)).toMatchObject({ ok: true, value: { commitSeq: 101n } });
  });

  it.each<[string, RejectionCode, RegExp]>([
    ['{"commit_seq":1', 'invalid_json', /^line 7: the text ends too early/],
    ['7', 'invalid_json', /^line 7: /],
    [JSON.stringify({ ...UPDATE, device_id: 1 }), 'envelope_unstripped_tenant_fields', /^line 7: device_id/],
    [JSON.stringify({ ...UPDATE, op: 'x' }), 'invalid_op', /^line 7: op is "x"/],
    [
      JSON.stringify(UPDATE).replace('"cooling"', 'NaN'),
      'invalid_number_encoding',
      /^line 7: row\.mode is NaN/,
    ],
  ])('names the line of %s', (line, code, detail) => {
    const result = parseRowLine(line, 7);
    expect(result).toMatchObject({ ok: false, rejection: { code } });
    expect(!result.ok && result.rejection.detail).toMatch(detail);
  });
});
