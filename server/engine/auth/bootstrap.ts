// Makes an installation usable: first organisation, project, fleet, owner and, where asked for, a token.
// It runs at every start and under a lock: two webs that start together must not make two owners.
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { hashPassword } from '@/server/lib/password';
import { uuidV4, uuidV7 } from '@/server/lib/uuid';
import { PERMISSIONS } from '../context/context';
import { recordEvent } from '../events/record-event';
import { permissionsOf } from './permissions';
import { ensureDefaultPlaces } from './default-installation';
import { normalizeEmail } from './email';
import { hashToken, randomSecret } from './token-secret';

const LOCK_KEY = 7_104_033_022;
const BOOTSTRAP_TOKEN_NAME = 'Bootstrap token';

export interface BootstrapInput {
  adminEmail: string;
  /** Null where a password is to be made, and told once. */
  adminPassword: string | null;
  /** Null where no token is asked for. */
  bootstrapApiToken: string | null;
}

export interface Bootstrapped {
  orgId: string;
  projectId: string;
  fleetId: string;
  adminEmail: string;
  /** Only in the answer that made the admin without a given password. */
  generatedPassword: string | null;
  /** True where this call made the first organisation. */
  createdNow: boolean;
}

/**
 * Idempotent. A password given for an admin who exists already changes nothing: a setting left in the
 * environment must not undo a password that was changed since.
 */
export async function bootstrapInstallation({
  db,
  clock,
  input,
}: {
  db: Db;
  clock: Clock;
  input: BootstrapInput;
}): Promise<Bootstrapped> {
  return db.transaction(async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(${LOCK_KEY})`;
    const places = await ensureDefaultPlaces(tx);
    const admin = await ensureAdmin(tx, places.orgId, input);
    if (input.bootstrapApiToken !== null) await ensureToken(tx, admin.id, input.bootstrapApiToken);
    if (admin.createdNow) {
      const ctx = {
        db: tx,
        actor: { kind: 'system', id: 'start', label: 'start' } as const,
        orgId: places.orgId,
        permissions: permissionsOf('owner'),
        correlationId: uuidV7(),
        clock,
      };
      await recordEvent(ctx, {
        kind: 'auth.owner_created',
        subject: { kind: 'user', id: admin.id },
        data: { email: admin.email },
      });
    }
    return { ...places, adminEmail: admin.email, generatedPassword: admin.generatedPassword };
  });
}

async function ensureAdmin(
  db: Db,
  orgId: string,
  input: BootstrapInput,
): Promise<{ id: string; email: string; generatedPassword: string | null; createdNow: boolean }> {
  const email = normalizeEmail(input.adminEmail);
  const [known] = await db.sql<{ id: string }[]>`select id from tidegate.app_user where email = ${email}`;
  if (known !== undefined) {
    await ensureOwner(db, known.id, orgId);
    return { id: known.id, email, generatedPassword: null, createdNow: false };
  }
  const password = input.adminPassword ?? randomSecret(12);
  const id = uuidV4();
  await db.sql`
    insert into tidegate.app_user (id, email, name, password_hash)
    values (${id}, ${email}, ${email.split('@')[0] ?? email}, ${await hashPassword(password)})`;
  await ensureOwner(db, id, orgId);
  return { id, email, generatedPassword: input.adminPassword === null ? password : null, createdNow: true };
}

async function ensureOwner(db: Db, userId: string, orgId: string): Promise<void> {
  await db.sql`
    insert into tidegate.membership (user_id, org_id, role) values (${userId}, ${orgId}, 'owner')
    on conflict (user_id, org_id) do nothing`;
}

/** A value that was set before and is set no more stays valid until it is revoked in the settings. */
async function ensureToken(db: Db, userId: string, token: string): Promise<void> {
  await db.sql`
    insert into tidegate.api_token (id, user_id, name, token_hash, scopes)
    values (${uuidV4()}, ${userId}, ${BOOTSTRAP_TOKEN_NAME}, ${hashToken(token)}, ${[...PERMISSIONS]})
    on conflict (token_hash) do update set user_id = excluded.user_id, revoked_at = null, expires_at = null`;
}
