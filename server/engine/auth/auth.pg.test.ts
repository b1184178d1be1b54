import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { systemClock } from '@/server/lib/clock';
import * as passwords from '@/server/lib/password';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy } from '@/server/testing/tenancy';
import { authenticateToken } from './authenticate-token';
import { bootstrapInstallation } from './bootstrap';
import { createProject } from './create-project';
import { createToken } from './create-token';
import { listOrgs } from './list-orgs';
import { listProjects } from './list-projects';
import { listTokens } from './list-tokens';
import { revokeToken } from './revoke-token';
import { contextInOrg, loadPerson } from './session-context';
import { verifyPassword } from './verify-password';

vi.mock('@/server/lib/password', async (original) => {
  const real = await original<typeof passwords>();
  return { ...real, verifyPassword: vi.fn(real.verifyPassword) };
});

let database: TestDatabase;
let db: RootDb;
const clock = systemClock;
const first = { page: 1, limit: 20 };

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const bootstrap = (token: string | null = null) =>
  bootstrapInstallation({
    db,
    clock,
    input: { adminEmail: ' Admin@Example.test ', adminPassword: null, bootstrapApiToken: token },
  });

it('makes the installation once, however many start at the same time', async () => {
  const token = 'a-token-of-16-characters';
  const all = await Promise.all([bootstrap(token), bootstrap(token), bootstrap(token)]);
  expect(all.filter((one) => one.createdNow)).toHaveLength(1);
  expect(all.filter((one) => one.generatedPassword !== null)).toHaveLength(1);
  expect(new Set(all.map((one) => `${one.orgId} ${one.projectId} ${one.fleetId}`)).size).toBe(1);
  expect(all[0]?.adminEmail).toBe('admin@example.test');

  const holder = await authenticateToken({ db, clock, token });
  const person = holder && (await loadPerson({ db, userId: holder.userId }));
  expect(person && contextInOrg(person, null, holder.scopes).permissions).toContain('ORG_CAN_ADMIN');

  const password = all.find((one) => one.generatedPassword !== null)?.generatedPassword ?? '';
  const signedIn = await verifyPassword({
    db,
    clock,
    correlationId: 'c',
    address: '192.0.2.1',
    input: { email: 'ADMIN@example.test', password },
  });
  expect(signedIn.email).toBe('admin@example.test');
  const kinds = await db.sql<{ kind: string }[]>`
    select kind from tidegate.event where org_id = ${all[0]?.orgId ?? ''} order by seq`;
  expect(kinds.map(({ kind }) => kind)).toEqual(['auth.owner_created', 'auth.signed_in']);
});

it('answers an unknown address and a wrong password alike, and stops guessing per address and e-mail', async () => {
  await bootstrap();
  const attempt = (email: string, address: string) =>
    verifyPassword({
      db,
      clock,
      correlationId: 'c',
      address,
      input: { email, password: 'wrong' },
    }).then(
      () => 'in',
      (error: { status: number; code: string; detail: string }) =>
        `${error.status} ${error.code} ${error.detail}`,
    );
  const known = await attempt('admin@example.test', 'a');
  expect(known).toBe(await attempt('nobody@example.test', 'a'));
  expect(known).toMatch(/^401 wrong_credentials/);
  // The same work for both: a real hash is computed whether there is an account or not.
  const hashes = vi
    .mocked(passwords.verifyPassword)
    .mock.calls.slice(-2)
    .map(([, stored]) => stored);
  const costOf = (stored: string | undefined) => stored?.split('$').slice(0, 4).join('$');
  expect(costOf(hashes[1])).toMatch(/^scrypt/);
  expect(costOf(hashes[1])).toBe(costOf(hashes[0]));
  for (let i = 0; i < 9; i++) expect(await attempt('admin@example.test', 'b')).toBe(known);
  expect(await attempt('admin@example.test', 'c')).toMatch(/^429 too_many_attempts/);
  for (let i = 0; i < 50; i++) expect(await attempt(`guess-${i}@example.test`, 'd')).toBe(known);
  expect(await attempt('other@example.test', 'd')).toMatch(/^429/);
  expect(await attempt('other@example.test', 'e')).toBe(known);
});

