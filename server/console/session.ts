// From the browser's cookie to what a verb is given. Every page and every server action comes through here,
// so an action that is called without its page is checked like the page.
import 'server-only';
import { getServerSession } from 'next-auth';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { contextInOrg, loadPerson, type Person } from '@/server/engine/auth/session-context';
import type { Ctx } from '@/server/engine/context/context';
import type { Role } from '@/server/contract/roles';
import { clientAddress } from '@/server/lib/client-address';
import { isUuid, uuidV7 } from '@/server/lib/uuid';
import { webRuntime } from '@/server/runtime/web';
import { authOptions } from './auth';
import { orPageFault } from './page-fault';
import { PROJECT_COOKIE } from './project-cookie';

export interface ProjectChoice {
  id: string;
  name: string;
  orgId: string;
  orgName: string;
}

export interface ConsoleSession {
  ctx: Ctx;
  person: Person;
  role: Role;
  project: ProjectChoice;
  /** All that the person may open, oldest first. */
  projects: ProjectChoice[];
}

async function projectsOf(person: Person): Promise<ProjectChoice[]> {
  const orgIds = person.memberships.map(({ orgId }) => orgId);
  const rows = await webRuntime().db.sql<{ id: string; name: string; org_id: string; org_name: string }[]>`
    select p.id, p.name, p.org_id, o.name as org_name
    from tidegate.project p join tidegate.org o on o.id = p.org_id
    where p.org_id = any(${orgIds}::uuid[])
    order by p.created_at, p.id`;
  return rows.map((row) => ({ id: row.id, name: row.name, orgId: row.org_id, orgName: row.org_name }));
}

async function signedInPerson(): Promise<Person | null> {
  const session = await getServerSession(authOptions());
  const user = session?.user as { id?: string } | undefined;
  if (user?.id === undefined || !isUuid(user.id)) return null;
  return loadPerson({ db: webRuntime().db, userId: user.id });
}

const personAndProjects = cache(async () => {
  const person = await signedInPerson();
  return person === null ? null : { person, projects: await projectsOf(person) };
});

/** As the API's door finds it out: the audit log must not know less of whoever acts in a browser. */
async function callerAddress(): Promise<string> {
  const given = await headers();
  return clientAddress((name) => given.get(name), webRuntime().env.trustedProxies);
}

async function sessionIn(wantedProjectId: string | null): Promise<ConsoleSession | null> {
  const found = await personAndProjects();
  if (found === null) return null;
  const { person, projects } = found;
  const remembered = wantedProjectId ?? (await cookies()).get(PROJECT_COOKIE)?.value;
  const project = projects.find(({ id }) => id === remembered);
  const shown = project ?? (wantedProjectId === null ? projects[0] : undefined);
  if (shown === undefined) return null;
  const { actor, orgId, permissions, role } = contextInOrg(person, shown.orgId, null);
  const { db, clock } = webRuntime();
  const origin = { tokenId: null, address: await callerAddress() };
  const ctx = { db, clock, actor, orgId, permissions, correlationId: uuidV7(), origin };
  return { ctx, person, role, project: shown, projects };
}

/** The session of this request; null where nobody is signed in or they have no project. */
export const consoleSession = cache(() => sessionIn(null));

/**
 * The session of this request in one project: a page stays in the project that it was opened in, whatever
 * another tab has chosen since. Null where nobody is signed in or the project is not theirs.
 */
export const projectSession = (projectId: string): Promise<ConsoleSession | null> => sessionIn(projectId);

/** The session of this request; without one, on to the sign-in page and from there back to `path`. */
export async function requireSession(path: string): Promise<ConsoleSession> {
  const session = await orPageFault(consoleSession);
  if (session === null) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return session;
}
