/**
 * Receipts: what became of a batch, sent after the commit. A device drops journal entries on this word, so
 * a receipt that is read wrongly loses rows; one that cannot be read is treated as none.
 */
import { ExactJsonError, parseExactJson, type JsonObject } from '@/server/protocol/exact-json';
import { FORMAT_VERSION } from '@/server/protocol/limits';
import { asObject, integerOf } from '@/server/protocol/refused';
import { isUuid } from '@/server/lib/uuid';

interface ReceiptHeader {
  readonly batchId: string;
  /** The highest seq accepted on the lineage; null before there is a lineage. */
  readonly serverWatermark: bigint | null;
}

export type Receipt =
  | (ReceiptHeader & {
      readonly outcome: 'accepted';
      readonly sourceTable: string;
      /** The batch's rows, also on a repeat. */
      readonly rows: number;
      readonly duplicates: number;
    })
  | (ReceiptHeader & {
      readonly outcome: 'rejected';
      /** Null where the batch's table could not be read. */
      readonly sourceTable: string | null;
      /** A RejectionCode; a newer cloud may send one that this agent does not know. */
      readonly code: string;
      readonly detail: string;
    });

/** The payload of `sync/ingest/receipt`, as text. */
export function encodeReceipt(receipt: Receipt): string {
  const outcome =
    receipt.outcome === 'accepted'
      ? { outcome: receipt.outcome, rows: receipt.rows, duplicates: receipt.duplicates }
      : { outcome: receipt.outcome, code: receipt.code, detail: receipt.detail };
  const text = JSON.stringify({
    format_version: FORMAT_VERSION,
    batch_id: receipt.batchId,
    source_table: receipt.sourceTable,
    ...outcome,
  });
  return `${text.slice(0, -1)},"server_watermark":${receipt.serverWatermark}}`;
}

/** Reads a receipt on the device; null where it is none that this version understands. */
export function parseReceipt(payload: Uint8Array | string): Receipt | null {
  const root = readRoot(typeof payload === 'string' ? payload : new TextDecoder().decode(payload));
  if (root === null || integerOf(root.entries.get('format_version')) !== BigInt(FORMAT_VERSION)) return null;
  const batchId = textOf(root, 'batch_id');
  const sourceTable = textOf(root, 'source_table');
  if (batchId === null || !isUuid(batchId)) return null;
  const header = {
    batchId: batchId.toLowerCase(),
    serverWatermark: integerOf(root.entries.get('server_watermark')),
  };
  const outcome = root.entries.get('outcome');
  if (outcome === 'rejected') {
    const code = textOf(root, 'code');
    return code === null
      ? null
      : { ...header, outcome, sourceTable, code, detail: textOf(root, 'detail') ?? '' };
  }
  const rows = integerOf(root.entries.get('rows'));
  if (outcome !== 'accepted' || sourceTable === null || rows === null) return null;
  const duplicates = Number(integerOf(root.entries.get('duplicates')) ?? 0n);
  return { ...header, outcome, sourceTable, rows: Number(rows), duplicates };
}

function readRoot(text: string): JsonObject | null {
  try {
    return asObject(parseExactJson(text));
  } catch (error) {
    if (error instanceof ExactJsonError) return null;
    throw error;
  }
}

function textOf(root: JsonObject, name: string): string | null {
  const value = root.entries.get(name);
  return typeof value === 'string' ? value : null;
}