it('lets parallel guesses not pass the limit', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      verifyPassword({
        db,
        clock,
        correlationId: 'c',
        address: 'x',
        input: { email: 'parallel@example.test', password: 'wrong' },
      }).catch((error: { status: number }) => error.status),
    ),
  );
  expect(answers.filter((status) => status === 401)).toHaveLength(10);
});

it('shows a token once, keeps its hash, and takes it no more after revocation, expiry or disabling', async () => {
  const { people } = await makeTenancy(db);
  const { ctx, userId } = people.operator;
  const made = await createToken({ ctx, input: { name: 'script' } });
  expect(made.scopes).toEqual(['PROJECT_CAN_VIEW', 'PROJECT_CAN_MANAGE_DEVICES', 'PROJECT_CAN_READ_ROWS']);
  const kept = await db.sql`select * from tidegate.api_token where id = ${made.id}`;
  expect(JSON.stringify(kept)).not.toContain(made.token);

  expect(await authenticateToken({ db, clock, token: made.token })).toMatchObject({ userId });
  const listed = await listTokens({ ctx, input: first });
  expect(listed.items.find(({ id }) => id === made.id)?.last_used_at).not.toBeNull();

  const later = { now: () => new Date(Date.now() + 3_600_000) };
  const short = await createToken({
    ctx,
    input: { name: 'short', expires_at: new Date(Date.now() + 60_000).toISOString() },
  });
  expect(await authenticateToken({ db, clock, token: short.token })).not.toBeNull();
  expect(await authenticateToken({ db, clock: later, token: short.token })).toBeNull();

  await expect(revokeToken({ ctx: people.viewer.ctx, tokenId: made.id })).rejects.toMatchObject({
    status: 404,
  });
  await revokeToken({ ctx: people.admin.ctx, tokenId: made.id });
  expect(await authenticateToken({ db, clock, token: made.token })).toBeNull();

  await db.sql`update tidegate.app_user set disabled_at = now() where id = ${userId}`;
  expect(await authenticateToken({ db, clock, token: short.token })).toBeNull();
});

it('never lets a narrow token make a wide one', async () => {
  const { people } = await makeTenancy(db);
  const narrow = { ...people.owner.ctx, permissions: new Set(['PROJECT_CAN_VIEW'] as const) };
  expect((await createToken({ ctx: narrow, input: { name: 'x' } })).scopes).toEqual(['PROJECT_CAN_VIEW']);
  await expect(
    createToken({ ctx: narrow, input: { name: 'x', scopes: ['ORG_CAN_ADMIN'] } }),
  ).rejects.toMatchObject({ status: 403 });
});

it('keeps organisations apart and asks which one where there are several', async () => {
  const { people, stranger, orgId } = await makeTenancy(db);
  const { ctx, userId } = people.admin;
  const made = await createProject({ ctx, input: { name: 'North', topic_slug: 'north' } });
  expect((await listProjects({ ctx, input: first })).items.map(({ name }) => name)).toEqual([
    'North',
    'Plant',
  ]);
  expect((await listProjects({ ctx: stranger.ctx, input: first })).items.map(({ id }) => id)).toEqual([
    stranger.projectId,
  ]);
  await expect(
    createProject({ ctx: stranger.ctx, input: { name: 'N', topic_slug: 'north' } }),
  ).rejects.toMatchObject({ status: 409, code: 'topic_slug_already_in_use' });
  await expect(createProject({ ctx, input: { name: 'North' } })).rejects.toMatchObject({
    code: 'project_name_already_in_use',
  });
  expect(made.topic_slug).toBe('north');

  await db.sql`
    insert into tidegate.membership (user_id, org_id, role) values (${userId}, ${stranger.orgId}, 'viewer')`;
  const person = await loadPerson({ db, userId });
  if (person === null) throw new Error('the person is there');
  expect(() => contextInOrg(person, null, null)).toThrow('org_id_required');
  expect(contextInOrg(person, stranger.orgId, null).role).toBe('viewer');
  expect(contextInOrg(person, orgId, null).role).toBe('admin');
  expect(() => contextInOrg(person, userId, null)).toThrow('organisation_not_found');
  expect((await listOrgs({ ctx, input: first })).meta.total_items).toBe(2);
});
