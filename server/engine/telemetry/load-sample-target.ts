// Which columns of a schema hash are mapped, read inside the transaction that writes them.
import type { Db } from '@/server/db/client';
import type { SampleTarget } from './samples';

interface TargetRow {
  device_id: string;
  points: SampleTarget['points'];
  time_column: string | null;
}

/** Null where no column of the hash is mapped. */
export async function loadSampleTarget(
  db: Db,
  lineageId: string,
  schemaHash: string,
): Promise<SampleTarget | null> {
  const [row] = await db.sql<TargetRow[]>`
    select p.device_id,
      json_agg(json_build_object('source', b.source_column_name, 'pointId', p.id, 'valueType', p.value_type)
               order by b.source_column_name) as points,
      (select t.source_column_name from tidegate.column_binding t where t.lineage_id = ${lineageId}
         and t.schema_hash = ${schemaHash} and t.is_time_column) as time_column
    from tidegate.column_binding b
    join tidegate.device_data_point p on p.id = b.device_data_point_id
    where b.lineage_id = ${lineageId} and b.schema_hash = ${schemaHash}
    group by p.device_id`;
  return row === undefined
    ? null
    : { deviceId: row.device_id, points: row.points, timeColumn: row.time_column };
}
