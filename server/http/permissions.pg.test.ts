// Who may do what, over every route, from one table: a route that is missing here fails the test.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import type { Permission } from '@/server/engine/context/context';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost } from '@/server/testing/http';
import { bodyOf, makeObjects, nameOf, paramsOf, queryOf } from '@/server/testing/route-objects';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { CATALOGUE } from './catalogue';
import type { Method, Route } from './contract';

const VIEW: Permission = 'PROJECT_CAN_VIEW';
const MANAGE: Permission = 'PROJECT_CAN_MANAGE_DEVICES';
const ROWS: Permission = 'PROJECT_CAN_READ_ROWS';
const ADMIN: Permission = 'ORG_CAN_ADMIN';
const EVERYONE = null;

const P = '/projects/{project_id}';
const DEVICE = `${P}/fleets/{fleet_id}/devices/{device_id}`;
const LINEAGE = `${P}/edge/lineages/{lineage_id}`;
const REVIEW = `${P}/edge/schema-reviews/{schema_review_id}`;
const WEBHOOK = `${P}/webhooks/{webhook_id}`;
const BULK = `${P}/edge/bulk-jobs/{bulk_job_id}`;

/** The registry's routes, which a project and each of its fleets have. */
const registryTable = (base: string): Record<string, Permission> => {
  const entries = `${base}/edge/registry`;
  const review = `${base}/edge/registry-reviews/{registry_review_id}`;
  const mirrors = `${base}/edge/coalesced-mirrors`;
  const jobs = `${base}/edge/consolidations`;
  return {
    [`GET ${entries}`]: VIEW,
    [`GET ${entries}/{registry_id}`]: VIEW,
    [`GET ${entries}/{registry_id}/devices`]: VIEW,
    [`POST ${entries}/{registry_id}/reconcile`]: MANAGE,
    [`GET ${base}/edge/registry-tables`]: VIEW,
    [`GET ${base}/edge/policy/effect`]: VIEW,
    [`GET ${base}/edge/policy/mode-effect`]: VIEW,
    [`GET ${base}/edge/consolidation-candidates`]: VIEW,
    [`GET ${review}/facts`]: VIEW,
    [`GET ${base}/edge/registry-reviews`]: VIEW,
    [`GET ${review}`]: VIEW,
    [`GET ${review}/draft`]: VIEW,
    [`PUT ${review}/draft`]: MANAGE,
    [`GET ${review}/comments`]: VIEW,
    [`POST ${review}/comments`]: MANAGE,
    [`POST ${review}/preview`]: MANAGE,
    [`POST ${review}/claim`]: MANAGE,
    [`POST ${review}/release`]: MANAGE,
    [`POST ${review}/approve`]: MANAGE,
    [`POST ${review}/reject`]: MANAGE,
    [`POST ${review}/abandon`]: MANAGE,
    [`POST ${review}/reopen`]: MANAGE,
    [`GET ${mirrors}`]: VIEW,
    [`GET ${mirrors}/{coalesced_mirror}`]: VIEW,
    [`GET ${mirrors}/{coalesced_mirror}/devices`]: VIEW,
    [`GET ${mirrors}/{coalesced_mirror}/rows`]: ROWS,
    [`GET ${mirrors}/{coalesced_mirror}/rows/export`]: ROWS,
    [`POST ${mirrors}/{coalesced_mirror}/consolidate`]: MANAGE,
    [`GET ${jobs}`]: VIEW,
    [`GET ${jobs}/{consolidation_id}`]: VIEW,
    [`GET ${jobs}/{consolidation_id}/devices`]: VIEW,
    [`POST ${jobs}/{consolidation_id}/stop`]: MANAGE,
    [`POST ${jobs}/{consolidation_id}/resume`]: MANAGE,
    [`POST ${jobs}/{consolidation_id}/drop-old-mirrors`]: MANAGE,
  };
};

