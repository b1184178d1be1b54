// Mirror tables are made by the engine's own provisioning and filled by SQL: a table built by hand here would
// prove the speed of a table that no approval makes.
import type { Db, Sql } from '@/server/db/client';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import { provisionMirror } from '@/server/engine/mirror/provision-mirror';
import { assert } from '@/server/lib/assert';
import { SEED_TABLES } from './source-tables';

interface MirrorToMake {
  t: number;
  scope: 'device' | 'fleet' | 'project';
  scope_id: string;
}

/** A mirror for each source table of each scope, one of its own for the large lineage, with bindings and rows. */
export async function seedMirrors(db: Db, projectId: string): Promise<void> {
  const { sql } = db;
  await sql`create temp table seed_mirror (t int, scope text, scope_id uuid, id uuid)`;
  const wanted = await sql<MirrorToMake[]>`
    select distinct t, scope, scope_id from seed_lineage where approved is not null order by scope, scope_id, t`;
  for (const mirror of wanted) await makeMirror(db, projectId, mirror);
  await sql`analyze seed_mirror`;
  await bindColumns(sql);
}

async function makeMirror(
  db: Db,
  projectId: string,
  { t, scope, scope_id: scopeId }: MirrorToMake,
): Promise<void> {
  const table = SEED_TABLES[t];
  assert(table !== undefined, `there is a seed table ${t}`);
  const source = { projectId, scope, scopeId, sourceTable: table.name };
  const made = await provisionMirror(db, source, null, {
    kind: 'create',
    supersedes: false,
    columns: table.mirrorColumns,
    bindings: [],
  });
  assert(made.mirrorId !== null && made.tableName !== null, 'a seeded mirror has a table');
  await db.sql`insert into seed_mirror values (${t}, ${scope}, ${scopeId}, ${made.mirrorId})`;
  const values = table.values('i::bigint');
  const into = values.map(({ name }) => quoteIdentifier(name)).join(', ');
  await db.sql`
    insert into ${db.sql.unsafe(mirrorTable(made.tableName))}
      (device_id, version_epoch, version_seq, created_at, updated_at, ${db.sql.unsafe(into)})
    select l.device_id, l.ordinal, i, l.since, least(l.since + i * interval '1 second', l.last_at),
      ${db.sql.unsafe(values.map(({ value }) => value).join(', '))}
    from seed_lineage l cross join generate_series(1, l.mirrored) as i
    where l.t = ${t} and l.approved is not null and l.scope = ${scope} and l.scope_id = ${scopeId}
    order by l.device_id, i.i`;
}

/** Every column of an approved version is mirrored. */
async function bindColumns(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.column_binding
      (lineage_id, schema_hash, source_column_name, action, mirror_id, mirror_column_name)
    select l.id, case when approved = 1 then s.h1 else s.h2 end, c ->> 'name', 'mirror', m.id, c ->> 'name'
    from seed_lineage l join seed_table s using (t)
    join seed_mirror m on m.t = l.t and m.scope = l.scope and m.scope_id = l.scope_id
    cross join lateral jsonb_array_elements(case when approved = 1 then s.c1 else s.c2 end) as c
    where approved is not null`;
  await sql`
    insert into tidegate.mirror_tombstone (mirror_id, device_id, key_hash, version_epoch, version_seq, deleted_at)
    select m.id, l.device_id, substr(sha256(convert_to('gone ' || i, 'UTF8')), 1, 16), l.ordinal, i,
      l.last_at - (i % 80) * interval '1 day'
    from seed_lineage l join seed_mirror m on m.scope = 'device' and m.scope_id = l.device_id
    cross join generate_series(1, l.mirrored / 50) as i where l.part = 'large'`;
}
