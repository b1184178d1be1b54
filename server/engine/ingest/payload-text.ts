import type { RejectedBatchDetail } from '@/server/contract/rows';

export type PayloadText = Pick<RejectedBatchDetail, 'payload' | 'payload_encoding'>;

/** UTF-8 text as it is; anything else as base64. */
export function payloadText(payload: Buffer): PayloadText {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { payload: decoder.decode(payload), payload_encoding: 'utf-8' };
  } catch {
    return { payload: payload.toString('base64'), payload_encoding: 'base64' };
  }
}
