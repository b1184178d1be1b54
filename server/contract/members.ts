// Who belongs to an organisation, and as what.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { ROLES } from './roles';

export const member = z.object({
  user_id: uuid,
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** When they joined this organisation. */
  created_at: time,
  /** Their newest sign-in that is still in the audit log. */
  last_signed_in_at: time.nullable(),
});
export type Member = z.infer<typeof member>;

/** `password` is shown this once; null where the account was there already, or signs in elsewhere. */
export const memberWithPassword = member.extend({ password: z.string().nullable() });
export type MemberWithPassword = z.infer<typeof memberWithPassword>;

export const listMembersInput = pageQuery.extend({ q: z.string().max(320).optional() });
export type ListMembersInput = z.infer<typeof listMembersInput>;

export const addMemberInput = z.strictObject({
  email: z.string().trim().pipe(z.email().max(320)),
  name: z.string().trim().min(1).max(100).optional(),
  role: z.enum(ROLES),
});
export type AddMemberInput = z.infer<typeof addMemberInput>;

export const changeMemberRoleInput = z.strictObject({ role: z.enum(ROLES) });
export type ChangeMemberRoleInput = z.infer<typeof changeMemberRoleInput>;

export const changePasswordInput = z.strictObject({
  current_password: z.string().max(1024),
  new_password: z.string().min(12, 'at least 12 characters').max(1024),
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
