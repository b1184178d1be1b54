// Rejected batches of one code and one device as one line: a bad firmware refuses a thousand batches for one
// reason. Pure.
import type { RejectedBatch } from '@/server/contract/rows';

export interface RejectedGroup {
  key: string;
  code: string;
  meaning: string;
  remedy: string;
  deviceId: string | null;
  deviceName: string | null;
  count: number;
  retried: number;
  firstAt: string;
  lastAt: string;
  newestId: string;
}

/** The groups of `batches` (newest first), the last seen in front. */
export function groupsOf(batches: readonly RejectedBatch[]): RejectedGroup[] {
  const groups = new Map<string, RejectedGroup>();
  for (const batch of batches) {
    const key = `${batch.code} ${batch.device_id ?? ''}`;
    const group = groups.get(key);
    const retried = batch.retry_outcome === 'accepted' ? 1 : 0;
    if (group === undefined) {
      groups.set(key, {
        key,
        code: batch.code,
        meaning: batch.meaning,
        remedy: batch.remedy,
        deviceId: batch.device_id,
        deviceName: batch.device_name,
        count: 1,
        retried,
        firstAt: batch.received_at,
        lastAt: batch.received_at,
        newestId: batch.id,
      });
    } else {
      group.count += 1;
      group.retried += retried;
      group.firstAt = batch.received_at;
    }
  }
  return [...groups.values()];
}
