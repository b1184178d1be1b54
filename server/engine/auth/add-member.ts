// Adds a person to the organisation. An account is one person across organisations, so an address that is known
// keeps its password: an administrator here must not be able to set what opens another organisation.
import { addMemberInput, type AddMemberInput, type MemberWithPassword } from '@/server/contract/members';
import { only } from '@/server/lib/assert';
import { hashPassword } from '@/server/lib/password';
import { uuidV4 } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { normalizeEmail } from './email';
import { requireMember, requireRoleChange } from './member-row';
import { requirePermission } from './permissions';
import { randomSecret } from './token-secret';

/** 409 `already_member` for who belongs here already. A new account's password is in this answer alone. */
export async function addMember({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: AddMemberInput;
}): Promise<MemberWithPassword> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const { email: given, name, role } = parseInput(addMemberInput, input, 'body');
  const email = normalizeEmail(given);
  const password = randomSecret(12);
  const passwordHash = await hashPassword(password);
  return inTransaction(ctx, async (tx) => {
    await requireRoleChange(tx, null, role);
    const made = await tx.db.sql<{ id: string }[]>`
      insert into tidegate.app_user (id, email, name, password_hash, created_at)
      values (${uuidV4()}, ${email}, ${name ?? email}, ${passwordHash}, ${tx.clock.now().toISOString()})
      on conflict (email) do nothing returning id`;
    const user = only(
      await tx.db.sql<{ id: string }[]>`select id from tidegate.app_user where email = ${email}`,
    );
    const joined = await tx.db.sql`
      insert into tidegate.membership (user_id, org_id, role, created_at)
      values (${user.id}, ${tx.orgId}, ${role}, ${tx.clock.now().toISOString()})
      on conflict do nothing returning user_id`;
    if (joined.length === 0) {
      throw conflict(
        'already_member',
        `${email} belongs to this organisation already; change the role instead.`,
      );
    }
    await recordEvent(tx, {
      kind: 'auth.member_added',
      subject: { kind: 'user', id: user.id },
      data: { email, role, account_created: made.length > 0 },
    });
    return { ...(await requireMember(tx, user.id)), password: made.length > 0 ? password : null };
  });
}
