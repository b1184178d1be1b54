/**
 * Upload requests: a URL for an object, and the word that the object is complete. A finalize names the batch
 * that the object's rows are ingested under, so that a repeat is seen to be one.
 */
import type { JsonObject } from '@/server/protocol/exact-json';
import { FORMAT_VERSION } from '@/server/protocol/limits';
import {
  optionalUuidV7,
  required,
  requiredSchemaHash,
  requiredSourceTable,
  requiredUuidV7,
} from '@/server/protocol/message-fields';
import { readMessage, type Message } from '@/server/protocol/message-reader';
import { Refused, show } from '@/server/protocol/refused';
import type { Rejection } from '@/server/protocol/rejections';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { schemaColumnsJson } from '@/server/protocol/row-batch-encode';
import { readClaimedSchema, type ClaimedSchema } from '@/server/protocol/schema-columns';

export type SegmentKind = 'bootstrap_snapshot' | 'payload_spill';

export interface UrlRequest {
  readonly kind: 'url_request';
  readonly sourceTable: string;
}

/** Epoch and schema are Tidegate's additions; an agent that leaves them out is ingested as its last batch was. */
export interface FinalizeRequest extends ClaimedSchema {
  readonly kind: 'finalize';
  readonly sourceTable: string;
  readonly batchId: string;
  readonly segmentKind: SegmentKind;
  readonly journalEpoch: string | null;
  readonly schemaHash: string | null;
}

export type IngestRequest = UrlRequest | FinalizeRequest;

export type IngestRequestResult =
  | { readonly ok: true; readonly request: IngestRequest }
  | { readonly ok: false; readonly rejection: Rejection };

/** Parses and validates the payload of `sync/ingest/request`. */
export function parseIngestRequest(payload: Uint8Array): IngestRequestResult {
  const parsed = readMessage(payload, readRequest);
  return parsed.ok ? { ok: true, request: parsed.value } : parsed;
}

function readRequest({ root }: Message): IngestRequest {
  const requestKind = required(root, 'request_kind');
  if (requestKind === 'url_request') return { kind: 'url_request', sourceTable: requiredSourceTable(root) };
  if (requestKind === 'finalize') return readFinalize(root);
  throw new Refused(
    'invalid_request',
    'request_kind',
    `is ${show(requestKind)}, must be url_request or finalize`,
  );
}

function readFinalize(root: JsonObject): FinalizeRequest {
  const sourceTable = requiredSourceTable(root);
  const batchId = requiredUuidV7(root, 'batch_id', 'invalid_batch_id');
  const segmentKind = required(root, 'segment_kind');
  if (segmentKind !== 'bootstrap_snapshot' && segmentKind !== 'payload_spill') {
    const predicate = `is ${show(segmentKind)}, must be bootstrap_snapshot or payload_spill`;
    throw new Refused('invalid_request', 'segment_kind', predicate);
  }
  const journalEpoch = optionalUuidV7(root, 'journal_epoch', 'invalid_journal_epoch');
  const schemaHash = (root.entries.get('schema_hash') ?? null) === null ? null : requiredSchemaHash(root);
  const claimed: ClaimedSchema =
    schemaHash === null
      ? { schemaColumns: null, schemaVerified: false, schemaProblem: null }
      : readClaimedSchema(root, { sourceTable, schemaHash });
  return { kind: 'finalize', sourceTable, batchId, segmentKind, journalEpoch, schemaHash, ...claimed };
}

/** The payload that asks for an upload URL, as text. */
export function encodeUrlRequest(sourceTable: string): string {
  return JSON.stringify({
    format_version: FORMAT_VERSION,
    request_kind: 'url_request',
    source_table: sourceTable,
  });
}

/** The payload that finalizes an upload, as text. */
export function encodeFinalize(finalize: {
  sourceTable: string;
  batchId: string;
  segmentKind: SegmentKind;
  journalEpoch?: string;
  schemaHash?: string;
  schemaColumns?: readonly SchemaColumn[] | null;
}): string {
  const text = JSON.stringify({
    format_version: FORMAT_VERSION,
    request_kind: 'finalize',
    source_table: finalize.sourceTable,
    batch_id: finalize.batchId,
    segment_kind: finalize.segmentKind,
    journal_epoch: finalize.journalEpoch,
    schema_hash: finalize.schemaHash,
  });
  const columns = finalize.schemaColumns ?? null;
  if (columns === null) return text;
  return `${text.slice(0, -1)},"schema_columns":${schemaColumnsJson(finalize.sourceTable, columns)}}`;
}
