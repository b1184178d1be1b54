'use client';
// Who is signed in, in which project, and what they may do: for showing what is not allowed, with the reason.
// The server refuses it too; nothing here protects anything.
import { createContext, useContext, type ReactNode } from 'react';

export interface ConsoleUser {
  id: string;
  email: string;
  name: string;
  role: string;
}

export interface ConsoleProject {
  id: string;
  name: string;
  orgId: string;
  orgName: string;
}

export interface SessionInfo {
  user: ConsoleUser;
  project: ConsoleProject;
  projects: ConsoleProject[];
  permissions: string[];
}

const Session = createContext<SessionInfo | null>(null);

export function SessionProvider({ session, children }: { session: SessionInfo; children: ReactNode }) {
  return <Session value={session}>{children}</Session>;
}

/** The session that the page was made for. */
export function useSession(): SessionInfo {
  const session = useContext(Session);
  if (session === null) throw new Error('useSession needs the console shell above it');
  return session;
}

/** Why the user may not do what needs `permission`; undefined where they may. */
export function useMissingPermission(permission: string): string | undefined {
  const { permissions, user } = useSession();
  return permissions.includes(permission)
    ? undefined
    : `Needs ${permission}, which your role "${user.role}" does not have.`;
}
