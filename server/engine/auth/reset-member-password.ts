import type { MemberWithPassword } from '@/server/contract/members';
import { hashPassword } from '@/server/lib/password';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { requireMember, requireRoleChange } from './member-row';
import { requirePermission } from './permissions';
import { randomSecret } from './token-secret';

/**
 * A new password for somebody who has lost theirs, shown this once. 409 `member_elsewhere` for an account that
 * opens other organisations too: that is not this administrator's to change.
 */
export async function resetMemberPassword({
  ctx,
  userId,
}: {
  ctx: Ctx;
  userId: string;
}): Promise<MemberWithPassword> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const password = randomSecret(12);
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    const member = await requireMember(tx, userId);
    // Who sets an owner's password is that owner: the same rule as for making one.
    if (member.role === 'owner') await requireRoleChange(tx, userId, 'owner');
    const elsewhere = await tx.db.sql`
      select 1 from tidegate.membership where user_id = ${userId} and org_id <> ${tx.orgId} limit 1`;
    if (elsewhere.length > 0) {
      throw conflict(
        'member_elsewhere',
        `${member.email} belongs to another organisation too and has to change the password in person.`,
      );
    }
    await tx.db.sql`update tidegate.app_user set password_hash = ${passwordHash} where id = ${userId}`;
    await recordEvent(tx, {
      kind: 'auth.password_reset',
      subject: { kind: 'user', id: userId },
      data: { email: member.email },
    });
    return { ...member, password };
  });
}
