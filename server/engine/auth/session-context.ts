// From a known person to what a verb needs to know of them: organisation and permissions.
// Read anew for each request, so that a role taken away or an account disabled holds at once.
import type { Db } from '@/server/db/client';
import type { Role } from '@/server/contract/roles';
import type { Actor, Permission } from '../context/context';
import { notFound, Refusal } from '../errors/errors';
import { permissionsOf } from './permissions';

export interface Membership {
  orgId: string;
  orgName: string;
  role: Role;
}

export interface Person {
  userId: string;
  email: string;
  name: string;
  /** Oldest first. */
  memberships: Membership[];
}

export interface CallerContext {
  actor: Actor;
  orgId: string;
  role: Role;
  permissions: ReadonlySet<Permission>;
}

/** The person with their organisations, or null where there is no such account or it is disabled. */
export async function loadPerson({ db, userId }: { db: Db; userId: string }): Promise<Person | null> {
  const rows = await db.sql<
    { email: string; name: string; org_id: string | null; org_name: string | null; role: Role | null }[]
  >`
    select u.email, u.name, m.org_id, o.name as org_name, m.role
    from tidegate.app_user u
    left join tidegate.membership m on m.user_id = u.id
    left join tidegate.org o on o.id = m.org_id
    where u.id = ${userId} and u.disabled_at is null
    order by o.created_at, o.id`;
  const [first] = rows;
  if (first === undefined) return null;
  const memberships = rows.flatMap(({ org_id, org_name, role }) =>
    org_id === null || org_name === null || role === null ? [] : [{ orgId: org_id, orgName: org_name, role }],
  );
  return { userId, email: first.email, name: first.name, memberships };
}

export const actorOf = (person: Person): Actor => ({
  kind: 'user',
  id: person.userId,
  label: person.email,
});

/**
 * What `person` may do in the organisation `wantedOrgId`, or in their only one where that is null.
 * `scopes` narrows it for a token. Refuses with 400 `org_id_required` where the choice is open, 404
 * `organisation_not_found` for one that is not theirs, 403 `no_organisation` where there is none.
 */
export function contextInOrg(
  person: Person,
  wantedOrgId: string | null,
  scopes: ReadonlySet<Permission> | null,
): CallerContext {
  const { orgId, role } = chooseMembership(person, wantedOrgId);
  const allowed = permissionsOf(role);
  const permissions = scopes === null ? allowed : new Set([...allowed].filter((p) => scopes.has(p)));
  return { actor: actorOf(person), orgId, role, permissions };
}

function chooseMembership({ memberships }: Person, wantedOrgId: string | null): Membership {
  if (wantedOrgId !== null) {
    const wanted = memberships.find(({ orgId }) => orgId === wantedOrgId.toLowerCase());
    if (wanted === undefined) throw notFound('organisation', wantedOrgId);
    return wanted;
  }
  const [first, ...others] = memberships;
  if (first === undefined) {
    throw new Refusal(
      403,
      'no_organisation',
      'You belong to no organisation yet. Ask an administrator to add you.',
    );
  }
  if (others.length > 0) {
    throw new Refusal(
      400,
      'org_id_required',
      `You belong to ${memberships.length} organisations: name one in the header ORG-ID.`,
      { data: { organisations: memberships.map(({ orgId, orgName }) => ({ id: orgId, name: orgName })) } },
    );
  }
  return first;
}
