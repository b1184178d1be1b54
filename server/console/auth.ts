// Sign-in of people. The session holds a user's id and nothing else: roles are read for each request, so
// that one taken away is gone at once.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import credentials from 'next-auth/providers/credentials';
import { signInLimits, verifyPassword, type SignInLimits } from '@/server/engine/auth/verify-password';
import { Refusal } from '@/server/engine/errors/errors';
import { assert } from '@/server/lib/assert';
import { uuidV7 } from '@/server/lib/uuid';
import { webRuntime } from '@/server/runtime/web';

const SESSION_SECONDS = 12 * 60 * 60;

const KEY = Symbol.for('tidegate.sign-in-limits');
const holder = globalThis as { [KEY]?: SignInLimits };

/** Counted per process: a copy per bundle would multiply what may be tried. */
const limits = (): SignInLimits => (holder[KEY] ??= signInLimits(webRuntime().clock));

/** The nearest proxy's word for who calls; the server itself listens on the loopback only. */
function addressOf(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.['x-forwarded-for'];
  const last = typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined;
  return last === undefined || last === '' ? 'local' : last;
}

async function authorize(email: string, password: string, address: string) {
  const { db, clock } = webRuntime();
  try {
    const person = await verifyPassword({
      db,
      clock,
      limits: limits(),
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
