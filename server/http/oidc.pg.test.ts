// Access tokens of a real little issuer: what is taken, what is refused and why, and when its keys are asked for.
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { IssuerKeys } from '@/server/engine/auth/oidc-keys';
import { oidcVerifier } from '@/server/engine/auth/oidc-verifier';
import type { Clock } from '@/server/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost, type Reply } from '@/server/testing/http';
import { startIssuer, type TestIssuer, type TokenChoices } from '@/server/testing/oidc-issuer';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import type { HttpHost } from './host';
import { getOidcStatus } from './routes/settings';
import { getFleets, postFleet } from './routes/tenancy';

const AUDIENCE = 'tidegate-api';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let issuer: TestIssuer;
let host: HttpHost;
let offsetMs: number;
const clock: Clock = { now: () => new Date(Date.now() + offsetMs) };

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  offsetMs = 0;
  place = await makeTenancy(db);
  issuer = await startIssuer(AUDIENCE);
  const settings = { issuer: issuer.url, audience: AUDIENCE, jwksUrl: undefined, clock };
  host = { ...testHost(db), clock, oidc: oidcVerifier(settings) };
  return () => issuer.close();
});

const read = (token: string): Promise<Reply> =>
  call(host, getFleets, { token, params: { project_id: place.projectId } });

const verified = (email: string) => ({ email, email_verified: true });

/** A token of the operator, by the address that the issuer has verified. */
const operators = (choices: TokenChoices = {}): Promise<string> =>
  issuer.sign({ ...choices, claims: { ...verified(place.people.operator.email), ...choices.claims } });

/** Enough time that an unknown key id is asked for again. */
const afterCooldown = () => {
  offsetMs += 31_000;
};

describe('an OIDC token', () => {
  it('acts as the account with its verified e-mail address, with the rights of its role', async () => {
    const token = await operators();
    expect((await read(token)).status).toBe(200);
    const params = { project_id: place.projectId };
    const made = await call(host, postFleet, { token, params, body: { name: 'Valves' } });
    expect(made.status).toBe(201);
    const [event] = await db.sql`
      select actor_id, token_id from tidegate.event
      where correlation_id = ${made.headers.get('x-correlation-id')} and kind = 'fleet.created'`;
    expect(event).toEqual({ actor_id: place.people.operator.userId, token_id: null });
    const viewer = await issuer.sign({ claims: { sub: 'v', ...verified(place.people.viewer.email) } });
    expect((await call(host, postFleet, { token: viewer, params, body: { name: 'X' } })).status).toBe(403);
  });

  it('is bound to its subject: later it needs no address, and nobody else gets the account by it', async () => {
    expect((await read(await operators())).status).toBe(200);
    expect((await read(await issuer.sign())).status).toBe(200);
    const moved = await issuer.sign({ claims: verified(place.people.viewer.email) });
    const params = { project_id: place.projectId };
    expect((await call(host, postFleet, { token: moved, params, body: { name: 'Y' } })).status).toBe(201);
    const other = await operators({ claims: { sub: 'subject-2' } });
    expect(await read(other)).toMatchObject({ status: 401, json: { message: 'oidc_account_taken' } });
    const bound = await db.sql`
      select 1 from tidegate.event where kind = 'auth.identity_bound' and org_id = ${place.orgId}`;
    expect(bound).toHaveLength(1);
  });

  it('is no way past a disabled account', async () => {
    const token = await operators();
    expect((await read(token)).status).toBe(200);
    await db.sql`
      update tidegate.app_user set disabled_at = now() where id = ${place.people.operator.userId}`;
    expect((await read(token)).status).toBe(401);
    const unbound = await issuer.sign({ claims: { sub: 'n', ...verified(place.people.operator.email) } });
    expect(await read(unbound)).toMatchObject({ status: 401, json: { message: 'oidc_user_unknown' } });
  });

  it.each<[string, string, TokenChoices]>([
    ['for another audience', 'oidc_audience_mismatch', { audience: 'another-api' }],
    ['of another issuer', 'oidc_issuer_mismatch', { issuer: 'https://elsewhere.test' }],
    ['that has expired', 'oidc_token_expired', { expiresIn: -60 }],
    ['by an unknown key', 'oidc_key_unknown', { kid: 'made-up' }],
    ['with an address that is not verified', 'oidc_user_unknown', { claims: { email_verified: false } }],
    ['of nobody here', 'oidc_user_unknown', { claims: { email: 'nobody@example.test' } }],
  ])('%s is refused', async (_, code, choices) => {
    const reply = await read(await operators(choices));
    expect(reply).toMatchObject({ status: 401, json: { ok: 0, message: code } });
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is refused without a signature, with a MAC by the public key, and with a changed body', async () => {
    const claims = verified(place.people.operator.email);
    const bare = new UnsecuredJWT({ sub: 's', ...claims }).setIssuer(issuer.url).setAudience(AUDIENCE);
    const none = bare.setExpirationTime('5m').encode();
    const mac = await new SignJWT({ sub: 's', ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: String(issuer.publicKey().kid) })
      .setIssuer(issuer.url)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(Buffer.from(JSON.stringify(issuer.publicKey())));
    const [head, , signature] = (await operators()).split('.');
    const forged = Buffer.from(
      JSON.stringify({ iss: issuer.url, aud: AUDIENCE, sub: 's', exp: 9_999_999_999, ...claims }),
    ).toString('base64url');
    for (const token of [none, mac, `${head}.${forged}.${signature}`, `${head}.${forged}.`]) {
      expect(await read(token)).toMatchObject({ status: 401, json: { message: 'invalid_token' } });
    }
  });

  it('is not known where no issuer is set up', async () => {
    const token = await operators();
    const reply = await call(testHost(db), getFleets, { token, params: { project_id: place.projectId } });
    expect(reply).toMatchObject({ status: 401, json: { message: 'invalid_token' } });
  });
});

