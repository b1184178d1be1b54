// Which account an OIDC identity is. The first time it is found by the e-mail address that the issuer has
// verified, and bound to the issuer's subject: an address may be given to somebody else later, a subject never.
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { normalizeEmail } from './email';
import type { OidcClaims } from './oidc-verifier';

export type Identity = Pick<OidcClaims, 'issuer' | 'subject' | 'verifiedEmail'>;

export interface IdentityContext {
  db: Db;
  clock: Clock;
  correlationId: string;
}

/** The user's id; 401 `oidc_user_unknown` where no account is theirs, `oidc_account_taken` where it is bound. */
export async function personOfIdentity(context: IdentityContext, identity: Identity): Promise<string> {
  const bound = await boundTo(context.db, identity);
  if (bound !== null) return bound;
  if (identity.verifiedEmail === null) {
    throw unknown('it carries no e-mail address that the issuer has verified');
  }
  const email = normalizeEmail(identity.verifiedEmail);
  const [user] = await context.db.sql<{ id: string }[]>`
    select id from tidegate.app_user where email = ${email} and disabled_at is null`;
  if (user === undefined) throw unknown('no account here has its e-mail address');
  await context.db.transaction((db) => bind({ ...context, db }, identity, user.id, email));
  if ((await boundTo(context.db, identity)) !== user.id) {
    throw new Refusal(
      401,
      'oidc_account_taken',
      'The account with this e-mail address is bound to another identity of the same issuer. Ask an administrator.',
    );
  }
  return user.id;
}

/** Binds where neither is bound yet, with an event in each organisation of the person. */
async function bind(
  { db, clock, correlationId }: IdentityContext,
  { issuer, subject }: Identity,
  userId: string,
  email: string,
): Promise<void> {
  const made = await db.sql`
    insert into tidegate.user_identity (issuer, subject, user_id) values (${issuer}, ${subject}, ${userId})
    on conflict do nothing returning 1`;
  if (made.length === 0) return;
  const orgs = await db.sql<{ org_id: string }[]>`
    select org_id from tidegate.membership where user_id = ${userId}`;
  const actor = { kind: 'user', id: userId, label: email } as const;
  for (const { org_id: orgId } of orgs) {
    await recordEvent(
      { db, clock, correlationId, actor, orgId, permissions: new Set() },
      {
        kind: 'auth.identity_bound',
        subject: { kind: 'user', id: userId },
        data: { before: null, after: { issuer, subject } },
      },
    );
  }
}

async function boundTo({ sql }: Db, { issuer, subject }: Identity): Promise<string | null> {
  const [row] = await sql<{ user_id: string }[]>`
    select user_id from tidegate.user_identity where issuer = ${issuer} and subject = ${subject}`;
  return row?.user_id ?? null;
}

const unknown = (why: string): Refusal =>
  new Refusal(
    401,
    'oidc_user_unknown',
    `The issuer vouches for this identity, but ${why}. Ask an administrator of the organisation for an account.`,
  );
