// What every verb is given. A verb never reaches for a global: who asks, when, and through which
// connection are always visible in its signature.
import type { Clock } from '@/server/lib/clock';
import type { Db } from '@/server/db/client';
import { PERMISSIONS } from '@/server/contract/permissions';

export { PERMISSIONS };
export type Permission = (typeof PERMISSIONS)[number];

export interface Actor {
  kind: 'user' | 'system' | 'device';
  /** A user's or device's UUID, or the name of the process. */
  id: string;
  /** What people read: an e-mail address, a device name, `worker`. */
  label: string;
}

/** Where a call over the network came from. */
export interface Origin {
  /** The personal token that was used; null for a session or an OIDC token. */
  tokenId: string | null;
  address: string;
}

export interface Ctx {
  db: Db;
  actor: Actor;
  /** The organisation that every read and write is scoped to. Null only for the system itself. */
  orgId: string | null;
  permissions: ReadonlySet<Permission>;
  correlationId: string;
  clock: Clock;
  /** Left out where nobody called over the network. */
  origin?: Origin;
}

/** The same context inside a transaction, opened here or joined. */
export function inTransaction<T>(ctx: Ctx, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  return ctx.db.transaction((db) => run({ ...ctx, db }));
}
