// A read that no index may help is given so many seconds and no more. Without the bound a filter over a large
// table would hold a connection for minutes, while the person who asked has long left.
import type { Db } from '@/server/db/client';
import { sqlState } from '@/server/db/sqlstate';
import { Refusal } from '../errors/errors';

/** What one statement of a bounded read may take. */
export const READ_MS_MAX = 5_000;
const QUERY_CANCELED = '57014';

/** Refuses with 422 `query_too_slow` where a statement takes longer than `maxMs`. */
export async function boundedRead<T>(
  db: Db,
  run: (db: Db) => Promise<T>,
  maxMs: number = READ_MS_MAX,
): Promise<T> {
  try {
    return await db.transaction(async (tx) => {
      // Sent now, and not once somebody waits for it: what is sent first in a transaction is done first.
      const bound = tx.sql`select set_config('statement_timeout', ${String(maxMs)}, true)`.execute();
      const [, result] = await Promise.all([bound, run(tx)]);
      return result;
    });
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    throw new Refusal(
      422,
      'query_too_slow',
      `No index answers this filter or order, and looking through the rows was stopped after ${maxMs / 1000} s. Filter by the first column of the key, or sort by it; an export has no such bound.`,
    );
  }
}
