import type { z } from 'zod';
import { listTokensInput, type ApiToken } from '@/server/contract/auth';
import type { Page } from '@/server/contract/common';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { requirePermission } from './permissions';
import { toApiToken, type TokenRow } from './token-row';

/** The caller's tokens, newest first; with `user=all`, those of everyone in the organisation. */
export async function listTokens({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof listTokensInput>;
}): Promise<Page<ApiToken>> {
  const query = parseInput(listTokensInput, input, 'query');
  if (query.user === 'all') requirePermission(ctx, 'ORG_CAN_ADMIN');
  const { sql } = ctx.db;
  return listPage<TokenRow, ApiToken>({
    db: ctx.db,
    page: query,
    columns: sql`t.id, t.name, t.user_id, u.email as user_email, t.scopes, t.expires_at, t.last_used_at,
      t.revoked_at, t.created_at`,
    from: sql`tidegate.api_token t join tidegate.app_user u on u.id = t.user_id`,
    where: [
      query.user === 'me'
        ? sql`t.user_id = ${ctx.actor.id}`
        : sql`t.user_id in (select m.user_id from tidegate.membership m where m.org_id = ${ctx.orgId})`,
    ],
    order: {
      name: '-created_at',
      descending: true,
      keys: [
        { expression: sql`t.created_at`, type: 'timestamptz' },
        { expression: sql`t.id`, type: 'uuid' },
      ],
    },
    toItem: toApiToken,
  });
}
