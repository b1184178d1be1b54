import type { ApiToken } from '@/server/contract/auth';
import { ring } from '@/server/db/notify';
import { isUuid } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '../context/context';
import { notFound, Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { ownToken } from './own-token';
import { toApiToken, type TokenRow } from './token-row';

/**
 * Ends a token at once. One's own always; that of another member of the organisation as its administrator.
 * Revoking twice changes nothing the second time. A token ends itself and those that may do no more than it may:
 * one that can only read must not be able to stop what writes.
 */
export async function revokeToken({ ctx, tokenId }: { ctx: Ctx; tokenId: string }): Promise<ApiToken> {
  if (!isUuid(tokenId)) throw notFound('token', tokenId);
  const admin = ctx.permissions.has('ORG_CAN_ADMIN');
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.sql<TokenRow[]>`
      select t.id, t.name, t.user_id, u.email as user_email, t.scopes, t.expires_at, t.last_used_at,
        t.revoked_at, t.created_at
      from tidegate.api_token t join tidegate.app_user u on u.id = t.user_id
      where t.id = ${tokenId} and (t.user_id = ${tx.actor.id} or (${admin}::boolean and t.user_id in (
        select m.user_id from tidegate.membership m where m.org_id = ${tx.orgId})))
      for update of t`;
    if (row === undefined) throw notFound('token', tokenId);
    await requireReach(tx, row);
    if (row.revoked_at !== null) return toApiToken(row);
    const revokedAt = tx.clock.now().toISOString();
    await tx.db.sql`update tidegate.api_token set revoked_at = ${revokedAt} where id = ${tokenId}`;
    await recordEvent(tx, {
      kind: 'auth.token_revoked',
      subject: { kind: 'token', id: tokenId },
      data: {
        name: row.name,
        user_email: row.user_email,
        before: { revoked_at: null },
        after: { revoked_at: revokedAt },
      },
    });
    await ring(tx.db, 'changed', tokenId);
    return toApiToken({ ...row, revoked_at: revokedAt });
  });
}

async function requireReach({ db, origin }: Ctx, row: TokenRow): Promise<void> {
  const own = await ownToken(db, origin?.tokenId ?? null);
  if (own === null || own.id === row.id) return;
  const beyond = row.scopes.filter((scope) => !own.scopes.includes(scope));
  if (beyond.length === 0) return;
  throw new Refusal(
    403,
    'permission_denied',
    `This token cannot revoke one that may do more than it may itself: ${beyond.join(', ')}. Use such a token, or the console.`,
  );
}
