// Why a page could not be made, as far as its reader can do something about it. Next keeps an error's words from the
// browser and passes on its digest alone.
import { DATABASE_UNAVAILABLE } from '@/server/contract/page-faults';
import { classifySqlError } from '@/server/db/sqlstate';

/** What to throw instead of `error`: one whose digest says that the database is away, or `error` itself. */
function named(error: unknown): unknown {
  if (classifySqlError(error) !== 'transient') return error;
  const fault = new Error('the database cannot be read right now', { cause: error });
  return Object.assign(fault, { digest: DATABASE_UNAVAILABLE });
}

/** What `read` answers; where the database is away, its page will say so. */
export async function orPageFault<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw named(error);
  }
}
