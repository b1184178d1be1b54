/** A mirror table whose key may be NULL and whose column has the worst of names. */
import type { Db } from '@/server/db/client';
import { quoteIdentifier } from '@/server/db/identifier';
import { mirrorDdl } from '@/server/engine/mirror/ddl';
import type { MirrorColumnSpec } from '@/server/engine/mirror/plan-mirror';
import { uuidV4 } from '@/server/lib/uuid';
import type { TestLineage } from './lineages';
import type { TestPlace } from './tenancy';

/** A column that a device may well have. */
export const NASTY = 'a:b"; drop table tidegate.lineage; --';

/** A mirror as an approval makes it, with NULLs in its key, five rows of the device and five of others. */
export async function makeNastyMirror(
  db: Db,
  place: Pick<TestPlace, 'projectId'>,
  made: TestLineage,
): Promise<string> {
  const columns: MirrorColumnSpec[] = [
    { name: 'k', type: 'bigint', sourceColumnName: 'k', keyOrdinal: 1 },
    { name: NASTY, type: 'text', sourceColumnName: 'x', keyOrdinal: 2 },
    { name: 'price', type: 'numeric', sourceColumnName: 'price', keyOrdinal: 0 },
    { name: 'blob', type: 'bytea', sourceColumnName: 'blob', keyOrdinal: 0 },
    { name: 'temp', type: 'double precision', sourceColumnName: 'temp', keyOrdinal: 0 },
  ];
  const id = uuidV4();
  const table = `edge_mirror_${made.deviceId.slice(0, 8)}_readings`;
  for (const statement of mirrorDdl({ kind: 'create', columns, supersedes: false, bindings: [] }, table))
    await db.sql.unsafe(statement);
  await db.sql`
    insert into tidegate.mirror (id, project_id, scope, scope_id, source_table, generation, table_name)
    values (${id}, ${place.projectId}, 'device', ${made.deviceId}, 'readings', 1, ${table})`;
  for (const [i, column] of columns.entries()) {
    await db.sql`
      insert into tidegate.mirror_column (mirror_id, name, position, type, source_column_name, key_ordinal)
      values (${id}, ${column.name}, ${i}, ${column.type}, ${column.sourceColumnName}, ${column.keyOrdinal})`;
    await db.sql`
      insert into tidegate.column_binding
        (lineage_id, schema_hash, source_column_name, action, mirror_id, mirror_column_name)
      values (${made.lineageId}, ${made.schemaHash}, ${column.sourceColumnName}, 'mirror', ${id}, ${column.name})`;
  }
  const rows: [string | null, string | null, string | null][] = [
    ['9007199254740993', 'x', '1.10'],
    ['1', 'x', '2'],
    ['1', null, null],
    [null, 'y', '3'],
    [null, null, '3'],
  ];
  for (const [k, text, price] of rows) {
    for (const deviceId of [made.deviceId, uuidV4()]) {
      await db.sql.unsafe(
        `insert into tidegate_mirror.${quoteIdentifier(table)}
           (device_id, version_epoch, version_seq, created_at, updated_at, k, ${quoteIdentifier(NASTY)}, price, blob, temp)
         values ($1::text::uuid, 1, 1, now(), now(), $2::text::bigint, $3, $4::text::numeric, '\\x00ff', 'NaN')`,
        [deviceId, k, text, price],
      );
    }
  }
  return table;
}
