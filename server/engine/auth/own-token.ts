// The token that a call is made with: what it does to other tokens is bounded by what it is itself.
import type { Db } from '@/server/db/client';

export interface OwnToken {
  id: string;
  scopes: string[];
  expires_at: string | null;
}

/** Null for a session or an identity provider's token. */
export async function ownToken({ sql }: Db, tokenId: string | null): Promise<OwnToken | null> {
  if (tokenId === null) return null;
  const [row] = await sql<OwnToken[]>`
    select id, scopes, expires_at from tidegate.api_token where id = ${tokenId}`;
  return row ?? null;
}
