// What a round of the retention goes by, and what it has done.

/** What is the installation's and not a project's: a partition holds the rows of all of them. */
export interface RetentionSettings {
  telemetryDays: number;
  ledgerDays: number;
}

/** What a round has done: partitions by name, rows by count. */
export interface Retained {
  partitionsMade: string[];
  partitionsDropped: string[];
  rowsDeleted: Record<
    | 'stray_values'
    | 'rejected_batches'
    | 'idempotency_keys'
    | 'tokens'
    | 'tombstones'
    | 'webhook_deliveries'
    | 'bulk_jobs',
    number
  >;
}
