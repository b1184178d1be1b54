// Lineages with their epochs, versions, causes and counters. Rows are staged before their lineage is written,
// so that the counters are sums over the rows that are there and never a second opinion.
import type { Sql } from '@/server/db/client';
import { FLEETS, OWN_FLEETS, partsOf, SMALL_CAP_ROWS, type SeedSizes } from './sizes';
import type { SeedPlace } from './seed-places';
import { SEED_TABLES } from './source-tables';

const DEFAULT_CAP_ROWS = 100_000;

/** `seed_table`: the source tables with the hashes and columns of their versions. */
async function planTables(sql: Sql): Promise<void> {
  const tables = SEED_TABLES.map(({ name, versions: [first, added, retyped], shared }, t) => ({
    t,
    name,
    h1: first.schemaHash,
    c1: first.columns,
    h2: added.schemaHash,
    c2: added.columns,
    h3: retyped.schemaHash,
    c3: retyped.columns,
    h4: shared.next.schemaHash,
    c4: shared.next.columns,
    before: shared.before,
    /** The column that the third version has retyped. */
    retyped: first.columns[1]?.name,
    was: first.columns[1]?.decl_type_affinity,
  }));
  await sql`
    create temp table seed_table as
    select * from json_to_recordset(${JSON.stringify(tables)}::text::json)
      as r(t int, name text, h1 text, c1 jsonb, h2 text, c2 jsonb, h3 text, c3 jsonb, h4 text, c4 jsonb, before jsonb,
        retyped text, was text)`;
}

/**
 * `seed_lineage`: what each lineage is. `part` says what happens on it, `held` and `approved` which of its
 * table's versions are held for review and in force, `mirrored` and `staged` how many rows it has where. One that
 * `waits` is held by the registry, with the others of its scope. `scope` is whose mirror it writes to.
 */
export async function planLineages(sql: Sql, sizes: SeedSizes, { projectId }: SeedPlace): Promise<void> {
  const parts = partsOf(sizes);
  await planTables(sql);
  await sql`
    create temp table seed_lineage as
    select n, pg_temp.seed_id('lineage ' || n) as id, d.id as device_id, d.name as device_name, d.fleet_id, d.k, t, part,
      held, approved, mirrored, staged, since, last_at, ms, scope,
      case scope when 'device' then d.id when 'fleet' then d.fleet_id else ${projectId}::uuid end as scope_id,
      (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-7' || substr(md5(n::text), 1, 3) || '-8'
        || substr(md5(n::text), 4, 3) || '-' || substr(md5(n::text), 7, 12))::uuid as epoch,
      ms * 16384 as ordinal,
      case when held is not null and part <> 'breaker' and part <> 'operator' then held else approved end as version
    from generate_series(1, ${sizes.lineages}::int) as n
    join seed_device d on d.k = (n - 1) % ${sizes.devices}::int + 1
    cross join lateral (select ((d.k - 1) * 7 + (n - 1) / ${sizes.devices}::int) % ${SEED_TABLES.length} as t,
      case when n = 1 then 'backlog' when n = 2 then 'large' when n <= ${parts.open} then
          case when n % 5 = 0 then 'changed' else 'first' end
        when n <= ${parts.rejected} then 'rejected' when n <= ${parts.breaker} then 'breaker'
        when n <= ${parts.operator} then 'operator' when n % 41 = 7 then 'waits' else 'active' end as part) as p
    cross join lateral (select case when part = 'large' then 'device' when d.fleet_id in
        (select pg_temp.seed_id('fleet ' || name) from unnest(${FLEETS.slice(-OWN_FLEETS)}::text[]) as name)
      then 'fleet' else 'project' end as scope) as o
    cross join lateral (select
      case when part in ('backlog', 'first') then 1 when part in ('changed', 'rejected') then 3
        when part = 'waits' then 4 end as held,
      case when part in ('backlog', 'first') then null when part = 'active' and n % 10 < 3 then 2 else 1 end as approved,
      case when part = 'large' then ${sizes.mirror}::int when part in ('backlog', 'first') then 0 else 4 end as mirrored,
      case when part = 'backlog' then ${sizes.staged}::int when part in ('active', 'large') then 0
        when d.fleet_id = pg_temp.seed_id('fleet ' || ${FLEETS[0]}::text) and part in ('first', 'changed') and n % 4 = 0
          then ${SMALL_CAP_ROWS + 50}::int
        else 5 + n % 30 end as staged) as s
    cross join lateral (select greatest(d.created_at, now() - make_interval(mins => 30 +
        pg_temp.pick('lineage age ' || n, 300000)::int)) as since) as a
    cross join lateral (select greatest(since + interval '20 minutes', case when d.connected
        then now() - make_interval(secs => pg_temp.pick('last ' || n, 3600)::int)
        else now() - make_interval(mins => 10 + pg_temp.pick('last ' || n, 20000)::int) end) as last_at) as b
    cross join lateral (select floor(extract(epoch from since) * 1000)::bigint as ms) as e
    cross join lateral (select lpad(to_hex(ms), 12, '0') as hex) as h`;
  await sql`create index on seed_lineage (t)`;
  await sql`analyze seed_lineage`;
}

