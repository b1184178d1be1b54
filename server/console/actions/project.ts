'use server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { consoleSession, PROJECT_COOKIE } from '../session';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Makes `projectId` the project that the console shows; one that is not the caller's changes nothing. */
export async function selectProject(projectId: string): Promise<void> {
  const session = await consoleSession();
  if (session?.projects.some(({ id }) => id === projectId)) {
    (await cookies()).set(PROJECT_COOKIE, projectId, {
      httpOnly: true,
      sameSite: 'lax',
      maxAge: YEAR_SECONDS,
      path: '/',
    });
  }
  redirect('/');
}
