// Where the rows of one schema hash of a lineage go, read inside the transaction that writes them: another
// process may have evolved the mirror a moment ago.
import type { Db } from '@/server/db/client';
import type { Capture } from '@/server/db/schema/governance';
import type { MirrorColumnSpec } from './plan-mirror';
import type { MirrorTarget } from './prepare-writes';
import { SAMPLE_BINDINGS } from './sample-columns';

interface TargetRow {
  mirror_id: string;
  table_name: string;
  device_id: string;
  columns: MirrorColumnSpec[];
  bound: [string, string][];
  texts: [string, string][];
  reals: string[];
  defers: boolean;
  keeps_rows: boolean;
  had_tombstones: boolean;
  capture: Capture;
  time_column: string | null;
}

/** Null where every column of the hash is ignored: there is no mirror to write to. */
export async function loadTarget(
  db: Db,
  lineageId: string,
  schemaHash: string,
): Promise<MirrorTarget | null> {
  const [row] = await db.sql<TargetRow[]>`
    select m.id as mirror_id, m.table_name, l.device_id,
      (select json_agg(json_build_object('name', c.name, 'type', c.type, 'sourceColumnName', c.source_column_name,
                'keyOrdinal', c.key_ordinal) order by c.position)
       from tidegate.mirror_column c where c.mirror_id = m.id) as columns,
      json_agg(json_build_array(b.mirror_column_name, b.source_column_name)) as bound,
      coalesce(json_agg(json_build_array(b.mirror_column_name, b.text_column_name))
               filter (where b.text_column_name is not null), '[]') as texts,
      (select coalesce(json_agg(c ->> 'name'), '[]') from tidegate.schema_version v
         cross join lateral jsonb_array_elements(v.columns) as c
       where v.lineage_id = ${lineageId} and v.schema_hash = ${schemaHash}
         and c ->> 'decl_type_affinity' = 'REAL') as reals,
      exists (select from tidegate.column_binding d
              where d.lineage_id = ${lineageId} and d.schema_hash = ${schemaHash} and d.action = 'defer') as defers,
      exists (select from tidegate.deferred_row k
              where k.mirror_id = m.id and k.lineage_id = ${lineageId}) as keeps_rows,
      exists (select from tidegate.mirror_tombstone d
              where d.mirror_id = m.id and d.device_id = l.device_id) as had_tombstones,
      l.capture,
      (select t.source_column_name from tidegate.column_binding t where t.lineage_id = ${lineageId}
         and t.schema_hash = ${schemaHash} and t.is_time_column) as time_column
    from tidegate.column_binding b
    join tidegate.mirror m on m.id = b.mirror_id
    join tidegate.lineage l on l.id = b.lineage_id
    where b.lineage_id = ${lineageId} and b.schema_hash = ${schemaHash} and b.action = 'mirror'
    group by m.id, l.device_id, l.capture`;
  if (row === undefined) return null;
  const isTelemetry = row.capture === 'telemetry';
  return {
    mirrorId: row.mirror_id,
    tableName: row.table_name,
    deviceId: row.device_id,
    columns: row.columns,
    bound: new Map(isTelemetry ? [...row.bound, ...SAMPLE_BINDINGS] : row.bound),
    sample: isTelemetry ? { timeColumn: row.time_column } : null,
    reals: new Set(row.reals),
    textColumns: new Map(row.texts),
    lineageId,
    schemaHash,
    defers: row.defers,
    keepsRows: row.keeps_rows,
    hadTombstones: row.had_tombstones,
  };
}
