// A decision that changes a mirror waits a short while for its readers and then gives up, in words. The ingest,
// which may come to the same place by policy, sees the lock timeout itself and tries again by its own rules.
import { sqlState } from '@/server/db/sqlstate';
import { conflict } from '../errors/errors';

/** PostgreSQL, "lock_not_available" and "deadlock_detected": somebody else went first. */
const BUSY = new Set<string | null>(['55P03', '40P01']);

/** Runs a decision. 409 `mirror_busy` where a lock could not be had in time; nothing is then changed. */
export async function refuseWhenBusy<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!BUSY.has(sqlState(error))) throw error;
    throw conflict(
      'mirror_busy',
      'A long query or another change holds the mirror table or the lineage, and it could not be changed in time. Nothing was changed; try again in a moment.',
    );
  }
}
