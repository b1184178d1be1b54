// A lineage takes one kind of batch. Versions of row changes and of samples cannot be compared, so rows of
// both kinds in one mirror would overwrite each other by chance.
import type { Capture } from '@/server/db/schema/governance';
import type { Rejection } from '@/server/protocol/rejections';

/** Carries a refusal out of the transaction, which must leave nothing behind. */
export class BatchRefused extends Error {
  override readonly name = 'BatchRefused';
  constructor(readonly rejection: Rejection) {
    super(rejection.detail);
  }
}

/** Refuses a batch of the other kind than its lineage's. */
export function requireCapture(
  capture: Capture,
  wanted: Capture,
  { batchId, sourceTable }: { batchId: string; sourceTable: string },
): void {
  if (capture === wanted) return;
  const words = { rows: 'row changes', telemetry: 'telemetry' } as const;
  throw new BatchRefused({
    code: 'unsupported_capture_strategy',
    detail: `the table sends ${words[capture]} and this batch is ${words[wanted]}; delete the lineage, then the table can start again as ${words[wanted]}`,
    path: 'capture_strategy',
    batchId,
    sourceTable,
  });
}
