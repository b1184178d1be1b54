// Several reads as of one moment.
import { inTransaction, type Ctx } from '../context/context';

/** Runs reads in one read-only snapshot; inside an open transaction, in that one as it is. */
export function inSnapshot<T>(ctx: Ctx, read: (ctx: Ctx) => Promise<T>): Promise<T> {
  return inTransaction(ctx, async (tx) => {
    const joined = tx.db === ctx.db;
    if (!joined) await tx.db.sql`set transaction isolation level repeatable read, read only`;
    return read(tx);
  });
}
