// Signs a person in by e-mail and password. An unknown address and a wrong password give the same answer
// after the same work: otherwise anybody could find out who has an account.
import type { Db } from '@/server/db/client';
import { signInInput, type SignInInput } from '@/server/contract/auth';
import type { Clock } from '@/server/lib/clock';
import { hashPassword, verifyPassword as passwordMatches } from '@/server/lib/password';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { normalizeEmail } from './email';
import { forgetCount, giveBack, secondsUntil, takeShared, type RateCount } from './rate-limit';

const WINDOW_MS = 15 * 60 * 1000;
const PER_EMAIL = { name: 'sign-in-email', max: 10, windowMs: WINDOW_MS };
const PER_ADDRESS = { name: 'sign-in-address', max: 50, windowMs: WINDOW_MS };

export interface SignedIn {
  userId: string;
  email: string;
  name: string;
}

interface UserRow {
  id: string;
  email: string;
  name: string;
  password_hash: string | null;
}

let unknownHash: Promise<string> | undefined;

/**
 * Answers who signed in. Refuses with 401 `wrong_credentials`, or 429 `too_many_attempts` per e-mail and
 * per address (`data.retry_after_seconds`).
 */
export async function verifyPassword(request: {
  db: Db;
  clock: Clock;
  correlationId: string;
  /** The caller's network address, as far as it is known. */
  address: string;
  input: SignInInput;
}): Promise<SignedIn> {
  const { db, clock, address } = request;
  const { email: given, password } = signInInput.parse(request.input);
  const email = normalizeEmail(given);
  const ofAddress = { db, clock, rule: PER_ADDRESS, key: address };
  const ofEmail = { db, clock, rule: PER_EMAIL, key: email };
  await takeAttempt(ofAddress);
  await takeAttempt(ofEmail);
  const [user] = await db.sql<UserRow[]>`
    select id, email, name, password_hash from tidegate.app_user where email = ${email} and disabled_at is null`;
  unknownHash ??= hashPassword('nobody has this password');
  const matches = await passwordMatches(password, user?.password_hash ?? (await unknownHash));
  const signedIn = matches && user !== undefined && user.password_hash !== null;
  await record(request, email, user, signedIn);
  if (!signedIn) {
    throw new Refusal(
      401,
      'wrong_credentials',
      'E-mail address and password do not match an account. Check both, or ask an administrator to set a new password.',
    );
  }
  await forgetCount(ofEmail);
  await giveBack(ofAddress);
  return { userId: user.id, email: user.email, name: user.name };
}

async function takeAttempt(count: RateCount): Promise<void> {
  const { granted, endsAtMs } = await takeShared(count, 1);
  if (granted > 0) return;
  const seconds = secondsUntil(endsAtMs, count.clock);
  throw new Refusal(
    429,
    'too_many_attempts',
    `Too many failed sign-ins. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    { data: { retry_after_seconds: seconds } },
  );
}

/** One event per organisation that the person belongs to, so that each sees its own people's sign-ins. */
async function record(
  { db, clock, correlationId, address }: { db: Db; clock: Clock; correlationId: string; address: string },
  email: string,
  user: UserRow | undefined,
  signedIn: boolean,
): Promise<void> {
  const orgs =
    user === undefined
      ? []
      : await db.sql<{ org_id: string }[]>`
          select org_id from tidegate.membership where user_id = ${user.id}`;
  const orgIds = orgs.length === 0 ? [null] : orgs.map((row) => row.org_id);
  const actor: Ctx['actor'] = { kind: 'user', id: user?.id ?? 'unknown', label: email };
  for (const orgId of orgIds) {
    const ctx: Ctx = { db, actor, orgId, permissions: new Set(), correlationId, clock };
    await recordEvent(ctx, {
      kind: signedIn ? 'auth.signed_in' : 'auth.sign_in_failed',
      subject: { kind: 'user', id: user?.id ?? email },
      data: { email, address },
    });
  }
}
