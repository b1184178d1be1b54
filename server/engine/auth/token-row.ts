import type { ApiToken } from '@/server/contract/auth';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { PERMISSIONS } from '../context/context';

export interface TokenRow {
  id: string;
  name: string;
  user_id: string;
  user_email: string;
  scopes: string[];
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
  created_at: string;
}

/** The contract's shape of a token; its hash stays in the database. */
export const toApiToken = (row: TokenRow): ApiToken => ({
  id: row.id,
  name: row.name,
  user_id: row.user_id,
  user_email: row.user_email,
  scopes: PERMISSIONS.filter((permission) => row.scopes.includes(permission)),
  expires_at: rfc3339OrNull(row.expires_at),
  last_used_at: rfc3339OrNull(row.last_used_at),
  revoked_at: rfc3339OrNull(row.revoked_at),
  created_at: rfc3339(row.created_at),
});
