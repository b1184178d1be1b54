/**
 * Schema observations: a device's advice about the columns it has now. It warms the registry and never
 * classifies; only a data batch opens a review, so that an observation alone can pause nothing.
 */
import { requiredSchemaHash, requiredSourceTable, requiredTimestamp } from '@/server/protocol/message-fields';
import { readMessage, type Message } from '@/server/protocol/message-reader';
import { FORMAT_VERSION } from '@/server/protocol/limits';
import type { Rejection } from '@/server/protocol/rejections';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { schemaColumnsJson } from '@/server/protocol/row-batch-encode';
import { readClaimedSchema, type ClaimedSchema } from '@/server/protocol/schema-columns';

export interface SchemaObservation extends ClaimedSchema {
  readonly kind: 'schema_observation';
  readonly sourceTable: string;
  readonly schemaHash: string;
  /** RFC 3339, as received. */
  readonly observedAt: string;
  readonly bytes: number;
}

export type SchemaObservationResult =
  | { readonly ok: true; readonly observation: SchemaObservation }
  | { readonly ok: false; readonly rejection: Rejection };

/** Parses and validates the payload of `sync/schema/observe`. */
export function parseSchemaObservation(payload: Uint8Array): SchemaObservationResult {
  const parsed = readMessage(payload, readObservation);
  return parsed.ok ? { ok: true, observation: parsed.value } : parsed;
}

function readObservation({ root, bytes }: Message): SchemaObservation {
  const sourceTable = requiredSourceTable(root);
  const schemaHash = requiredSchemaHash(root);
  const observedAt = requiredTimestamp(root, 'observed_at').text;
  const claimed = readClaimedSchema(root, { sourceTable, schemaHash });
  return { kind: 'schema_observation', sourceTable, schemaHash, ...claimed, observedAt, bytes };
}

/** The payload of `sync/schema/observe`, as text. */
export function encodeSchemaObservation(observation: {
  sourceTable: string;
  schemaHash: string;
  schemaColumns?: readonly SchemaColumn[] | null;
  observedAt: Date;
}): string {
  const fields = [
    `"format_version":${FORMAT_VERSION}`,
    `"source_table":${JSON.stringify(observation.sourceTable)}`,
    `"schema_hash":"${observation.schemaHash}"`,
  ];
  const columns = observation.schemaColumns ?? null;
  if (columns !== null)
    fields.push(`"schema_columns":${schemaColumnsJson(observation.sourceTable, columns)}`);
  return `{${fields.join(',')},"observed_at":"${observation.observedAt.toISOString()}"}`;
}
