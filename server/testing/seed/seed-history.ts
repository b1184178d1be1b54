// What has happened: batches taken and refused, measured values, and the audit log in the order of time.
import type { Sql } from '@/server/db/client';
import type { SeedPlace } from './seed-places';

const ROWS_PER_BATCH = 500;
const BATCHES_PER_LINEAGE = 6;

/** A ledger whose sequence ranges cover each lineage up to its watermark. */
export async function seedLedger(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.batch_ledger
      (batch_id, kind, device_id, lineage_id, schema_hash, journal_epoch, first_seq, last_seq, rows, duplicates, bytes,
       outcome, received_at)
    select pg_temp.seed_id('batch ' || n || ' ' || i), 'rows', device_id, l.id, x.current_schema_hash, l.epoch,
      first_seq, last_seq, last_seq - first_seq + 1, 0, 180 + 130 * (last_seq - first_seq + 1),
      case when last_seq <= mirrored then 'mirrored' when first_seq > mirrored then 'staged' else 'mixed' end,
      l.last_at - (l.last_at - greatest(l.since, l.last_at - interval '20 days')) * ((batches - i)::float8 / batches) as received_at
    from seed_lineage l join (select id, current_schema_hash from tidegate.lineage) x using (id)
    cross join lateral (select mirrored + staged as total) as w
    cross join lateral (select case when total > 10000 then total / ${ROWS_PER_BATCH}::int
      else least(total, ${BATCHES_PER_LINEAGE}::int) end as batches) as b
    cross join generate_series(1, batches) as i
    cross join lateral (select (i - 1) * total::bigint / batches + 1 as first_seq, i * total::bigint / batches as last_seq) as s
    order by received_at`;
}

/** `count` refused messages of two weeks, of some codes, a few of unknown devices. */
export async function seedRejectedBatches(sql: Sql, place: SeedPlace, count: number): Promise<void> {
  await sql`
    insert into tidegate.rejected_batch
      (id, org_id, project_id, device_id, topic, code, detail, path, batch_id, source_table, payload, bytes, received_at,
       retried_at, retry_outcome)
    select pg_temp.seed_id('rejected ' || i), case when known then ${place.orgId}::uuid end,
      case when known then ${place.projectId}::uuid end, case when known then l.device_id end,
      case when known then d.root_topic else 'unknown/device-' || i % 9 end || '/sync/rows/batch',
      case when known then code else 'unknown_device' end,
      case when known then detail else 'no device is registered under this topic' end, case when known then path end,
      pg_temp.seed_id('rejected batch ' || i)::text, s.name, payload, octet_length(payload), at,
      case when i % 40 = 0 then least(at + interval '1 hour', now()) end, case when i % 40 = 0 then 'rejected' end
    from generate_series(1, ${count}::int) as i
    join seed_lineage l on l.n = 1 + pg_temp.pick('rejected ' || i, (select count(*) from seed_lineage))
    join seed_table s using (t) join tidegate.device d on d.id = l.device_id
    join (values (0, 'row_count_mismatch', 'row_count is 12, but rows has 11', 'row_count'),
      (1, 'stale_batch_seq', 'batch_seq is 41, the last one taken is 52', 'batch_seq'),
      (2, 'invalid_number_encoding', 'rows[3].row.value is 1e999, which no number can hold', 'rows[3].row.value'),
      (3, 'missing_field', 'rows[0].pk is missing', 'rows[0].pk'),
      (4, 'invalid_json', 'the payload ends inside a string', null)) as c(k, code, detail, path)
      on c.k = pg_temp.pick('code ' || i, 5)
    cross join lateral (select i % 60 <> 0 as known, now() - make_interval(secs => pg_temp.pick('at ' || i, 1200000)::int) as at,
      convert_to('{"format_version":1,"source_table":"' || s.name || '","row_count":12,"rows":[]}', 'UTF8') as payload) as x`;
}

const POINTS = `(values ('temperature', 'numeric', '°C'), ('door_open', 'boolean', null), ('state', 'text', null),
  ('power', 'numeric', 'W')) as p(name, type, unit)`;

/** Four data points on every third device, each with a day of values and the newest one beside them. */
export async function seedDataPoints(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.device_data_point (id, device_id, name, value_type, unit, created_at)
    select pg_temp.seed_id('point ' || d.id || p.name), d.id, p.name, p.type, p.unit, d.created_at
    from seed_device d cross join ${sql.unsafe(POINTS)} where d.k % 3 = 0`;
  await sql`
    insert into tidegate.telemetry_data_point_value
      (device_id, data_point_id, ts, ts_nanos, value_numeric, value_boolean, value_text, version_epoch, version_seq,
       version_key)
    select p.device_id, p.id, date_trunc('hour', now()) - i * interval '1 hour', 0,
      case p.value_type when 'numeric' then round((15 + i * 7 % 11)::numeric, 1) end,
      case p.value_type when 'boolean' then i % 5 = 0 end,
      case p.value_type when 'text' then (array['ok', 'warm', 'cold'])[1 + i % 3] end, 1, 100 - i, '\\x00'
    from tidegate.device_data_point p cross join generate_series(0, 23) as i`;
  await sql`
    insert into tidegate.data_point_latest
      (data_point_id, device_id, ts, ts_nanos, value_numeric, value_boolean, value_text, version_epoch, version_seq,
       version_key)
    select distinct on (device_id, data_point_id) data_point_id, device_id, ts, ts_nanos, value_numeric, value_boolean, value_text,
      version_epoch, version_seq, version_key
    from tidegate.telemetry_data_point_value order by device_id, data_point_id, ts desc`;
}

