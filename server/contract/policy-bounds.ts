// The least and the most that a policy's numbers may be. No schema in it: the console asks it in the browser.

export const POLICY_BOUNDS = {
  max_pending_rows_per_lineage: [1, 1_000_000_000],
  max_pending_bytes_per_lineage: [1, 1_099_511_627_776],
  resume_threshold_percent: [1, 99],
  rejected_batch_retention_days: [1, 3650],
  tombstone_retention_days: [1, 3650],
} as const;