describe("the issuer's keys", () => {
  it('are asked for once, and again when they are rotated', async () => {
    await Promise.all([read(await operators()), read(await operators()), read(await operators())]);
    expect(issuer.keyRequests()).toBe(1);
    await issuer.rotate();
    afterCooldown();
    expect((await read(await operators())).status).toBe(200);
    expect(issuer.keyRequests()).toBe(2);
  });

  it('are taken from the cache no longer than ten minutes, so that a key taken back is gone', async () => {
    const old = await operators({ expiresIn: 3600 });
    expect((await read(old)).status).toBe(200);
    await issuer.rotate();
    offsetMs += 11 * 60_000;
    expect(await read(old)).toMatchObject({ status: 401, json: { message: 'oidc_key_unknown' } });
  });

  it('are not asked for by every made-up key id', async () => {
    await read(await operators());
    afterCooldown();
    for (let i = 0; i < 20; i += 1) {
      expect((await read(await operators({ kid: `made-up-${i}` }))).status).toBe(401);
    }
    expect(issuer.keyRequests()).toBe(2);
  });

  it('are kept while the issuer is away; without any, the call may come again', async () => {
    await read(await operators());
    issuer.setAway(true);
    offsetMs += 11 * 60_000;
    expect((await read(await operators({ expiresIn: 3600 }))).status).toBe(200);
    const settings = { issuer: issuer.url, audience: AUDIENCE, jwksUrl: undefined, clock };
    host = { ...host, oidc: oidcVerifier(settings) };
    const reply = await read(await operators({ expiresIn: 3600 }));
    expect(reply).toMatchObject({ status: 503, json: { message: 'oidc_issuer_unavailable' } });
  });
});

describe('the status of the issuer', () => {
  const status = async (refresh = false) => {
    const { token } = place.people.admin;
    const reply = await call(host, getOidcStatus, { token, query: refresh ? '?refresh=true' : '' });
    expect(reply.status).toBe(200);
    return reply.json.data;
  };

  it('says that none is set up', async () => {
    expect(await status()).toMatchObject({
      configured: false,
      issuer: null,
      keys: { count: 0, error: null },
    });
  });

  it('says when its keys were had, and why they are not, for administrators alone', async () => {
    const keys = new IssuerKeys({ issuer: issuer.url, jwksUrl: undefined, clock });
    const settings = { issuer: issuer.url, audience: AUDIENCE, jwksUrl: undefined, clock, keys };
    const setup = {
      name: 'Plant',
      issuer: issuer.url,
      audience: AUDIENCE,
      jwksUrl: undefined,
      signIn: false,
      keys,
    };
    host = { ...host, oidc: oidcVerifier(settings), oidcSetup: setup };
    expect(await status()).toMatchObject({
      configured: true,
      name: 'Plant',
      sign_in: false,
      audience: AUDIENCE,
      keys: { count: 0, fetched_at: null, tried_at: null, error: null },
      people: 0,
    });
    await read(await operators());
    expect(await status()).toMatchObject({ keys: { count: 1, error: null }, people: 1 });
    issuer.setAway(true);
    expect(await status(true), 'within the half minute it is not asked again').toMatchObject({
      keys: { error: null },
    });
    afterCooldown();
    expect(await status(true)).toMatchObject({ keys: { count: 1, error: 'the issuer answered 503' } });
    const viewer = await call(host, getOidcStatus, { token: place.people.viewer.token });
    expect(viewer.status).toBe(403);
  });
});
