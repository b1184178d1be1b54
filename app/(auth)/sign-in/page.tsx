import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { localPath } from '@/components/auth/local-path';
import { SignInForm } from '@/components/auth/sign-in-form';
import { oidcSignIn } from '@/server/console/auth';
import { consoleSession } from '@/server/console/session';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}) {
  const given = await searchParams;
  const next = localPath(given.next);
  if ((await consoleSession()) !== null) redirect(next);
  return <SignInForm next={next} oidc={oidcSignIn()} refused={given.error?.toString() ?? null} />;
}
