// A personal API token never gets more than its maker has at that moment: a token that can only read must
// not be able to make one that can write, nor one that expires one that does not.
import type { z } from 'zod';
import { createTokenInput, type CreatedApiToken } from '@/server/contract/auth';
import { rfc3339 } from '@/server/db/time';
import { only } from '@/server/lib/assert';
import { uuidV4 } from '@/server/lib/uuid';
import { inTransaction, PERMISSIONS, type Ctx } from '../context/context';
import { Refusal, unacceptable } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { ownToken } from './own-token';
import { hashToken, newToken } from './token-secret';
import { toApiToken, type TokenRow } from './token-row';

/** The token's text is in this answer and nowhere else. */
export async function createToken({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof createTokenInput>;
}): Promise<CreatedApiToken> {
  const { name, scopes, expires_at } = parseInput(createTokenInput, input, 'body');
  const granted = PERMISSIONS.filter((permission) => ctx.permissions.has(permission));
  const beyond = (scopes ?? []).filter((scope) => !ctx.permissions.has(scope));
  if (beyond.length > 0) {
    throw new Refusal(
      403,
      'permission_denied',
      `You cannot give a token what you do not have yourself: ${beyond.join(', ')}.`,
    );
  }
  if (expires_at !== undefined && new Date(expires_at) <= ctx.clock.now()) {
    const detail = 'The expiry must lie in the future.';
    throw unacceptable('validation_failed', detail, [{ path: 'expires_at', code: 'in_the_past', detail }]);
  }
  const token = newToken();
  return inTransaction(ctx, async (tx) => {
    const expiresAt = await expiryWithin(tx, expires_at ?? null);
    const row = only(
      await tx.db.sql<TokenRow[]>`
        insert into tidegate.api_token (id, user_id, name, token_hash, scopes, expires_at, created_at)
        values (${uuidV4()}, ${tx.actor.id}, ${name}, ${hashToken(token)}, ${scopes ?? granted},
          ${expiresAt}, ${tx.clock.now().toISOString()})
        returning id, name, user_id, ${tx.actor.label}::text as user_email, scopes, expires_at, last_used_at,
          revoked_at, created_at`,
    );
    await recordEvent(tx, {
      kind: 'auth.token_created',
      subject: { kind: 'token', id: row.id },
      data: { name, scopes: row.scopes, expires_at: row.expires_at },
    });
    return { ...toApiToken(row), token };
  });
}

/** The wanted expiry, at the latest that of the token that the call is made with. */
async function expiryWithin({ db, origin }: Ctx, wanted: string | null): Promise<string | null> {
  const own = await ownToken(db, origin?.tokenId ?? null);
  const ends = own?.expires_at ?? null;
  if (ends === null) return wanted;
  if (wanted === null || new Date(wanted) <= new Date(ends)) return wanted ?? ends;
  throw new Refusal(
    403,
    'permission_denied',
    `A token cannot make one that outlives it: this one ends at ${rfc3339(ends)}. Choose an earlier expiry, or make the token in the console.`,
  );
}
