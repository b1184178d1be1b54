import { changeMemberRoleInput, type ChangeMemberRoleInput, type Member } from '@/server/contract/members';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { requireMember, requireRoleChange } from './member-row';
import { requirePermission } from './permissions';

/** Holds from the person's next request on. 409 `last_owner`, 403 `owner_required`. */
export async function changeMemberRole({
  ctx,
  userId,
  input,
}: {
  ctx: Ctx;
  userId: string;
  input: ChangeMemberRoleInput;
}): Promise<Member> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const { role } = parseInput(changeMemberRoleInput, input, 'body');
  return inTransaction(ctx, async (tx) => {
    const before = await requireMember(tx, userId);
    await requireRoleChange(tx, userId, role);
    if (before.role === role) return before;
    await tx.db.sql`
      update tidegate.membership set role = ${role} where org_id = ${tx.orgId} and user_id = ${userId}`;
    await recordEvent(tx, {
      kind: 'auth.member_role_changed',
      subject: { kind: 'user', id: userId },
      data: { email: before.email, before: { role: before.role }, after: { role } },
    });
    return { ...before, role };
  });
}
