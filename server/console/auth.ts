// Sign-in of people. The session holds a user's id and nothing else: roles are read for each request, so
// that one taken away is gone at once.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import credentials from 'next-auth/providers/credentials';
import { personOfIdentity } from '@/server/engine/auth/oidc-person';
import { verifiedEmailOf } from '@/server/engine/auth/oidc-verifier';
import { verifyPassword } from '@/server/engine/auth/verify-password';
import { Refusal } from '@/server/engine/errors/errors';
import { assert } from '@/server/lib/assert';
import { clientAddress } from '@/server/lib/client-address';
import { uuidV7 } from '@/server/lib/uuid';
import { webRuntime, type WebRuntime } from '@/server/runtime/web';

const OIDC_PROVIDER = 'oidc';
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

/** The issuer's sign-in, where a client is set up for it. */
function oidcProviders(oidc: WebRuntime['env']['oidc']): NextAuthOptions['providers'] {
  if (oidc?.client === undefined) return [];
  return [
    {
      id: OIDC_PROVIDER,
      name: oidc.name,
      type: 'oauth',
      wellKnown: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      issuer: oidc.issuer,
      clientId: oidc.client.id,
      clientSecret: oidc.client.secret,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      profile: ({ sub, name, email }: OidcProfile) => ({ id: sub, name: name ?? null, email: email ?? null }),
    },
  ];
}

interface OidcProfile {
  sub: string;
  name?: string;
  email?: string;
}

/** The account that the issuer vouches for; a path with the refusal's code where there is none. */
async function admitIdentity(
  issuer: string,
  user: { id: string },
  profile: Record<string, unknown>,
): Promise<true | string> {
  const { db, clock } = webRuntime();
  try {
    user.id = await personOfIdentity(
      { db, clock, correlationId: uuidV7() },
      { issuer, subject: String(profile['sub']), verifiedEmail: verifiedEmailOf(profile) },
    );
    return true;
  } catch (error) {
    if (error instanceof Refusal) return `/sign-in?error=${error.code}`;
    throw error;
  }
}

/** What the sign-in page calls the issuer; null where people cannot sign in through one. */
export function oidcSignIn(): { provider: string; name: string } | null {
  const { oidc } = webRuntime().env;
  return oidc?.client === undefined ? null : { provider: OIDC_PROVIDER, name: oidc.name };
}

/** How people sign in: e-mail and password or the issuer's page, a signed cookie for twelve hours. */
export function authOptions(): NextAuthOptions {
  const { nextauthSecret, oidc } = webRuntime().env;
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
      ...oidcProviders(oidc),
    ],
    callbacks: {
      signIn: ({ user, account, profile }) =>
        account?.provider === OIDC_PROVIDER && oidc !== undefined
          ? admitIdentity(oidc.issuer, user, { ...profile })
          : true,
      session: ({ session, token }) => ({
        ...session,
        user: { id: token.sub ?? '', email: token.email ?? '', name: token.name ?? '' },
      }),
    },
  };
}
