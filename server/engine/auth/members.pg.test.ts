import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { systemClock } from '@/server/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy } from '@/server/testing/tenancy';
import { addMember } from './add-member';
import { changeMemberRole } from './change-member-role';
import { changePassword } from './change-password';
import { listMembers } from './list-members';
import { removeMember } from './remove-member';
import { resetMemberPassword } from './reset-member-password';
import { contextInOrg, loadPerson } from './session-context';
import { verifyPassword } from './verify-password';

let database: TestDatabase;
let db: RootDb;
const firstPage = { page: 1, limit: 20 };

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const signIn = (email: string, password: string) =>
  verifyPassword({
    db,
    clock: systemClock,
    correlationId: 'test',
    address: '192.0.2.1',
    input: { email, password },
  });

async function eventsAbout(userId: string): Promise<string[]> {
  const rows = await db.sql<{ kind: string }[]>`
    select kind from tidegate.event where subject_kind = 'user' and subject_id = ${userId} order by seq`;
  return rows.map(({ kind }) => kind);
}

it('takes a person from the first password to the last day, each step audited', async () => {
  const { people } = await makeTenancy(db);
  const { ctx } = people.admin;
  const made = await addMember({ ctx, input: { email: ' New@Example.test', name: 'Ines', role: 'viewer' } });
  expect(made).toMatchObject({ email: 'new@example.test', name: 'Ines', role: 'viewer' });
  const signedIn = await signIn('new@example.test', made.password ?? '');
  expect(signedIn.userId).toBe(made.user_id);
  expect((await listMembers({ ctx, input: { ...firstPage, q: 'new@' } })).items).toMatchObject([
    { user_id: made.user_id, last_signed_in_at: expect.any(String) as string },
  ]);

  await changeMemberRole({ ctx, userId: made.user_id, input: { role: 'operator' } });
  const person = await loadPerson({ db, userId: made.user_id });
  const own = person && contextInOrg(person, null, null);
  expect(own?.permissions).toContain('PROJECT_CAN_MANAGE_DEVICES');

  const self = { ...ctx, actor: { kind: 'user' as const, id: made.user_id, label: made.email } };
  const input = { current_password: 'guessed', new_password: 'correct horse battery' };
  await expect(changePassword({ ctx: self, input })).rejects.toMatchObject({ code: 'wrong_password' });
  await changePassword({ ctx: self, input: { ...input, current_password: made.password ?? '' } });
  await expect(signIn(made.email, made.password ?? '')).rejects.toMatchObject({ code: 'wrong_credentials' });
  await signIn(made.email, 'correct horse battery');

  const reset = await resetMemberPassword({ ctx, userId: made.user_id });
  await signIn(made.email, reset.password ?? '');
  await removeMember({ ctx, userId: made.user_id });
  expect((await loadPerson({ db, userId: made.user_id }))?.memberships).toEqual([]);
  expect(await eventsAbout(made.user_id)).toEqual([
    'auth.member_added',
    'auth.signed_in',
    'auth.member_role_changed',
    'auth.password_changed',
    'auth.sign_in_failed',
    'auth.signed_in',
    'auth.password_reset',
    'auth.signed_in',
    'auth.member_removed',
  ]);
});

it('lets nobody who has a session guess at its password for long', async () => {
  const { people } = await makeTenancy(db);
  const { ctx } = people.viewer;
  const guess = () =>
    changePassword({ ctx, input: { current_password: 'guessed', new_password: 'correct horse battery' } });
  for (let n = 0; n < 10; n++) await expect(guess()).rejects.toMatchObject({ code: 'wrong_password' });
  await expect(guess()).rejects.toMatchObject({ status: 429, code: 'too_many_attempts' });
});

it('lets nobody but an owner make or unmake an owner, and never the last one', async () => {
  const { people } = await makeTenancy(db);
  const { admin, owner, viewer } = people;
  const promote = (ctx: typeof admin.ctx) =>
    changeMemberRole({ ctx, userId: viewer.userId, input: { role: 'owner' } });
  await expect(promote(admin.ctx)).rejects.toMatchObject({ status: 403, code: 'owner_required' });
  await expect(
    addMember({ ctx: admin.ctx, input: { email: 'o@example.test', role: 'owner' } }),
  ).rejects.toMatchObject({ code: 'owner_required' });
  await expect(removeMember({ ctx: admin.ctx, userId: owner.userId })).rejects.toMatchObject({
    code: 'owner_required',
  });
  await expect(resetMemberPassword({ ctx: admin.ctx, userId: owner.userId })).rejects.toMatchObject({
    code: 'owner_required',
  });
  await expect(removeMember({ ctx: owner.ctx, userId: owner.userId })).rejects.toMatchObject({
    status: 409,
    code: 'last_owner',
  });
  await promote(owner.ctx);
  // Two owners who remove each other at once: one of them stays.
  const both = await Promise.allSettled([
    removeMember({ ctx: owner.ctx, userId: viewer.userId }),
    removeMember({ ctx: { ...viewer.ctx, permissions: owner.ctx.permissions }, userId: owner.userId }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('never sets the password of an account that opens another organisation', async () => {
  const { people, stranger } = await makeTenancy(db);
  const { ctx } = people.admin;
  const joined = await addMember({ ctx, input: { email: stranger.email, role: 'viewer' } });
  expect(joined.password).toBeNull();
  await expect(resetMemberPassword({ ctx, userId: joined.user_id })).rejects.toMatchObject({
    code: 'member_elsewhere',
  });
  await expect(addMember({ ctx, input: { email: stranger.email, role: 'viewer' } })).rejects.toMatchObject({
    code: 'already_member',
  });
  await expect(listMembers({ ctx: people.operator.ctx, input: firstPage })).rejects.toMatchObject({
    status: 403,
  });
});
