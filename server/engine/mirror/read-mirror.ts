// The mirror that a lineage's newest approved columns land in, as people see it.
import type { Mirror } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import { MIRROR_SCHEMA } from '@/server/db/identifier';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { mirrorIdOfLineage } from '../lineages/read-lineage';

export interface MirrorView extends Mirror {
  columns: { name: string; type: MirrorType; source_column_name: string }[];
  /** Mirror columns of the source key, in key order. */
  keyColumnNames: string[];
}

interface MirrorRow {
  id: string;
  table_name: string;
  scope: Mirror['scope'];
  scope_id: string;
  source_table: string;
  generation: number;
  row_estimate: number;
  columns: { name: string; type: MirrorType; source_column_name: string; key_ordinal: number }[] | null;
}

/** The mirror's own columns; `m` is its row. */
const mirrorColumns = (sql: Sql) => sql`m.id, m.table_name, m.scope, m.scope_id, m.source_table, m.generation,
      -- A table that was never analyzed has no estimate yet (-1); the statistics know its live rows sooner.
      coalesce((select case when c.reltuples > 0 then c.reltuples
                  else pg_stat_get_live_tuples(c.oid) end::float8 from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ${MIRROR_SCHEMA} and c.relname = m.table_name), 0) as row_estimate,
      (select json_agg(json_build_object('name', mc.name, 'type', mc.type,
                'source_column_name', mc.source_column_name, 'key_ordinal', mc.key_ordinal)
                order by mc.key_ordinal = 0, mc.key_ordinal, mc.position)
       from tidegate.mirror_column mc where mc.mirror_id = m.id) as columns`;

/**
 * Where the rows that a lineage sends now land: the mirror of its current schema, else the newest generation that
 * it is bound to. Null before an approval gave it one.
 */
export async function mirrorOfLineage(sql: Sql, lineageId: string): Promise<MirrorView | null> {
  const [row] = await sql<MirrorRow[]>`
    select ${mirrorColumns(sql)}
    from tidegate.mirror m where m.id = (${mirrorIdOfLineage(sql, sql`${lineageId}::uuid`)})`;
  return row === undefined ? null : toView(row);
}

/** Mirrors by their ids, those that there are. */
export async function mirrorsById(sql: Sql, ids: readonly string[]): Promise<Map<string, MirrorView>> {
  const rows = await sql<MirrorRow[]>`
    select ${mirrorColumns(sql)} from tidegate.mirror m where m.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, toView(row)]));
}

/** One mirror by its id; null where there is none. */
export const mirrorById = async (sql: Sql, mirrorId: string): Promise<MirrorView | null> =>
  (await mirrorsById(sql, [mirrorId])).get(mirrorId) ?? null;

function toView(row: MirrorRow): MirrorView {
  const columns = row.columns ?? [];
  return {
    id: row.id,
    mirror_table_name: row.table_name,
    source: row.scope === 'device' ? 'mirror' : 'coalesced',
    scope: row.scope,
    scope_id: row.scope_id,
    source_table: row.source_table,
    generation: row.generation,
    columns: columns.map(({ name, type, source_column_name }) => ({ name, type, source_column_name })),
    row_count_estimate: Math.round(row.row_estimate),
    keyColumnNames: columns
      .filter(({ key_ordinal }) => key_ordinal > 0)
      .sort((a, b) => a.key_ordinal - b.key_ordinal)
      .map(({ name }) => name),
  };
}

/** The contract's shape of a view. */
export const toMirror = ({ keyColumnNames: _, ...mirror }: MirrorView): Mirror => mirror;