const TABLE: Record<string, Permission | null> = {
  ...registryTable(P),
  ...registryTable(`${P}/fleets/{fleet_id}`),
  'GET /orgs': EVERYONE,
  'GET /projects': VIEW,
  'POST /projects': ADMIN,
  'GET /tokens': EVERYONE,
  'POST /tokens': EVERYONE,
  'DELETE /tokens/{token_id}': EVERYONE,
  'GET /members': ADMIN,
  'POST /members': ADMIN,
  'PATCH /members/{user_id}': ADMIN,
  'DELETE /members/{user_id}': ADMIN,
  'POST /members/{user_id}/password': ADMIN,
  'POST /me/password': EVERYONE,
  [`GET ${P}/fleets`]: VIEW,
  [`POST ${P}/fleets`]: MANAGE,
  [`PATCH ${P}/fleets/{fleet_id}`]: MANAGE,
  [`DELETE ${P}/fleets/{fleet_id}`]: MANAGE,
  [`GET ${P}/devices`]: VIEW,
  [`GET ${P}/devices/{device_id}`]: VIEW,
  [`GET ${P}/devices/{device_id}/data-points`]: ROWS,
  [`POST ${P}/devices/{device_id}/data-points`]: MANAGE,
  [`GET ${P}/fleets/{fleet_id}/devices`]: VIEW,
  [`POST ${P}/fleets/{fleet_id}/devices`]: MANAGE,
  [`GET ${DEVICE}`]: VIEW,
  [`DELETE ${DEVICE}`]: MANAGE,
  [`GET ${DEVICE}/mqtt_connection_details`]: VIEW,
  [`POST ${DEVICE}/mqtt_credentials`]: MANAGE,
  [`GET ${P}/edge/lineages`]: VIEW,
  [`GET ${P}/edge/lineages/export`]: VIEW,
  [`GET ${LINEAGE}`]: VIEW,
  [`GET ${LINEAGE}/staged-rows`]: ROWS,
  [`GET ${LINEAGE}/mirror-rows`]: ROWS,
  [`GET ${LINEAGE}/staged-rows/export`]: ROWS,
  [`GET ${LINEAGE}/mirror-rows/export`]: ROWS,
  [`GET ${LINEAGE}/key-history`]: ROWS,
  [`GET ${LINEAGE}/failures`]: VIEW,
  [`POST ${LINEAGE}/failures/{group_id}/retry`]: MANAGE,
  [`POST ${LINEAGE}/reset-materialization`]: MANAGE,
  [`POST ${LINEAGE}/pause`]: MANAGE,
  [`POST ${LINEAGE}/resume`]: MANAGE,
  [`POST ${LINEAGE}/discard-staged`]: MANAGE,
  [`DELETE ${LINEAGE}`]: MANAGE,
  [`GET ${P}/edge/schema-reviews`]: VIEW,
  [`GET ${REVIEW}`]: VIEW,
  [`POST ${REVIEW}/preview`]: MANAGE,
  [`POST ${REVIEW}/claim`]: MANAGE,
  [`POST ${REVIEW}/release`]: MANAGE,
  [`POST ${REVIEW}/approve`]: MANAGE,
  [`POST ${REVIEW}/amend`]: MANAGE,
  [`POST ${REVIEW}/reject`]: MANAGE,
  [`POST ${REVIEW}/reopen`]: MANAGE,
  [`GET ${REVIEW}/draft`]: VIEW,
  [`PUT ${REVIEW}/draft`]: MANAGE,
  [`GET ${REVIEW}/facts`]: VIEW,
  [`GET ${REVIEW}/comments`]: VIEW,
  [`POST ${REVIEW}/comments`]: MANAGE,
  [`GET ${P}/edge/review-queue`]: VIEW,
  [`GET ${P}/edge/bulk-jobs`]: VIEW,
  [`POST ${P}/edge/bulk-jobs`]: MANAGE,
  [`GET ${BULK}`]: VIEW,
  [`GET ${BULK}/items`]: VIEW,
  [`POST ${BULK}/decide`]: MANAGE,
  [`POST ${BULK}/start`]: MANAGE,
  [`POST ${BULK}/cancel`]: MANAGE,
  [`POST ${BULK}/run-failed`]: MANAGE,
  [`GET ${P}/saved-views`]: VIEW,
  [`POST ${P}/saved-views`]: VIEW,
  [`PATCH ${P}/saved-views/{saved_view_id}`]: VIEW,
  [`DELETE ${P}/saved-views/{saved_view_id}`]: VIEW,
  [`GET ${P}/edge/policy`]: VIEW,
  [`PATCH ${P}/edge/policy`]: MANAGE,
  [`GET ${P}/fleets/{fleet_id}/edge/policy`]: VIEW,
  [`PATCH ${P}/fleets/{fleet_id}/edge/policy`]: MANAGE,
  [`GET ${P}/edge/rejected-batches`]: VIEW,
  [`GET ${P}/edge/rejected-batches/{rejected_batch_id}`]: ROWS,
  [`POST ${P}/edge/rejected-batches/{rejected_batch_id}/retry`]: MANAGE,
  [`GET ${P}/edge/rejected-batches/groups`]: VIEW,
  [`GET ${P}/edge/rejected-batches/export`]: VIEW,
  [`POST ${P}/edge/rejected-batches/retry`]: MANAGE,
  [`GET ${P}/edge/controls`]: VIEW,
  [`GET ${P}/events`]: VIEW,
  [`GET ${P}/events/stream`]: VIEW,
  [`GET ${P}/mqtt-access-events`]: VIEW,
  [`GET ${P}/events/export`]: VIEW,
  [`GET ${P}/overview`]: VIEW,
  [`GET ${P}/retention`]: VIEW,
  'GET /oidc': ADMIN,
  [`GET ${P}/activity`]: VIEW,
  [`GET ${LINEAGE}/activity`]: VIEW,
  [`GET ${P}/webhooks`]: ADMIN,
  [`POST ${P}/webhooks`]: ADMIN,
  [`GET ${WEBHOOK}`]: ADMIN,
  [`PATCH ${WEBHOOK}`]: ADMIN,
  [`DELETE ${WEBHOOK}`]: ADMIN,
  [`POST ${WEBHOOK}/rotate-secret`]: ADMIN,
  [`POST ${WEBHOOK}/test`]: ADMIN,
  [`GET ${WEBHOOK}/deliveries`]: ADMIN,
  [`GET ${WEBHOOK}/deliveries/{delivery_id}`]: ADMIN,
  [`POST ${WEBHOOK}/deliveries/{delivery_id}/redeliver`]: ADMIN,
};

