// The catalogue of mirror tables, where each source column goes, and what is kept beside them: deleted keys, and rows
// whose columns are not decided. Mirror tables themselves live in the Postgres schema `tidegate_mirror` and are made by
// approvals.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { lineage } from './governance';
import { ROW_OPS } from './rows';
import { project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();
const seq = (name: string) => bigint(name, { mode: 'bigint' });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const MIRROR_SCOPES = ['device', 'project', 'fleet'] as const;

export const mirror = tidegate.table(
  'mirror',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    scope: text({ enum: MIRROR_SCOPES }).notNull(),
    scopeId: uuid('scope_id').notNull(),
    sourceTable: text('source_table').notNull(),
    generation: integer().notNull(),
    tableName: text('table_name').notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('mirror_source').on(t.scope, t.scopeId, t.sourceTable, t.generation),
    // Among a million mirrors of single devices, the few that are shared.
    index('mirror_shared')
      .on(t.projectId, t.sourceTable, t.id)
      .where(sql`${t.scope} <> 'device'`),
  ],
);

export const MIRROR_TYPES = [
  'bigint',
  'double precision',
  'text',
  'bytea',
  'numeric',
  'timestamptz',
] as const;
export type MirrorType = (typeof MIRROR_TYPES)[number];

export const mirrorColumn = tidegate.table(
  'mirror_column',
  {
    mirrorId: uuid('mirror_id')
      .notNull()
      .references(() => mirror.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull(),
    type: text({ enum: MIRROR_TYPES }).notNull(),
    sourceColumnName: text('source_column_name').notNull(),
    /** 0 off the key, 1..N on it. */
    keyOrdinal: integer('key_ordinal').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mirrorId, t.name] })],
);

export const COLUMN_ACTIONS = ['mirror', 'map', 'ignore', 'defer', 'auto_create_and_map'] as const;
export type ColumnActionKind = (typeof COLUMN_ACTIONS)[number];

export const columnBinding = tidegate.table(
  'column_binding',
  {
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    schemaHash: text('schema_hash').notNull(),
    sourceColumnName: text('source_column_name').notNull(),
    action: text({ enum: COLUMN_ACTIONS }).notNull(),
    mirrorId: uuid('mirror_id').references(() => mirror.id),
    mirrorColumnName: text('mirror_column_name'),
    /** Where a value that does not fit the mirror column is written as text; null where such a row fails. */
    textColumnName: text('text_column_name'),
    deviceDataPointId: uuid('device_data_point_id'),
    /** The column that says when a row's mapped values were measured; at most one of a schema hash. */
    isTimeColumn: boolean('is_time_column').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.lineageId, t.schemaHash, t.sourceColumnName] }),
    // Who writes to a mirror: asked before one is dropped.
    index('column_binding_mirror').on(t.mirrorId, t.lineageId),
  ],
);

/**
 * A row that is in the mirror without the columns that were deferred, as it was received. It belongs to the
 * mirror row of the same version: a newer write or a delete of the key takes it away.
 */
export const deferredRow = tidegate.table(
  'deferred_row',
  {
    mirrorId: uuid('mirror_id')
      .notNull()
      .references(() => mirror.id, { onDelete: 'cascade' }),
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    /** SHA-256 of the typed key, first 16 bytes, as in a tombstone. */
    keyHash: bytea('key_hash').notNull(),
    versionEpoch: seq('version_epoch').notNull(),
    versionSeq: seq('version_seq').notNull(),
    schemaHash: text('schema_hash').notNull(),
    journalEpoch: uuid('journal_epoch'),
    eventTs: text('event_ts'),
    pkHash: bytea('pk_hash').notNull(),
    op: text({ enum: ROW_OPS }).notNull(),
    pk: text().notNull(),
    row: text().notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.mirrorId, t.lineageId, t.keyHash] }),
    index('deferred_row_schema').on(t.lineageId, t.schemaHash),
  ],
);

/** A deleted key's version, so that an older write that arrives late does not bring the row back. */
export const mirrorTombstone = tidegate.table(
  'mirror_tombstone',
  {
    mirrorId: uuid('mirror_id')
      .notNull()
      .references(() => mirror.id, { onDelete: 'cascade' }),
    deviceId: uuid('device_id').notNull(),
    /** SHA-256 of the typed key, first 16 bytes. */
    keyHash: bytea('key_hash').notNull(),
    versionEpoch: seq('version_epoch').notNull(),
    versionSeq: seq('version_seq').notNull(),
    deletedAt: at('deleted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mirrorId, t.deviceId, t.keyHash] })],
);
