'use server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { PROJECT_COOKIE, PROJECT_COOKIE_OPTIONS } from '../project-cookie';
import { consoleSession } from '../session';

/** Makes `projectId` the project that the console shows; one that is not the caller's changes nothing. */
export async function selectProject(projectId: string): Promise<void> {
  const session = await consoleSession();
  if (session?.projects.some(({ id }) => id === projectId)) {
    (await cookies()).set(PROJECT_COOKIE, projectId, PROJECT_COOKIE_OPTIONS);
  }
  redirect('/');
}
