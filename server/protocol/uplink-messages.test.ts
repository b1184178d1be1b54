import { describe, expect, it } from 'vitest';
import { encodeAck, parseAck } from '@/server/protocol/ack';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeFinalize, encodeUrlRequest, parseIngestRequest } from '@/server/protocol/ingest-request';
import type { Rejection, RejectionCode } from '@/server/protocol/rejections';
import { encodeSchemaObservation, parseSchemaObservation } from '@/server/protocol/schema-observation';
import { parseTelemetryBatch } from '@/server/protocol/telemetry-batch';
import { parseTimestampNs } from '@/server/protocol/timestamp';

const ID = '019676f0-0000-7000-8000-00000000000a';
const V4 = '0d9b4d38-6c4f-4a6e-9c3f-0123456789ab';
const COLUMNS: SchemaColumn[] = [
  { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
];
const HASH = schemaHash({ tableName: 'temps', columns: COLUMNS });
const bytes = (message: unknown): Uint8Array => Buffer.from(JSON.stringify(message));

const FIRST = { ts: '2026-04-28T09:00:00Z', row_id: ID, fields: { value_c: 22.1 } };
const LAST = { ts: '2026-04-28T11:00:10.000000001+02:00', fields: { value_c: null } };
const TELEMETRY = {
  format_version: 1,
  capture_strategy: 'sqlite_telemetry_batch_v1',
  batch_id: ID,
  batch_seq: 42,
  source_table: 'temps',
  schema_hash: HASH,
  cursor_start_ts: '2026-04-28T09:00:00.000Z',
  cursor_end_ts: '2026-04-28T09:00:10.000000001Z',
  row_count: 2,
  rows: [LAST, FIRST],
};
const OBSERVATION = {
  format_version: 1,
  source_table: 'temps',
  schema_hash: HASH,
  observed_at: '2026-04-28T09:00:00.000000000Z',
};
const ACK = { format_version: 1, control_id: V4 };
const URL_REQUEST = { format_version: 1, request_kind: 'url_request', source_table: 'temps' };
const FINALIZE = {
  ...URL_REQUEST,
  request_kind: 'finalize',
  batch_id: ID,
  segment_kind: 'bootstrap_snapshot',
};

type Parse = (payload: Uint8Array) => { ok: true } | { ok: false; rejection: Rejection };
type Case = [parse: Parse, base: object, patch: object, code: RejectionCode, path: string];
const first = (patch: object): object => ({ rows: [LAST, { ...FIRST, ...patch }] });

const TELEMETRY_CASES: [object, RejectionCode, string][] = [
  [{ device_id: 'x' }, 'envelope_unstripped_tenant_fields', 'device_id'],
  [first({ org_id: 1 }), 'envelope_unstripped_tenant_fields', 'rows[1].org_id'],
  [{ format_version: null }, 'invalid_format_version', 'format_version'],
  [{ format_version: 7 }, 'unsupported_format_version', 'format_version'],
  [{ capture_strategy: 'sqlite_row_batch_v1' }, 'unsupported_capture_strategy', 'capture_strategy'],
  [{ batch_id: V4 }, 'invalid_batch_id', 'batch_id'],
  [{ batch_seq: undefined }, 'missing_field', 'batch_seq'],
  [{ batch_seq: -1 }, 'invalid_commit_seq', 'batch_seq'],
  [{ source_table: 'sqlite_stat1' }, 'invalid_source_table', 'source_table'],
  [{ schema_hash: 'x' }, 'invalid_schema_hash', 'schema_hash'],
  [{ cursor_start_ts: '2026-04-28' }, 'invalid_timestamp', 'cursor_start_ts'],
  [{ cursor_start_ts: '2026-04-28T09:00:01Z' }, 'cursor_timestamp_mismatch', 'cursor_start_ts'],
  [{ cursor_end_ts: '2026-04-28T09:00:10Z' }, 'cursor_timestamp_mismatch', 'cursor_end_ts'],
  [{ row_count: undefined }, 'missing_field', 'row_count'],
  [{ row_count: 3 }, 'row_count_mismatch', 'row_count'],
  [{ row_count: '2' }, 'row_count_mismatch', 'row_count'],
  [{ rows: [], row_count: 0 }, 'empty_batch', 'rows'],
  [{ rows: Array(4097).fill(FIRST), row_count: 4097 }, 'batch_too_many_rows', 'rows'],
  [first({ ts: undefined }), 'missing_field', 'rows[1].ts'],
  [first({ ts: 1777366800 }), 'invalid_timestamp', 'rows[1].ts'],
  [first({ row_id: V4 }), 'invalid_row_id', 'rows[1].row_id'],
  [first({ fields: undefined }), 'missing_field', 'rows[1].fields'],
  [first({ fields: [] }), 'invalid_row', 'rows[1].fields'],
  [first({ fields: { a: {} } }), 'invalid_row', 'rows[1].fields.a'],
  [{ rows: [LAST, 7] }, 'invalid_row', 'rows[1]'],
];
const CASES: Case[] = [
  ...TELEMETRY_CASES.map(([patch, code, path]): Case => [parseTelemetryBatch, TELEMETRY, patch, code, path]),
  [parseSchemaObservation, OBSERVATION, { project_id: 1 }, 'envelope_unstripped_tenant_fields', 'project_id'],
  [parseSchemaObservation, OBSERVATION, { source_table: '' }, 'invalid_source_table', 'source_table'],
  [parseSchemaObservation, OBSERVATION, { schema_hash: undefined }, 'missing_field', 'schema_hash'],
  [parseSchemaObservation, OBSERVATION, { observed_at: 'now' }, 'invalid_timestamp', 'observed_at'],
  [parseAck, ACK, { format_version: 0 }, 'invalid_format_version', 'format_version'],
  [parseAck, ACK, { control_id: undefined }, 'missing_field', 'control_id'],
  [parseAck, ACK, { control_id: 'x' }, 'invalid_control_id', 'control_id'],
  [parseIngestRequest, URL_REQUEST, { request_kind: undefined }, 'missing_field', 'request_kind'],
  [parseIngestRequest, URL_REQUEST, { request_kind: 'x' }, 'invalid_request', 'request_kind'],
  [parseIngestRequest, URL_REQUEST, { source_table: 1 }, 'invalid_source_table', 'source_table'],
  [parseIngestRequest, FINALIZE, { batch_id: V4 }, 'invalid_batch_id', 'batch_id'],
  [parseIngestRequest, FINALIZE, { segment_kind: 'x' }, 'invalid_request', 'segment_kind'],
  [parseIngestRequest, FINALIZE, { segment_kind: undefined }, 'missing_field', 'segment_kind'],
  [parseIngestRequest, FINALIZE, { journal_epoch: V4 }, 'invalid_journal_epoch', 'journal_epoch'],
  [parseIngestRequest, FINALIZE, { schema_hash: 'X' }, 'invalid_schema_hash', 'schema_hash'],
];

it.each(CASES.map(([parse, base, patch, code, path]) => ({ parse, base, patch, code, path })))(
  '$code at $path',
  ({ parse, base, patch, code, path }) => {
    expect(parse(bytes(base)).ok).toBe(true);
    const result = parse(bytes({ ...base, ...patch }));
    expect(result).toMatchObject({ ok: false, rejection: { code, path } });
    expect(!result.ok && result.rejection.detail).toContain(
      code === 'batch_too_many_rows' ? '4,097 rows' : path,
    );
  },
);

describe('telemetry', () => {
  it('is read with times to the nanosecond and fields as received', () => {
    const result = parseTelemetryBatch(bytes(TELEMETRY));
    expect(result).toMatchObject({
      ok: true,
      batch: { kind: 'telemetry', batchSeq: 42n, schemaVerified: false },
    });
    if (!result.ok) return;
    expect(result.batch.rows.map((r) => [r.rowId, r.fieldsText])).toEqual([
      [null, '{"value_c":null}'],
      [ID, '{"value_c":22.1}'],
    ]);
    expect((result.batch.rows[0]?.tsNs ?? 0n) - (result.batch.rows[1]?.tsNs ?? 0n)).toBe(10_000_000_001n);
  });

  it('may name tenants inside fields', () => {
    expect(parseTelemetryBatch(bytes({ ...TELEMETRY, ...first({ fields: { device_id: 1 } }) })).ok).toBe(
      true,
    );
  });
});

describe('what the agent writes, the worker reads', () => {
  it('observation', () => {
    const observedAt = new Date('2026-04-28T09:00:00.123Z');
    const text = encodeSchemaObservation({
      sourceTable: 'temps',
      schemaHash: HASH,
      schemaColumns: COLUMNS,
      observedAt,
    });
    expect(parseSchemaObservation(Buffer.from(text))).toMatchObject({
      ok: true,
      observation: {
        sourceTable: 'temps',
        schemaHash: HASH,
        schemaVerified: true,
        observedAt: observedAt.toISOString(),
      },
    });
  });

  it('ack', () => {
    expect(parseAck(Buffer.from(encodeAck(V4.toUpperCase())))).toEqual({
      ok: true,
      ack: { kind: 'ack', controlId: V4 },
    });
  });

  it('requests', () => {
    const url = parseIngestRequest(Buffer.from(encodeUrlRequest('temps')));
    expect(url).toEqual({ ok: true, request: { kind: 'url_request', sourceTable: 'temps' } });
    const bare = { sourceTable: 'temps', batchId: ID, segmentKind: 'payload_spill' as const };
    expect(parseIngestRequest(Buffer.from(encodeFinalize(bare)))).toMatchObject({
      ok: true,
      request: { ...bare, kind: 'finalize', journalEpoch: null, schemaHash: null, schemaVerified: false },
    });
    const full = { ...bare, journalEpoch: ID, schemaHash: HASH };
    expect(
      parseIngestRequest(Buffer.from(encodeFinalize({ ...full, schemaColumns: COLUMNS }))),
    ).toMatchObject({
      ok: true,
      request: { ...full, schemaVerified: true, schemaColumns: COLUMNS },
    });
  });
});

describe('parseTimestampNs', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['1970-01-01t00:00:00.5z', 500_000_000n],
    ['1970-01-01T01:00:00.000000001+01:00', 1n],
    ['1969-12-31T23:59:59.999999999Z', -1n],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000_000_000n],
    ['2024-02-29T00:00:00-00:30', 1_709_166_600_000_000_000n],
  ])('%s', (text, ns) => {
    expect(parseTimestampNs(text)).toBe(ns);
  });

  it.each([
    '',
    '2026-04-28',
    '2026-04-28 09:00:00Z',
    '2026-04-28T09:00:00',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-28T24:00:00Z',
    '2026-04-28T09:60:00Z',
    '2026-04-28T09:00:00.1234567890Z',
    '2026-04-28T09:00:00+2:00',
  ])('%j names no moment', (text) => {
    expect(parseTimestampNs(text)).toBeNull();
  });
});
