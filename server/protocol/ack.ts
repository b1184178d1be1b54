/**
 * Acknowledgements of control messages. An ack carries nothing but the control's id: which device it is from
 * is the session's business, so that no device can acknowledge for another.
 */
import { isUuid } from '@/server/lib/uuid';
import { FORMAT_VERSION } from '@/server/protocol/limits';
import { required } from '@/server/protocol/message-fields';
import { readMessage, type Message } from '@/server/protocol/message-reader';
import { Refused, show } from '@/server/protocol/refused';
import type { Rejection } from '@/server/protocol/rejections';

export interface Ack {
  readonly kind: 'ack';
  /** The control's UUID, in lowercase. */
  readonly controlId: string;
}

export type AckResult =
  { readonly ok: true; readonly ack: Ack } | { readonly ok: false; readonly rejection: Rejection };

/** Parses and validates the payload of `sync/ingest/ack`. */
export function parseAck(payload: Uint8Array): AckResult {
  const parsed = readMessage(payload, readAck);
  return parsed.ok ? { ok: true, ack: parsed.value } : parsed;
}

function readAck({ root }: Message): Ack {
  const value = required(root, 'control_id');
  if (typeof value === 'string' && isUuid(value)) return { kind: 'ack', controlId: value.toLowerCase() };
  throw new Refused('invalid_control_id', 'control_id', `is ${show(value)}, must be a UUID`);
}

/** The payload of `sync/ingest/ack`, as text. */
export function encodeAck(controlId: string): string {
  return JSON.stringify({ format_version: FORMAT_VERSION, control_id: controlId });
}