/** Every staged row, by source table since each has a JSON text of its own. */
export async function seedStagedRows(sql: Sql): Promise<void> {
  for (const [t, table] of SEED_TABLES.entries()) {
    await sql`
      insert into tidegate.staged_row
        (lineage_id, epoch_ordinal, commit_seq, pk_hash, journal_epoch, schema_hash, op, pk, "row", staging_reason,
         error, error_column, error_kind, received_at, bytes)
      select l.id, l.ordinal, l.mirrored + i, substr(sha256(convert_to(pk, 'UTF8')), 1, 16), l.epoch,
        case l.version when 1 then s.h1 when 2 then s.h2 when 3 then s.h3 else s.h4 end,
        case when i % 9 = 0 then 'delete' when i % 3 = 0 then 'update' else 'insert' end, pk,
        case when i % 9 = 0 then null else body end,
        case l.part when 'breaker' then 'materialization_failed' when 'operator' then 'lineage_paused'
          else 'schema_review' end,
        case when l.part = 'breaker' then s.retyped || ' holds a value that does not fit its column' end,
        case when l.part = 'breaker' then s.retyped end, case when l.part = 'breaker' then 'not_a_number' end,
        l.last_at - (l.last_at - l.since) * ((l.staged - i)::float8 / l.staged) * 0.9,
        octet_length(pk) + case when i % 9 = 0 then 0 else octet_length(body) end
      from seed_lineage l join seed_table s using (t)
      cross join lateral generate_series(1, l.staged) as i
      cross join lateral (select '{"id":' || (l.mirrored + i)::text || '}' as pk,
        ${sql.unsafe(table.rowJson('(l.mirrored + i)::bigint'))} as body) as r
      where l.t = ${t} and l.staged > 0`;
  }
}

/** Lineages with their counters, epochs, versions and the causes that hold them. */
export async function seedLineages(sql: Sql, place: SeedPlace): Promise<void> {
  await sql`
    create temp table seed_tally as
    select lineage_id, schema_hash, count(*) as rows, sum(bytes)::bigint as bytes, min(received_at) as since,
      max(received_at) as at
    from tidegate.staged_row group by lineage_id, schema_hash`;
  await sql`
    insert into tidegate.lineage
      (id, org_id, project_id, fleet_id, device_id, source_table, current_schema_hash, last_batch_at, last_staged_at,
       last_written_at, accepted_rows, duplicate_rows, rejected_rows, staged_rows, staged_bytes, watermark_epoch, watermark_ordinal, watermark_seq,
       failure_count, last_error, last_error_at, created_at, updated_at)
    select l.id, ${place.orgId}, ${place.projectId}, l.fleet_id, l.device_id, s.name,
      case l.version when 1 then s.h1 when 2 then s.h2 when 3 then s.h3 else s.h4 end, l.last_at, y.at,
      case when l.mirrored > 0 then coalesce(y.since, l.last_at) end, l.mirrored + l.staged,
      case when n % 7 = 0 then n % 90 else 0 end, case when n % 50 = 0 then n % 12 else 0 end,
      coalesce(y.rows, 0), coalesce(y.bytes, 0), l.epoch, l.ordinal, l.mirrored + l.staged,
      case when part = 'breaker' then 5 else 0 end,
      case when part = 'breaker' then s.retyped || ': not a number' end,
      case when part = 'breaker' then l.last_at end, l.since, l.last_at
    from seed_lineage l join seed_table s using (t)
    left join (select lineage_id, sum(rows) as rows, sum(bytes) as bytes, min(since) as since, max(at) as at from seed_tally group by 1) y
      on y.lineage_id = l.id`;
  await sql`
    insert into tidegate.journal_epoch (lineage_id, epoch, ordinal, first_seen_at)
    select id, epoch, ordinal, since from seed_lineage`;
  await seedVersions(sql);
  await seedCauses(sql);
}

