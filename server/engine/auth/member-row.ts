// How a member is read, and the one rule about owners: an organisation always has one, and only an owner makes
// or unmakes another. Without it an administrator could lock the owners out.
import type { Member } from '@/server/contract/members';
import type { Role } from '@/server/contract/roles';
import type { Db } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import type { Ctx } from '../context/context';
import { conflict, notFound, Refusal } from '../errors/errors';
import { isUuid } from '@/server/lib/uuid';

export interface MemberRow {
  user_id: string;
  email: string;
  name: string;
  role: Role;
  created_at: string;
  last_signed_in_at: string | null;
}

/** The columns of a MemberRow, of `membership m join app_user u`. */
export const memberColumns = ({ sql }: Db) => sql`m.user_id, u.email, u.name, m.role, m.created_at, (
  select max(e.at) from tidegate.event e
  where e.org_id = m.org_id and e.kind = 'auth.signed_in' and e.subject_kind = 'user'
    and e.subject_id = m.user_id::text) as last_signed_in_at`;

export const toMember = (row: MemberRow): Member => ({
  user_id: row.user_id,
  email: row.email,
  name: row.name,
  role: row.role,
  created_at: rfc3339(row.created_at),
  last_signed_in_at: row.last_signed_in_at === null ? null : rfc3339(row.last_signed_in_at),
});

/** All memberships of the caller's organisation are locked, in one order: two owners cannot unmake each other. */
async function lockRoles({ db, orgId }: Ctx): Promise<Map<string, Role>> {
  const rows = await db.sql<{ user_id: string; role: Role }[]>`
    select user_id, role from tidegate.membership where org_id = ${orgId} order by user_id for update`;
  return new Map(rows.map(({ user_id, role }) => [user_id, role]));
}

/**
 * Refuses what would break the rule about owners, inside the transaction that changes `userId` from its
 * present role to `to`; null stands for no membership.
 */
export async function requireRoleChange(ctx: Ctx, userId: string | null, to: Role | null): Promise<void> {
  const roles = await lockRoles(ctx);
  const from = userId === null ? null : (roles.get(userId) ?? null);
  if (userId !== null && from === null) throw notFound('member', userId);
  if (from !== 'owner' && to !== 'owner') return;
  if (ctx.actor.kind !== 'system' && roles.get(ctx.actor.id) !== 'owner') {
    throw new Refusal(
      403,
      'owner_required',
      'Only an owner of the organisation makes or unmakes an owner. Ask one of them.',
    );
  }
  const owners = [...roles.values()].filter((role) => role === 'owner').length;
  if (from === 'owner' && to !== 'owner' && owners === 1) {
    throw conflict(
      'last_owner',
      'This is the only owner of the organisation. Make somebody else an owner first.',
    );
  }
}

/** The member, or 404. */
export async function requireMember(ctx: Ctx, userId: string): Promise<Member> {
  if (!isUuid(userId)) throw notFound('member', userId);
  const [row] = await ctx.db.sql<MemberRow[]>`
    select ${memberColumns(ctx.db)}
    from tidegate.membership m join tidegate.app_user u on u.id = m.user_id
    where m.org_id = ${ctx.orgId} and m.user_id = ${userId}`;
  if (row === undefined) throw notFound('member', userId);
  return toMember(row);
}
