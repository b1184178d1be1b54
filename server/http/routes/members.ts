// Who belongs to the organisation, and one's own password.
import {
  addMemberInput,
  changeMemberRoleInput,
  changePasswordInput,
  listMembersInput,
  member,
  memberWithPassword,
} from '@/server/contract/members';
import { addMember } from '@/server/engine/auth/add-member';
import { changeMemberRole } from '@/server/engine/auth/change-member-role';
import { changePassword } from '@/server/engine/auth/change-password';
import { listMembers } from '@/server/engine/auth/list-members';
import { removeMember } from '@/server/engine/auth/remove-member';
import { resetMemberPassword } from '@/server/engine/auth/reset-member-password';
import { z } from 'zod';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

export const getMembers = route(
  {
    method: 'GET',
    path: '/members',
    summary: 'The members of the organisation',
    permission: 'ORG_CAN_ADMIN',
    query: listMembersInput,
    body: null,
    output: member,
    isList: true,
  },
  ({ ctx, query }) => paged(listMembers({ ctx, input: query })),
);

export const postMember = route(
  {
    method: 'POST',
    path: '/members',
    summary: 'Add a person; the password of a new account is shown this once',
    permission: 'ORG_CAN_ADMIN',
    query: noQuery,
    body: addMemberInput,
    output: memberWithPassword,
    status: 201,
  },
  ({ ctx, body }) => single(addMember({ ctx, input: body })),
);

export const patchMember = route(
  {
    method: 'PATCH',
    path: '/members/{user_id}',
    summary: "Change a member's role",
    permission: 'ORG_CAN_ADMIN',
    query: noQuery,
    body: changeMemberRoleInput,
    output: member,
  },
  ({ ctx, param, body }) => single(changeMemberRole({ ctx, userId: param('user_id'), input: body })),
);

export const deleteMember = route(
  {
    method: 'DELETE',
    path: '/members/{user_id}',
    summary: 'Take a person out of the organisation at once',
    permission: 'ORG_CAN_ADMIN',
    query: noQuery,
    body: null,
    output: member,
  },
  ({ ctx, param }) => single(removeMember({ ctx, userId: param('user_id') })),
);

export const postMemberPassword = route(
  {
    method: 'POST',
    path: '/members/{user_id}/password',
    summary: 'Give a member a new password, shown this once',
    permission: 'ORG_CAN_ADMIN',
    query: noQuery,
    body: null,
    output: memberWithPassword,
  },
  ({ ctx, param }) => single(resetMemberPassword({ ctx, userId: param('user_id') })),
);

export const postOwnPassword = route(
  {
    method: 'POST',
    path: '/me/password',
    summary: "Change one's own password",
    permission: null,
    query: noQuery,
    body: changePasswordInput,
    output: z.object({ changed: z.literal(true) }),
  },
  ({ ctx, body }) => single(changePassword({ ctx, input: body })),
);