/** The audit log; its numbers rise with time. */
export async function seedEvents(sql: Sql, place: SeedPlace): Promise<void> {
  await sql`
    create temp table seed_event as
    select 'device.registered' as kind, d.created_at as at, d.fleet_id, d.id as device_id, null::uuid as lineage_id,
      'device' as subject_kind, d.id::text as subject_id, jsonb_build_object('name', d.name) as data
    from seed_device d
    union all
    select case i % 2 when 0 then 'device.connected' else 'device.disconnected' end,
      d.created_at + (now() - d.created_at) * (0.99 - i * 0.08), d.fleet_id, d.id, null, 'device', d.id::text, '{}'
    from seed_device d cross join generate_series(1, 10) as i
    union all
    select 'edge_table_lineage.created', l.since, l.fleet_id, l.device_id, l.id, 'lineage', l.id::text,
      jsonb_build_object('device_name', l.device_name, 'source_table', s.name)
    from seed_lineage l join seed_table s using (t)
    union all
    select 'edge_schema_review.' || kind, r.at, r.fleet_id, r.device_id, r.lineage_id, 'schema_review', r.id::text,
      jsonb_build_object('source_table', r.source_table, 'schema_hash', r.schema_hash)
    from (select *, 'queued' as kind, created_at as at from tidegate.schema_review
      union all select *, 'claimed', claimed_at from tidegate.schema_review where claimed_at is not null
      union all select *, status, decided_at from tidegate.schema_review where decided_at is not null) r
    union all
    select 'edge_table_lineage.ingestion_paused', p.since, l.fleet_id, l.device_id, l.id, 'lineage', l.id::text,
      jsonb_build_object('cause', p.cause, 'detail', p.detail)
    from tidegate.pause_cause p join seed_lineage l on l.id = p.lineage_id
    union all
    select 'edge_batch.rejected', b.received_at, d.fleet_id, b.device_id, null, 'rejected_batch', b.id::text,
      jsonb_build_object('code', b.code)
    from tidegate.rejected_batch b join seed_device d on d.id = b.device_id`;
  await sql`
    insert into tidegate.event
      (id, kind, at, org_id, project_id, fleet_id, device_id, lineage_id, actor_kind, actor_id, actor_label,
       subject_kind, subject_id, data, correlation_id)
    select pg_temp.seed_id('event ' || row_number() over (order by at)), kind, at, ${place.orgId}, ${place.projectId},
      fleet_id, device_id, lineage_id, 'system', 'worker', 'worker', subject_kind, subject_id, data,
      'seed-' || row_number() over (order by at)
    from seed_event order by at`;
}
