// Sign-in of people. The session holds a user's id and nothing else: roles are read for each request, so
// that one taken away is gone at once.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import credentials from 'next-auth/providers/credentials';
import { verifyPassword } from '@/server/engine/auth/verify-password';
import { Refusal } from '@/server/engine/errors/errors';
import { assert } from '@/server/lib/assert';
import { clientAddress } from '@/server/lib/client-address';
import { uuidV7 } from '@/server/lib/uuid';
import { webRuntime } from '@/server/runtime/web';

const SESSION_SECONDS = 12 * 60 * 60;

const addressOf = (headers: Record<string, unknown> | undefined): string =>
  clientAddress((name) => {
    const value = headers?.[name];
    return typeof value === 'string' ? value : null;
  }, webRuntime().env.trustedProxies);

async function authorize(email: string, password: string, address: string) {
  const { db, clock } = webRuntime();
  try {
    const person = await verifyPassword({
      db,
      clock,
      correlationId: uuidV7(),
      address,
      input: { email, password },
    });
    return { id: person.userId, email: person.email, name: person.name };
  } catch (error) {
    // The provider passes only a message on; the form shows the refusal's sentence as it is.
    if (error instanceof Refusal) throw new Error(`${error.code}|${error.detail}`);
    throw error;
  }
}

/** How people sign in: e-mail and password, a signed cookie for twelve hours. */
export function authOptions(): NextAuthOptions {
  const { nextauthSecret } = webRuntime().env;
  assert(nextauthSecret !== undefined, 'NEXTAUTH_SECRET is not set; `npm start` makes one');
  return {
    secret: nextauthSecret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (given, request) =>
          authorize(given?.email ?? '', given?.password ?? '', addressOf(request.headers)),
      }),
    ],
    callbacks: {
      session: ({ session, token }) => ({
        ...session,
        user: { id: token.sub ?? '', email: token.email ?? '', name: token.name ?? '' },
      }),
    },
  };
}
