'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { AddMemberInput, ChangeMemberRoleInput, ChangePasswordInput } from '@/server/contract/members';
import { addMember } from '@/server/engine/auth/add-member';
import { changeMemberRole } from '@/server/engine/auth/change-member-role';
import { changePassword } from '@/server/engine/auth/change-password';
import { removeMember } from '@/server/engine/auth/remove-member';
import { resetMemberPassword } from '@/server/engine/auth/reset-member-password';
import { outcomeOf } from './outcome';

/** A member of the organisation that the project belongs to. */
export interface MemberTarget {
  projectId: string;
  userId: string;
}

const shape = z.strictObject({ projectId: uuid, userId: uuid });

/** Adds a person; the password of a new account is in this answer and nowhere else. */
export async function addMemberAction(projectId: string, input: AddMemberInput) {
  return outcomeOf(projectId, ({ ctx }) => addMember({ ctx, input }));
}

export async function changeMemberRoleAction(target: MemberTarget, input: ChangeMemberRoleInput) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    changeMemberRole({ ctx, userId: shape.parse(target).userId, input }),
  );
}

export async function removeMemberAction(target: MemberTarget) {
  return outcomeOf(target.projectId, ({ ctx }) => removeMember({ ctx, userId: shape.parse(target).userId }));
}

/** A new password for a member, in this answer and nowhere else. */
export async function resetMemberPasswordAction(target: MemberTarget) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    resetMemberPassword({ ctx, userId: shape.parse(target).userId }),
  );
}

/** One's own password. */
export async function changePasswordAction(projectId: string, input: ChangePasswordInput) {
  return outcomeOf(projectId, ({ ctx }) => changePassword({ ctx, input }));
}