/** Served without an organisation: the description itself, and what probes ask, here and at the root. */
const OUTSIDE: ReadonlySet<string> = new Set(['/openapi.json', '/healthz', '/readyz', '/metrics']);

/** The lowest role that has a permission. */
const ROLES_WITH: Record<Permission, readonly string[]> = {
  PROJECT_CAN_VIEW: ['viewer', 'operator', 'admin', 'owner'],
  PROJECT_CAN_MANAGE_DEVICES: ['operator', 'admin', 'owner'],
  PROJECT_CAN_READ_ROWS: ['operator', 'admin', 'owner'],
  ORG_CAN_ADMIN: ['admin', 'owner'],
};

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let objects: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  place = await makeTenancy(db);
  objects = await makeObjects(db, place);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

it('knows every route of the catalogue, with its permission', () => {
  const catalogue = Object.fromEntries(CATALOGUE.map((route) => [nameOf(route), route.permission]));
  expect(catalogue).toEqual(TABLE);
});

it('serves every route of the catalogue from a handler, and no other', async () => {
  const served: string[] = [];
  const root = 'app/core/api/v1';
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('/route.ts') || file.startsWith('[...path]')) continue;
    const handlers = (await import(/* @vite-ignore */ `${process.cwd()}/${root}/${file}`)) as Record<
      string,
      { route?: Route }
    >;
    const path = `/${file.replace(/\/?route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')}`;
    if (OUTSIDE.has(path)) continue;
    expect(Object.keys(handlers).sort(), `${file} does not go through methods()`).toEqual([
      'DELETE',
      'GET',
      'OPTIONS',
      'PATCH',
      'POST',
      'PUT',
    ]);
    for (const [method, handler] of Object.entries(handlers)) {
      if (handler.route === undefined) continue;
      expect(nameOf(handler.route)).toBe(nameOf({ method: method as Method, path }));
      expect(CATALOGUE).toContain(handler.route);
      served.push(nameOf(handler.route));
    }
  }
  expect(served.sort()).toEqual(Object.keys(TABLE).sort());
});

