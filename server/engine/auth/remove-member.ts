import type { Member } from '@/server/contract/members';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { requireMember, requireRoleChange } from './member-row';
import { requirePermission } from './permissions';

/**
 * Takes a person out of the organisation, at once: their sessions and tokens see nothing of it any more.
 * The account stays, and so does what they did in the audit log.
 */
export async function removeMember({ ctx, userId }: { ctx: Ctx; userId: string }): Promise<Member> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  return inTransaction(ctx, async (tx) => {
    const member = await requireMember(tx, userId);
    await requireRoleChange(tx, userId, null);
    await tx.db.sql`delete from tidegate.membership where org_id = ${tx.orgId} and user_id = ${userId}`;
    await recordEvent(tx, {
      kind: 'auth.member_removed',
      subject: { kind: 'user', id: userId },
      data: {
        email: member.email,
        role: member.role,
        before: { role: member.role },
        after: { role: null },
      },
    });
    return member;
  });
}
