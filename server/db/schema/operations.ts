// What people and monitors read of the installation itself: the audit log, samples over time, workers, the broker's
// door, rounds of the retention.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

export const event = tidegate.table(
  'event',
  {
    /** Given before the commit: of two events the lower one may become visible later. */
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The transaction that wrote it: below the oldest one still open nothing more can appear. */
    tx: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    id: uuid().notNull().unique(),
    kind: text().notNull(),
    at: at('at').notNull(),
    orgId: uuid('org_id'),
    projectId: uuid('project_id'),
    fleetId: uuid('fleet_id'),
    deviceId: uuid('device_id'),
    lineageId: uuid('lineage_id'),
    actorKind: text('actor_kind', { enum: ['user', 'system', 'device'] }).notNull(),
    actorId: text('actor_id').notNull(),
    actorLabel: text('actor_label').notNull(),
    /** The personal token that was used; null for a session, an OIDC token, a device or the system. */
    tokenId: uuid('token_id'),
    /** The caller's network address; null where nobody called over the network. */
    address: text(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    correlationId: text('correlation_id').notNull(),
  },
  (t) => [
    index('event_project').on(t.projectId, t.seq),
    index('event_kind').on(t.projectId, t.kind, t.seq),
    index('event_at').on(t.projectId, t.at),
    index('event_fleet').on(t.fleetId, t.seq),
    index('event_stream').on(t.projectId, t.tx, t.seq),
    index('event_device').on(t.deviceId, t.seq),
    index('event_lineage').on(t.lineageId, t.seq),
    index('event_actor').on(t.projectId, t.actorId, t.seq),
    index('event_correlation').on(t.correlationId),
    index('event_subject').on(t.subjectKind, t.subjectId, t.seq),
  ],
);

/**
 * Totals of a project, taken once a minute. Totals and not increments: a worker that was away leaves a gap
 * between two samples, and what came in over it is still known.
 */
export const activitySample = tidegate.table(
  'activity_sample',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** A full minute. */
    at: at('at').notNull(),
    acceptedRows: bigint('accepted_rows', { mode: 'number' }).notNull(),
    stagedRows: bigint('staged_rows', { mode: 'number' }).notNull(),
    stagedBytes: bigint('staged_bytes', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.at] }), index('activity_sample_age').on(t.at)],
);

export const workerSlot = tidegate.table('worker_slot', {
  slot: text().primaryKey(),
  pid: integer().notNull(),
  version: text().notNull(),
  startedAt: at('started_at').notNull(),
  beatAt: at('beat_at').notNull(),
  brokerConnected: text('broker_connected', { enum: ['yes', 'no'] }).notNull(),
  brokerDetail: text('broker_detail'),
  /** What the process measured of itself, as the metrics page reads it. */
  figures: jsonb().$type<unknown[]>(),
});

/** What one round of the retention took away; rounds that took nothing away renew the newest row that did not. */
export const retentionRound = tidegate.table(
  'retention_round',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: at('at').notNull(),
    /** What the installation's settings say. */
    telemetryDays: integer('telemetry_days').notNull(),
    ledgerDays: integer('ledger_days').notNull(),
    partitionsDropped: text('partitions_dropped').array().notNull(),
    rowsDeleted: jsonb('rows_deleted').$type<Record<string, number>>().notNull(),
    tookAny: boolean('took_any').notNull(),
    error: text(),
  },
  (t) => [index('retention_round_at').on(t.at)],
);

export const ACCESS_KINDS = [
  'connected',
  'disconnected',
  'auth_failed',
  'publish_denied',
  'subscribe_denied',
] as const;

/** What the broker let in and what it turned away. Never a password, and of a publish only its topic. */
export const mqttAccessEvent = tidegate.table(
  'mqtt_access_event',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    id: uuid().notNull().unique(),
    kind: text({ enum: ACCESS_KINDS }).notNull(),
    at: at('at').notNull(),
    /** Null where the username belongs to no project. */
    projectId: uuid('project_id'),
    fleetId: uuid('fleet_id'),
    deviceId: uuid('device_id'),
    username: text().notNull(),
    topic: text(),
    reason: text(),
  },
  (t) => [
    index('mqtt_access_event_project').on(t.projectId, t.seq),
    index('mqtt_access_event_device').on(t.deviceId, t.seq),
    index('mqtt_access_event_age').on(t.at),
  ],
);
