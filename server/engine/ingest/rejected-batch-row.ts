import type { RejectedBatch } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { REJECTION_CODES, REJECTIONS, type RejectionCode } from '@/server/protocol/rejections';

export interface RejectedBatchRow {
  id: string;
  code: string;
  detail: string;
  path: string | null;
  device_id: string | null;
  device_name: string | null;
  topic: string;
  batch_id: string | null;
  source_table: string | null;
  received_at: string;
  bytes: number;
  retried_at: string | null;
  retry_outcome: RejectedBatch['retry_outcome'];
  cause: string;
}

/** The columns of `rejectedBatchFrom` that a rejected batch shows; the payload is read singly. */
export const rejectedBatchColumns = (sql: Sql) => sql`
  b.id, b.code, b.detail, b.path, b.device_id, d.name as device_name, b.topic, b.batch_id, b.source_table,
  b.received_at, b.bytes, b.retried_at, b.retry_outcome, b.cause`;

export const rejectedBatchFrom = (sql: Sql) =>
  sql`tidegate.rejected_batch b left join tidegate.device d on d.id = b.device_id`;

const isCode = (code: string): code is RejectionCode => (REJECTION_CODES as readonly string[]).includes(code);

/** The catalogue's words for a code. */
export function wordsOfCode(code: string): { meaning: string; remedy: string } {
  if (!isCode(code)) return { meaning: 'A code of another version of Tidegate.', remedy: 'Read the detail.' };
  const { meaning, remedy } = REJECTIONS[code];
  return { meaning, remedy };
}

/** The contract's shape of a row, with the catalogue's words for its code. */
export function toRejectedBatch(row: RejectedBatchRow): RejectedBatch {
  return {
    id: row.id,
    code: row.code,
    ...wordsOfCode(row.code),
    detail: row.detail,
    path: row.path,
    device_id: row.device_id,
    device_name: row.device_name,
    topic: row.topic,
    batch_id: row.batch_id,
    source_table: row.source_table,
    received_at: rfc3339(row.received_at),
    bytes: row.bytes,
    retried_at: rfc3339OrNull(row.retried_at),
    retry_outcome: row.retry_outcome,
    cause: row.cause,
  };
}
