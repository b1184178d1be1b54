// Who owns what: organisations, projects, fleets, devices, people and their tokens.
// A device's root topic is unique over the whole installation, because it is all that MQTT knows of it.
import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { ROLES } from '@/server/contract/roles';

export const tidegate = pgSchema('tidegate');

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();

export const org = tidegate.table('org', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  createdAt: createdAt(),
});

export const project = tidegate.table(
  'project',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => org.id),
    name: text().notNull(),
    topicSlug: text('topic_slug').unique(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('project_org_name').on(t.orgId, t.name)],
);

export const fleet = tidegate.table(
  'fleet',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    name: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('fleet_project_name').on(t.projectId, t.name)],
);

export const device = tidegate.table(
  'device',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => org.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    fleetId: uuid('fleet_id')
      .notNull()
      .references(() => fleet.id),
    name: text().notNull(),
    rootTopic: text('root_topic').notNull().unique(),
    isDemo: boolean('is_demo').notNull().default(false),
    connected: boolean().notNull().default(false),
    connectedAt: at('connected_at'),
    lastSeenAt: at('last_seen_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('device_project_name').on(t.projectId, t.name), index('device_fleet').on(t.fleetId)],
);

export const deviceCredential = tidegate.table('device_credential', {
  deviceId: uuid('device_id')
    .primaryKey()
    .references(() => device.id, { onDelete: 'cascade' }),
  username: text().notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  createdAt: createdAt(),
  revokedAt: at('revoked_at'),
});

export const appUser = tidegate.table('app_user', {
  id: uuid().primaryKey(),
  email: text().notNull().unique(),
  name: text().notNull(),
  passwordHash: text('password_hash'),
  createdAt: createdAt(),
  disabledAt: at('disabled_at'),
});

export const membership = tidegate.table(
  'membership',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => appUser.id, { onDelete: 'cascade' }),
    orgId: uuid('org_id')
      .notNull()
      .references(() => org.id),
    role: text({ enum: ROLES }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.orgId] })],
);

export const apiToken = tidegate.table('api_token', {
  id: uuid().primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => appUser.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** SHA-256 of the token, hex. The token itself has 256 random bits, so a fast hash is enough. */
  tokenHash: text('token_hash').notNull().unique(),
  scopes: text()
    .array()
    .notNull()
    .default(sql`'{}'::text[]`),
  expiresAt: at('expires_at'),
  lastUsedAt: at('last_used_at'),
  revokedAt: at('revoked_at'),
  createdAt: createdAt(),
});

/** Who a person is at an OIDC issuer: the subject never changes hands, an e-mail address may. */
export const userIdentity = tidegate.table(
  'user_identity',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => appUser.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.issuer, t.subject] }),
    uniqueIndex('user_identity_user').on(t.issuer, t.userId),
  ],
);

/**
 * How much of a limit is used up, shared by all processes. Unlogged (see the migration): it is written often
 * and losing it at a crash lets somebody try again a little earlier.
 */
export const rateWindow = tidegate.table(
  'rate_window',
  {
    key: text().primaryKey(),
    startedAt: at('started_at').notNull(),
    endsAt: at('ends_at').notNull(),
    taken: integer().notNull(),
  },
  (t) => [index('rate_window_end').on(t.endsAt)],
);

export const idempotencyKey = tidegate.table(
  'idempotency_key',
  {
    /** The caller the key belongs to: a user's id. Two callers may use the same key. */
    owner: text().notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    status: text(),
    body: text(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.owner, t.key] }), index('idempotency_key_age').on(t.createdAt)],
);
