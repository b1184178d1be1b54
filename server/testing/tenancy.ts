/** One organisation with a person per role, and a stranger who owns another one. */
import type { Db } from '@/server/db/client';
import { ROLES, type Role } from '@/server/contract/roles';
import { hashToken, newToken } from '@/server/engine/auth/token-secret';
import { permissionsOf } from '@/server/engine/auth/permissions';
import { PERMISSIONS, type Ctx } from '@/server/engine/context/context';
import { systemClock } from '@/server/lib/clock';
import { uuidV4 } from '@/server/lib/uuid';

export interface TestPerson {
  userId: string;
  email: string;
  token: string;
  ctx: Ctx;
}

export interface TestPlace {
  orgId: string;
  projectId: string;
  fleetId: string;
}

export interface TestTenancy extends TestPlace {
  people: Record<Role, TestPerson>;
  stranger: TestPerson & TestPlace;
}

async function makePerson(db: Db, orgId: string, role: Role): Promise<TestPerson> {
  const userId = uuidV4();
  const email = `${role}-${userId.slice(0, 8)}@example.test`;
  const token = newToken();
  await db.sql`insert into tidegate.app_user (id, email, name) values (${userId}, ${email}, ${role})`;
  await db.sql`insert into tidegate.membership (user_id, org_id, role) values (${userId}, ${orgId}, ${role})`;
  await db.sql`
    insert into tidegate.api_token (id, user_id, name, token_hash, scopes)
    values (${uuidV4()}, ${userId}, 'test', ${hashToken(token)}, ${[...PERMISSIONS]})`;
  const ctx: Ctx = {
    db,
    actor: { kind: 'user', id: userId, label: email },
    orgId,
    permissions: permissionsOf(role),
    correlationId: uuidV4(),
    clock: systemClock,
  };
  return { userId, email, token, ctx };
}

async function makePlace(db: Db): Promise<TestPlace> {
  const place = { orgId: uuidV4(), projectId: uuidV4(), fleetId: uuidV4() };
  const slug = `p-${place.projectId.slice(0, 8)}`;
  await db.sql`insert into tidegate.org (id, name) values (${place.orgId}, ${slug})`;
  await db.sql`
    insert into tidegate.project (id, org_id, name, topic_slug)
    values (${place.projectId}, ${place.orgId}, 'Plant', ${slug})`;
  await db.sql`
    insert into tidegate.fleet (id, project_id, name) values (${place.fleetId}, ${place.projectId}, 'Pumps')`;
  return place;
}

/** Call it as often as needed: every call makes new organisations. */
export async function makeTenancy(db: Db): Promise<TestTenancy> {
  const place = await makePlace(db);
  const people = {} as Record<Role, TestPerson>;
  for (const role of ROLES) people[role] = await makePerson(db, place.orgId, role);
  const elsewhere = await makePlace(db);
  return {
    ...place,
    people,
    stranger: { ...(await makePerson(db, elsewhere.orgId, 'owner')), ...elsewhere },
  };
}