/** What a review says is new. */
const REASONS = `case when held = 1 then (select jsonb_agg(jsonb_build_object('column', c ->> 'name', 'change', 'first_schema',
    'to', c ->> 'decl_type_affinity')) from jsonb_array_elements(s.c1) as c)
  when held = 3 then jsonb_build_array(jsonb_build_object('column', s.retyped, 'change', 'type_changed', 'from', s.was,
    'to', 'BLOB'))
  else jsonb_build_array(jsonb_build_object('column', 'calibrated_at', 'change', 'added', 'to', 'TEXT')) end`;

async function seedVersions(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.schema_version
      (id, lineage_id, schema_hash, classification, verified, columns, reasons, status, first_seen_at)
    select pg_temp.seed_id('approved ' || n), l.id, case when approved = 1 then s.h1 else s.h2 end,
      case when n % 5 = 0 then 'ambiguous' else 'compatible_mapped' end, true,
      case when approved = 1 then s.c1 else s.c2 end, '[]', 'approved', l.since
    from seed_lineage l join seed_table s using (t) where approved is not null`;
  await sql`
    insert into tidegate.schema_version
      (id, lineage_id, schema_hash, classification, verified, columns, reasons, status, first_seen_at)
    select pg_temp.seed_id('held ' || n), l.id, case held when 1 then s.h1 when 3 then s.h3 else s.h4 end,
      case held when 1 then 'ambiguous' when 3 then 'breaking' else 'compatible_additive' end, true,
      case held when 1 then s.c1 when 3 then s.c3 else s.c4 end,
      ${sql.unsafe(REASONS)}, case when part = 'rejected' then 'rejected' else 'pending' end, l.since + interval '10 minutes'
    from seed_lineage l join seed_table s using (t) where held is not null`;
  await sql`
    update tidegate.schema_version v set staged_rows = y.rows, staged_bytes = y.bytes
    from seed_tally y where y.lineage_id = v.lineage_id and y.schema_hash = v.schema_hash`;
}

async function seedCauses(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.pause_cause (lineage_id, cause, since, detail)
    select id, 'schema_review', since + interval '10 minutes', case part when 'rejected'
      then 'the schema was rejected' else 'the schema waits for a decision' end
    from seed_lineage where held is not null
    union all
    select id, 'circuit_breaker', last_at, '5 batches in a row had rows that cannot be written'
    from seed_lineage where part = 'breaker'
    union all
    select id, 'operator', last_at, (array['maintenance window', 'sensor is being replaced', 'waiting for the plant'])[1 + n % 3]
    from seed_lineage where part = 'operator'
    union all
    select l.id, 'backpressure', l.last_at, l.staged_rows || ' rows are staged; the cap is ' || cap || ' rows.'
    from (select x.id, x.last_batch_at as last_at, x.staged_rows, case when f.name = ${FLEETS[0]}::text
            then ${SMALL_CAP_ROWS}::int else ${DEFAULT_CAP_ROWS}::int end as cap
          from tidegate.lineage x join tidegate.fleet f on f.id = x.fleet_id) l
    where l.staged_rows > cap`;
}
