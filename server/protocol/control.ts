/**
 * Control messages, cloud to device. Both sides use this file, so that what the worker writes is what the
 * agent reads, down to a 64-bit watermark.
 */
import { isUuid } from '@/server/lib/uuid';
import { unreachable } from '@/server/lib/assert';
import {
  ExactJsonError,
  isIntegerText,
  parseExactJson,
  type JsonObject,
  type JsonValue,
} from '@/server/protocol/exact-json';
import { asObject, integerOf, show } from '@/server/protocol/refused';
import { encodeRowJson, type SqlRow } from '@/server/protocol/row-batch-encode';

/** A value of a state_write: an integer is a bigint, any other number a double, a BLOB a base64 string. */
export type ControlScalar = null | boolean | bigint | number | string;

export interface StateWriteRow {
  readonly pk: Readonly<Record<string, ControlScalar>>;
  readonly values: Readonly<Record<string, ControlScalar>>;
  readonly cloudVersion: bigint;
}

interface LineageControl {
  readonly controlId: string;
  readonly sourceTable: string;
  /** The highest seq that the cloud has; null before there is one. */
  readonly serverWatermark: bigint | null;
}

export type ControlMessage =
  | (LineageControl & { readonly kind: 'pause_lineage'; readonly reason: string })
  | (LineageControl & { readonly kind: 'resume_lineage' })
  | {
      readonly kind: 'url_grant';
      readonly controlId: string;
      readonly presignedUrl: string;
      /** RFC 3339. */
      readonly presignedUrlExpiresAt: string;
      /** The table that asked, Tidegate's addition; null where the cloud did not say. */
      readonly sourceTable: string | null;
    }
  | {
      readonly kind: 'state_write';
      readonly controlId: string;
      readonly sourceTable: string;
      readonly rows: readonly StateWriteRow[];
    };

export type ControlKind = ControlMessage['kind'];

export type ControlResult =
  | { readonly ok: true; readonly message: ControlMessage }
  /** `controlId` where it could be read: an agent can acknowledge what it does not understand. */
  | { readonly ok: false; readonly problem: string; readonly controlId: string | null };

const member = (name: string, json: string): string => `,${JSON.stringify(name)}:${json}`;
const textMember = (name: string, text: string): string => member(name, JSON.stringify(text));

/** The payload of `sync/ingest/control`, as text; 64-bit integers stay exact. */
export function encodeControl(message: ControlMessage): string {
  const head = `{"control_id":${JSON.stringify(message.controlId)}${textMember('control_kind', message.kind)}`;
  return `${head}${encodeBody(message)}}`;
}

function encodeBody(message: ControlMessage): string {
  switch (message.kind) {
    case 'pause_lineage':
      return encodeLineage(message) + textMember('reason', message.reason);
    case 'resume_lineage':
      return encodeLineage(message);
    case 'url_grant':
      return (
        textMember('presigned_url', message.presignedUrl) +
        textMember('presigned_url_expires_at', message.presignedUrlExpiresAt) +
        (message.sourceTable === null ? '' : textMember('source_table', message.sourceTable))
      );
    case 'state_write':
      return (
        textMember('source_table', message.sourceTable) +
        member('rows', `[${message.rows.map(encodeStateWriteRow).join(',')}]`)
      );
    default:
      return unreachable(message);
  }
}

const encodeLineage = ({ sourceTable, serverWatermark }: LineageControl): string =>
  textMember('source_table', sourceTable) + member('server_watermark', String(serverWatermark));

function encodeStateWriteRow({ pk, values, cloudVersion }: StateWriteRow): string {
  const json = (row: SqlRow): string => encodeRowJson(row);
  return `{"pk":${json(pk)},"values":${json(values)},"cloud_version":${cloudVersion}}`;
}

class BadControl extends Error {}

/** Reads a control message on the device. Unknown fields are ignored; an unknown kind is a problem. */
export function parseControl(payload: Uint8Array | string): ControlResult {
  let controlId: string | null = null;
  try {
    const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
    const root = asObject(parseExactJson(text));
    if (root === null) throw new BadControl('the control message is not an object');
    const id = readText(root, 'control_id');
    if (!isUuid(id)) throw new BadControl(`control_id is ${show(id)}, must be a UUID`);
    controlId = id.toLowerCase();
    return { ok: true, message: readBody(root, controlId) };
  } catch (error) {
    if (!(error instanceof BadControl) && !(error instanceof ExactJsonError)) throw error;
    return { ok: false, problem: error.message, controlId };
  }
}

function readBody(root: JsonObject, controlId: string): ControlMessage {
  const kind = readText(root, 'control_kind');
  switch (kind) {
    case 'pause_lineage':
      return { kind, controlId, ...readLineage(root), reason: optionalText(root, 'reason') ?? '' };
    case 'resume_lineage':
      return { kind, controlId, ...readLineage(root) };
    case 'url_grant':
      return {
        kind,
        controlId,
        presignedUrl: readText(root, 'presigned_url'),
        presignedUrlExpiresAt: readText(root, 'presigned_url_expires_at'),
        sourceTable: optionalText(root, 'source_table'),
      };
    case 'state_write':
      return { kind, controlId, sourceTable: readText(root, 'source_table'), rows: readStateWriteRows(root) };
    default:
      throw new BadControl(`control_kind is ${show(kind)}, which this agent does not know`);
  }
}

function readLineage(root: JsonObject): { sourceTable: string; serverWatermark: bigint | null } {
  const watermark = root.entries.get('server_watermark') ?? null;
  const serverWatermark = watermark === null ? null : integerOf(watermark);
  if (watermark !== null && serverWatermark === null) {
    throw new BadControl(`server_watermark is ${show(watermark)}, must be an integer or null`);
  }
  return { sourceTable: readText(root, 'source_table'), serverWatermark };
}

function readStateWriteRows(root: JsonObject): StateWriteRow[] {
  const rows = root.entries.get('rows');
  if (typeof rows !== 'object' || rows === null || rows.kind !== 'array') {
    throw new BadControl(`rows is ${show(rows)}, must be an array`);
  }
  return rows.items.map((item, i) => {
    const row = asObject(item);
    const cloudVersion = integerOf(row?.entries.get('cloud_version'));
    if (row === null || cloudVersion === null)
      throw new BadControl(`rows[${i}] has no integer cloud_version`);
    return { pk: readScalars(row, 'pk', i), values: readScalars(row, 'values', i), cloudVersion };
  });
}

function readScalars(row: JsonObject, name: string, index: number): Record<string, ControlScalar> {
  const object = asObject(row.entries.get(name));
  if (object === null) throw new BadControl(`rows[${index}].${name} must be an object`);
  return Object.fromEntries(Array.from(object.entries, ([key, value]) => [key, readScalar(value)]));
}

function readScalar(value: JsonValue): ControlScalar {
  if (value === null || typeof value !== 'object') return value;
  if (value.kind !== 'number') throw new BadControl(`${show(value)} cannot be a value of a row`);
  return isIntegerText(value.text) ? BigInt(value.text) : Number(value.text);
}

function readText(root: JsonObject, name: string): string {
  const value = root.entries.get(name);
  if (typeof value !== 'string') throw new BadControl(`${name} is ${show(value)}, must be a string`);
  return value;
}

function optionalText(root: JsonObject, name: string): string | null {
  const value = root.entries.get(name);
  return typeof value === 'string' ? value : null;
}
