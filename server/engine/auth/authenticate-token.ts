// Who holds a bearer token. The last use is written at most once a minute per token: an audit aid must not
// turn every read into a write.
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { PERMISSIONS, type Permission } from '../context/context';
import { hashToken } from './token-secret';

const LAST_USE_RESOLUTION_SECONDS = 60;

export interface TokenHolder {
  tokenId: string;
  userId: string;
  /** The most that the token may do; what its holder's role may not do, it may not do either. */
  scopes: ReadonlySet<Permission>;
}

/** The holder, or null where the token is unknown, expired, revoked, or its person disabled. */
export async function authenticateToken({
  db,
  clock,
  token,
}: {
  db: Db;
  clock: Clock;
  token: string;
}): Promise<TokenHolder | null> {
  const now = clock.now().toISOString();
  const [row] = await db.sql<{ id: string; user_id: string; scopes: string[]; stale: boolean }[]>`
    select t.id, t.user_id, t.scopes,
      coalesce(t.last_used_at < ${now}::timestamptz - make_interval(secs => ${LAST_USE_RESOLUTION_SECONDS}), true)
        as stale
    from tidegate.api_token t join tidegate.app_user u on u.id = t.user_id
    where t.token_hash = ${hashToken(token)} and t.revoked_at is null and u.disabled_at is null
      and (t.expires_at is null or t.expires_at > ${now}::timestamptz)`;
  if (row === undefined) return null;
  if (row.stale) await db.sql`update tidegate.api_token set last_used_at = ${now} where id = ${row.id}`;
  const scopes = new Set(PERMISSIONS.filter((permission) => row.scopes.includes(permission)));
  return { tokenId: row.id, userId: row.user_id, scopes };
}
