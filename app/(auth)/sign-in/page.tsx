import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { localPath } from '@/components/auth/local-path';
import { SignInForm } from '@/components/auth/sign-in-form';
import { consoleSession } from '@/server/console/session';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = localPath((await searchParams).next);
  if ((await consoleSession()) !== null) redirect(next);
  return <SignInForm next={next} />;
}
