// Who calls: the holder of a bearer token, or a person with a browser session. A session is taken for calls
// of this site's own pages alone; a page elsewhere that makes the browser call us must get nothing done.
import { getToken } from 'next-auth/jwt';
import { authenticateToken } from '@/server/engine/auth/authenticate-token';
import { personOfIdentity } from '@/server/engine/auth/oidc-person';
import { isJwt, type OidcVerifier } from '@/server/engine/auth/oidc-verifier';
import { loadPerson, type Person } from '@/server/engine/auth/session-context';
import type { Permission } from '@/server/engine/context/context';
import { Refusal } from '@/server/engine/errors/errors';
import { isUuid } from '@/server/lib/uuid';
import { isSameOrigin } from './same-origin';
import type { HttpHost } from './host';

export interface Caller {
  person: Person;
  /** What a token may do at most; null for a session. */
  scopes: ReadonlySet<Permission> | null;
  kind: 'token' | 'session' | 'oidc';
  /** The personal token; null for the others. */
  tokenId: string | null;
  /** When the proof itself ends: an OIDC token's expiry. */
  expiresAtMs: number | null;
}

const unauthenticated = (code: string, detail: string): Refusal => new Refusal(401, code, detail);

/** The caller, or 401; 403 `cross_origin_refused` for a session used from another site. */
export async function authenticate(request: Request, host: HttpHost, correlationId: string): Promise<Caller> {
  const header = request.headers.get('authorization');
  return header === null ? sessionCaller(request, host) : tokenCaller(header, host, correlationId);
}

async function tokenCaller(header: string, host: HttpHost, correlationId: string): Promise<Caller> {
  const { db, clock, oidc } = host;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) {
    throw unauthenticated('invalid_authorization', 'Send the header as "Authorization: Bearer <token>".');
  }
  const holder = await authenticateToken({ db, clock, token });
  if (holder === null && oidc !== null && isJwt(token)) return oidcCaller(token, oidc, host, correlationId);
  const person = holder && (await loadPerson({ db, userId: holder.userId }));
  if (holder === null || person === null) {
    throw unauthenticated(
      'invalid_token',
      'This token is unknown, expired or revoked. Make a new one in the settings.',
    );
  }
  return { person, scopes: holder.scopes, kind: 'token', tokenId: holder.tokenId, expiresAtMs: null };
}

async function oidcCaller(
  token: string,
  oidc: OidcVerifier,
  { db, clock }: HttpHost,
  correlationId: string,
): Promise<Caller> {
  const claims = await oidc.verify(token);
  const userId = await personOfIdentity({ db, clock, correlationId }, claims);
  const person = await loadPerson({ db, userId });
  if (person === null) throw unauthenticated('invalid_token', 'The account of this token is disabled.');
  return { person, scopes: null, kind: 'oidc', tokenId: null, expiresAtMs: claims.expiresAtMs };
}

async function sessionCaller(request: Request, host: HttpHost): Promise<Caller> {
  const userId = await sessionUserId(request, host.sessionSecret);
  const person = userId === null ? null : await loadPerson({ db: host.db, userId });
  if (person === null) {
    throw unauthenticated(
      'not_authenticated',
      'Sign in, or send a personal API token in the header Authorization.',
    );
  }
  if (!isSameOrigin(request, host.publicUrl)) {
    throw new Refusal(
      403,
      'cross_origin_refused',
      'A browser session works for calls of this site alone. From elsewhere, use a personal API token.',
    );
  }
  return { person, scopes: null, kind: 'session', tokenId: null, expiresAtMs: null };
}

/** The signed cookie's subject. The cookie's name depends on how the site was reached when it was set. */
async function sessionUserId(request: Request, secret: string | undefined): Promise<string | null> {
  if (secret === undefined) return null;
  const cookies = Object.fromEntries(cookiesOf(request.headers.get('cookie') ?? ''));
  for (const secureCookie of [true, false]) {
    const token = await getToken({
      req: { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]['req'],
      secret,
      secureCookie,
    });
    if (typeof token?.sub === 'string' && isUuid(token.sub)) return token.sub;
  }
  return null;
}

function cookiesOf(header: string): [string, string][] {
  return header.split(';').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]];
  });
}
