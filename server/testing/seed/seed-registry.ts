// The registry of the project and those of some fleets: each table has up to five versions, most devices on the newest
// approved ones, some that went on from an older one, and some that wait for the next or are held by its rejection.
import type { Sql } from '@/server/db/client';
import type { SeedPlace } from './seed-places';

/** Every fifth active lineage was decided for itself, before its fleet decided together. */
const JOINED = `(l.part = 'waits' or (l.part in ('active', 'operator') and l.n % 5 <> 0))`;

/** The decision of an entry that mirrors every column: as an approval records it, and what a lineage is bound by. */
const ACTIONS = `(select jsonb_agg(jsonb_build_object('source_column_name', c ->> 'name', 'action', 'mirror'))
  from jsonb_array_elements(columns) as c)`;
const BINDINGS = `(select jsonb_agg(jsonb_build_object('sourceColumnName', c ->> 'name', 'action', 'mirror',
    'mirrorColumnName', c ->> 'name')) from jsonb_array_elements(columns) as c)`;

/** Entries, the oldest version first, and the lineages that have joined them. */
export async function seedEntries(sql: Sql, place: SeedPlace): Promise<void> {
  await sql`
    create temp table seed_entry as
    select pg_temp.seed_id('entry ' || m.scope_id || ' ' || m.t || ' ' || v) as id, m.scope, m.scope_id, m.t, s.name, v,
      hash, columns, case when v < 4 then 'approved' when m.t % 7 = 3 then 'rejected' else 'pending' end
      as status, case when v < 4 then m.id end as mirror_id, now() - make_interval(days => 390 - 90 * v) as since
    from seed_mirror m join seed_table s using (t)
    cross join lateral (values (0, s.before -> 0 ->> 'schemaHash', s.before -> 0 -> 'columns'),
      (1, s.before -> 1 ->> 'schemaHash', s.before -> 1 -> 'columns'), (2, s.h1, s.c1), (3, s.h2, s.c2),
      (4, s.h4, s.c4)) as e(v, hash, columns)
    where m.scope <> 'device' and (v < 4 or exists (select from seed_lineage l
      where l.part = 'waits' and l.scope_id = m.scope_id and l.t = m.t))`;
  await sql`create index on seed_entry (scope_id, t, hash)`;
  await sql`analyze seed_entry`;
  await sql`
    insert into tidegate.registry_entry
      (id, org_id, project_id, fleet_id, scope, scope_id, source_table, schema_hash, capture, classification, verified,
       columns, reasons, status, column_actions, bindings, mirror_id, decided_at, created_at, updated_at)
    select id, ${place.orgId}, ${place.projectId}, case scope when 'fleet' then scope_id end, scope, scope_id, name, hash, 'rows',
      case when v = 0 then 'ambiguous' when v = 4 then 'compatible_additive' else 'compatible_mapped' end, true, columns,
      case when v = 4 then jsonb_build_array(jsonb_build_object('column', 'calibrated_at', 'change', 'added', 'to', 'TEXT'))
        else '[]' end, status,
      case when status = 'approved' then ${sql.unsafe(ACTIONS)} end,
      case when status = 'approved' then ${sql.unsafe(BINDINGS)} end, mirror_id,
      case when status = 'approved' then since + interval '2 hours' end, since, since + interval '2 hours'
    from seed_entry`;
  await sql`
    update tidegate.schema_version v set registry_entry_id = e.id,
      status = case when e.v = 4 and e.status = 'rejected' then 'rejected' else v.status end
    from seed_lineage l join seed_entry e on e.scope_id = l.scope_id and e.t = l.t
    where v.lineage_id = l.id and v.schema_hash = e.hash and ${sql.unsafe(JOINED)}`;
  await seedEarlier(sql);
}

/** The versions that a third of the lineages had before. */
async function seedEarlier(sql: Sql): Promise<void> {
  const had = sql.unsafe(
    `seed_lineage l join seed_entry e on e.scope_id = l.scope_id and e.t = l.t and e.v < 2`,
  );
  const where = sql.unsafe(`${JOINED} and l.n % 3 = 1`);
  await sql`
    insert into tidegate.schema_version
      (id, lineage_id, schema_hash, classification, verified, columns, reasons, status, registry_entry_id, first_seen_at)
    select pg_temp.seed_id('earlier ' || l.n || ' ' || e.v), l.id, e.hash, 'compatible_mapped', true, e.columns, '[]',
      'approved', e.id, l.since from ${had} where ${where}`;
  await sql`
    insert into tidegate.column_binding
      (lineage_id, schema_hash, source_column_name, action, mirror_id, mirror_column_name)
    select l.id, e.hash, c ->> 'name', 'mirror', e.mirror_id, c ->> 'name'
    from ${had} cross join lateral jsonb_array_elements(e.columns) as c where ${where}`;
}

/** A review behind each decision, and an open one for each version that waits. */
export async function seedRegistryReviews(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.registry_review
      (id, org_id, project_id, fleet_id, scope, scope_id, source_table, registry_id, schema_hash, classification, reasons,
       status, action_version, claimed_by, claimed_at, column_actions, reason, decided_by, decided_at, created_at,
       updated_at)
    select pg_temp.seed_id('registry review ' || r.id), r.org_id, r.project_id, r.fleet_id, r.scope, r.scope_id,
      r.source_table, r.id, r.schema_hash, r.classification, r.reasons, state,
      case state when 'queued' then 1 when 'in_review' then 2 else 3 end, case when state <> 'queued' then u.id end,
      case when state <> 'queued' then r.created_at + interval '1 hour' end, r.column_actions,
      case when state = 'rejected' then 'The column comes with a test build; wait for the release.' end,
      case when r.status <> 'pending' then u.id end,
      case when r.status <> 'pending' then r.created_at + interval '2 hours' end, r.created_at, r.updated_at
    from tidegate.registry_entry r join seed_entry e on e.id = r.id
    join seed_person u on u.i = e.t % (select count(*) from seed_person)
    cross join lateral (select case when r.status <> 'pending' then r.status when e.t % 6 = 0 then 'in_review'
      else 'queued' end as state) as s`;
}
