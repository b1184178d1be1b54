// Bells, not messages: a notification only says "look again". Whoever listens re-reads the tables, so a
// lost notification costs a poll interval and never correctness.
import type { Db } from './client';

/** The bells there are. */
export const CHANNELS = {
  /** A replay intent is due. */
  replay: 'tidegate_replay',
  /** A consolidation has work. */
  consolidation: 'tidegate_consolidation',
  /** A bulk job has items to do. */
  bulk: 'tidegate_bulk',
  /** A control message is due. */
  control: 'tidegate_control',
  /** A webhook's message is due. */
  webhook: 'tidegate_webhook',
  /** Something an operator may be looking at has changed; the payload is the id of a project, or of a token revoked. */
  changed: 'tidegate_changed',
} as const;

/** Rings when the transaction commits, and not at all if it does not. */
export async function ring(db: Db, bell: keyof typeof CHANNELS, payload = ''): Promise<void> {
  await db.sql`select pg_notify(${CHANNELS[bell]}, ${payload})`;
}
