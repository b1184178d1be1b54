// The lineages of a scope that have mirrors of their own, and the registry's schemas that they could go over to.
import { asc, inArray } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { mirror, mirrorColumn } from '@/server/db/schema/mirrors';
import { coalescingModeOf } from '../policy/coalescing-mode';
import type { MirrorColumnSpec } from '../mirror/plan-mirror';
import type { Candidate, DeviceMirror, SharedSchema } from './consolidation-rules';
import { lineagesOfScope, type RegistryScope } from './registry-scope';

interface CandidateRow extends Omit<Candidate, 'mirrors' | 'bindings'> {
  bindings: Candidate['bindings'] | null;
}

/** Candidates of a table in a scope, or of one lineage of it, by device name. */
export async function loadCandidates(
  db: Db,
  scope: RegistryScope,
  sourceTable: string,
  lineageId: string | null = null,
): Promise<Candidate[]> {
  const { sql } = db;
  const rows = await sql<CandidateRow[]>`
    select l.id as "lineageId", l.device_id as "deviceId", d.name as "deviceName", l.capture,
      ${coalescingModeOf(sql, sql`l.fleet_id`, sql`l.project_id`)} as mode,
      (select json_agg(json_build_object('hash', v.schema_hash, 'status', v.status) order by v.first_seen_at, v.id)
       from tidegate.schema_version v where v.lineage_id = l.id) as versions,
      (select json_agg(json_build_object('hash', b.schema_hash, 'source', b.source_column_name, 'action', b.action,
                'mirrorId', b.mirror_id, 'column', b.mirror_column_name, 'text', b.text_column_name,
                'isTime', b.is_time_column))
       from tidegate.column_binding b left join tidegate.mirror m on m.id = b.mirror_id
       where b.lineage_id = l.id and (m.id is null or m.scope = 'device')
         -- A schema that lands in a shared mirror already has nothing to move.
         and not exists (select from tidegate.column_binding o join tidegate.mirror om on om.id = o.mirror_id
                         where o.lineage_id = l.id and o.schema_hash = b.schema_hash and om.scope <> 'device'))
        as bindings,
      exists (select from tidegate.deferred_row k where k.lineage_id = l.id) as "keepsRows"
    from tidegate.lineage l join tidegate.device d on d.id = l.device_id
    where l.source_table = ${sourceTable} and ${lineagesOfScope(sql, scope)}
      and (${lineageId}::uuid is null or l.id = ${lineageId}::uuid)
      and exists (select from tidegate.column_binding b join tidegate.mirror m on m.id = b.mirror_id
                  where b.lineage_id = l.id and m.scope = 'device')
    order by d.name, l.id`;
  const ids = new Set(rows.flatMap((r) => (r.bindings ?? []).flatMap((b) => b.mirrorId ?? [])));
  const mirrors = await loadMirrors(db, [...ids]);
  return rows.map((row) => {
    const bindings = row.bindings ?? [];
    const own = new Set(bindings.flatMap((b) => b.mirrorId ?? []));
    const hashes = new Set(bindings.map((b) => b.hash));
    return {
      ...row,
      bindings,
      versions: row.versions.filter((v) => v.status !== 'approved' || hashes.has(v.hash)),
      mirrors: [...own].flatMap((id) => mirrors.get(id) ?? []),
    };
  });
}

/** Mirrors with their columns in order, by id. */
export async function loadMirrors(db: Db, ids: readonly string[]): Promise<Map<string, DeviceMirror>> {
  if (ids.length === 0) return new Map();
  const rows = await db.orm
    .select()
    .from(mirror)
    .where(inArray(mirror.id, [...ids]));
  const columns = await db.orm
    .select()
    .from(mirrorColumn)
    .where(inArray(mirrorColumn.mirrorId, [...ids]))
    .orderBy(asc(mirrorColumn.position));
  const columnsOf = (id: string): MirrorColumnSpec[] => columns.filter((c) => c.mirrorId === id);
  return new Map(rows.map((m) => [m.id, { id: m.id, tableName: m.tableName, columns: columnsOf(m.id) }]));
}

/** The approved schemas of a table in a scope, by hash. */
export async function loadSharedSchemas(
  db: Db,
  scope: RegistryScope,
  sourceTable: string,
): Promise<Map<string, SharedSchema>> {
  const rows = await db.sql<
    {
      id: string;
      hash: string;
      capture: string;
      bindings: SharedSchema['bindings'];
      mirror_id: string | null;
    }[]
  >`
    select id, schema_hash as hash, capture, bindings, mirror_id from tidegate.registry_entry
    where scope = ${scope.scope} and scope_id = ${scope.scopeId} and source_table = ${sourceTable}
      and status = 'approved'`;
  const mirrors = await loadMirrors(
    db,
    rows.flatMap((r) => r.mirror_id ?? []),
  );
  return new Map(
    rows.map(({ mirror_id, ...row }) => [
      row.hash,
      { ...row, mirror: mirror_id === null ? null : (mirrors.get(mirror_id) ?? null) },
    ]),
  );
}
