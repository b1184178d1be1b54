// How a device is there: one definition for the list, the overview and the webhooks.
import type { Fragment } from 'postgres';
import { SILENT_AFTER_MS, type Presence } from '@/server/contract/device-states';
import type { Sql } from '@/server/db/client';

/** The moment since which a silent device has not been heard. */
export const silentSince = (now: Date): string => new Date(now.getTime() - SILENT_AFTER_MS).toISOString();

/** The devices `d` that are there as `presence` says; each is so in exactly one way. */
export function presenceCondition(sql: Sql, presence: Presence, now: Date): Fragment {
  const since = silentSince(now);
  switch (presence) {
    case 'connected':
      return sql`d.connected`;
    case 'away':
      return sql`not d.connected and d.last_seen_at > ${since}::text::timestamptz`;
    case 'silent':
      return sql`not d.connected and d.last_seen_at <= ${since}::text::timestamptz`;
    case 'never_seen':
      return sql`not d.connected and d.last_seen_at is null`;
  }
}