describe.each(CATALOGUE.map((route) => ({ name: nameOf(route), route })))('$name', ({ name, route }) => {
  const needed = TABLE[name] ?? null;
  const host = () => testHost(db);
  const inProject = route.path.includes('{project_id}');
  const namesObject = /\{(?!project_id)/.test(route.path);

  it('is for those who are known', async () => {
    const params = paramsOf(route, objects);
    expect((await call(host(), route, { params })).status).toBe(401);
    expect((await call(host(), route, { params, token: 'tg_made-up' })).status).toBe(401);
  });

  it.each(['viewer', 'operator', 'admin', 'owner'] as const)(
    'is given to the role %s as it should be',
    async (role) => {
      // What is not there, so that the walk changes nothing: a permitted call then finds nothing.
      const nothing = Object.fromEntries(Object.keys(objects).map((key) => [key, uuidV4()]));
      const params = paramsOf(route, { ...nothing, project_id: place.projectId });
      const { token } = place.people[role];
      const reply = await call(host(), route, { params, token, body: bodyOf(route), query: queryOf(route) });
      const allowed = needed === null || ROLES_WITH[needed].includes(role);
      if (!allowed) {
        expect(reply).toMatchObject({ status: 403, json: { ok: 0, message: 'permission_denied' } });
        expect(reply.json.detail).toContain(needed);
        return;
      }
      // Nobody here has a password, so that nobody can know theirs.
      expect(route.path === '/me/password' ? [422] : [200, 201, 404]).toContain(reply.status);
      expect(reply.json.message).not.toBe('project_not_found');
      // The least privilege: a token with all scopes but the one that is needed gets nothing.
      if (needed === null) return;
      await db.sql`
      update tidegate.api_token set scopes = array_remove(scopes, ${needed})
      where user_id = ${place.people[role].userId}`;
      const narrowed = await call(host(), route, {
        params,
        token,
        body: bodyOf(route),
        query: queryOf(route),
      });
      await db.sql`
      update tidegate.api_token set scopes = array_append(scopes, ${needed})
      where user_id = ${place.people[role].userId}`;
      expect(narrowed.status).toBe(403);
    },
  );

  if (inProject)
    it('shows a stranger that nothing is there', async () => {
      const { stranger } = place;
      const body = bodyOf(route);
      const direct = await call(host(), route, {
        params: paramsOf(route, objects),
        token: stranger.token,
        body,
      });
      expect(direct).toMatchObject({ status: 404, json: { message: 'project_not_found' } });
      const chosen = { 'org-id': place.orgId };
      const wanted = await call(host(), route, {
        params: paramsOf(route, objects),
        token: stranger.token,
        body,
        headers: chosen,
      });
      expect(wanted.status).toBe(404);
    });

  if (namesObject)
    it("finds nothing of another's through one's own project", async () => {
      const { stranger } = place;
      const params = paramsOf(route, { ...objects, project_id: stranger.projectId });
      const reply = await call(host(), route, {
        params,
        token: stranger.token,
        body: bodyOf(route),
        query: queryOf(route),
      });
      expect(reply.status).toBe(404);
      const ownFleet = paramsOf(route, {
        ...objects,
        project_id: stranger.projectId,
        fleet_id: stranger.fleetId,
      });
      if (!/\{(?!project_id|fleet_id)/.test(route.path)) return;
      expect(
        (
          await call(host(), route, {
            params: ownFleet,
            token: stranger.token,
            body: bodyOf(route),
            query: queryOf(route),
          })
        ).status,
      ).toBe(404);
    });

  if (needed !== null)
    it('is refused by the verb itself, whichever door it is called through', async () => {
      const ctx = { ...place.people.owner.ctx, permissions: new Set<Permission>() };
      const params = paramsOf(route, objects);
      const attempt = async () =>
        route.run({
          ctx,
          param: (key) => params[key] ?? '',
          query: {},
          body: bodyOf(route),
          brokerUrl: '',
          webhooks: { consoleUrl: '', mayReachPrivate: false },
          oidc: null,
        });
      await expect(attempt()).rejects.toMatchObject({ status: 403, code: 'permission_denied' });
    });
});
