import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listMembersInput, type Member } from '@/server/contract/members';
import { containsPattern } from '@/server/db/like';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { memberColumns, toMember, type MemberRow } from './member-row';
import { requirePermission } from './permissions';

/** The members of the caller's organisation, by e-mail address. */
export async function listMembers({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof listMembersInput>;
}): Promise<Page<Member>> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const query = parseInput(listMembersInput, input, 'query');
  const { sql } = ctx.db;
  const pattern = query.q === undefined ? null : containsPattern(query.q);
  return listPage<MemberRow, Member>({
    db: ctx.db,
    page: query,
    columns: memberColumns(ctx.db),
    from: sql`tidegate.membership m join tidegate.app_user u on u.id = m.user_id`,
    where: [
      sql`m.org_id = ${ctx.orgId}`,
      ...(pattern === null ? [] : [sql`(u.email ilike ${pattern} or u.name ilike ${pattern})`]),
    ],
    order: {
      name: 'email',
      descending: false,
      keys: [
        { expression: sql`u.email`, type: 'text' },
        { expression: sql`m.user_id`, type: 'uuid' },
      ],
    },
    toItem: toMember,
  });
}
