// Reviews, controls and replays that fit the lineages: an open review for each version that waits, a pause for
// each cause that pauses devices, a completed replay behind each approval.
import type { Sql } from '@/server/db/client';
import type { SeedPlace } from './seed-places';

/** One decision per mirrored column, as an approval records it. */
const MIRROR_ALL = `(select jsonb_agg(jsonb_build_object('source_column_name', c ->> 'name', 'action', 'mirror')) from
  jsonb_array_elements(v.columns) as c)`;

/** Open, approved and rejected reviews. */
export async function seedReviews(sql: Sql, place: SeedPlace): Promise<void> {
  await sql`create temp table seed_person as
    select id, row_number() over (order by id) - 1 as i from tidegate.app_user
    where id in (select user_id from tidegate.membership where org_id = ${place.orgId} and role = 'operator')`;
  await sql`
    insert into tidegate.schema_review
      (id, org_id, project_id, fleet_id, device_id, lineage_id, schema_version_id, source_table, schema_hash,
       classification, reasons, status, action_version, claimed_by, claimed_at, column_actions, reason, decided_by,
       decided_at, created_at, updated_at)
    select pg_temp.seed_id('review ' || v.id), ${place.orgId}, ${place.projectId}, l.fleet_id, l.device_id, l.id, v.id,
      s.name, v.schema_hash, v.classification, v.reasons, state, case when state = 'queued' then 1 when
      state = 'in_review' then 2 else 3 end, case when state <> 'queued' then u.id end,
      case when state <> 'queued' then claimed end, case when state = 'approved' then ${sql.unsafe(MIRROR_ALL)} end,
      case when state = 'rejected' then 'The column was retyped by mistake; wait for the next firmware.' end,
      case when state in ('approved', 'rejected') then u.id end,
      case when state in ('approved', 'rejected') then claimed + interval '4 minutes' end, v.first_seen_at,
      case when state = 'queued' then v.first_seen_at when state = 'in_review' then claimed
        else claimed + interval '4 minutes' end
    from seed_lineage l join seed_table s using (t) join tidegate.schema_version v on v.lineage_id = l.id
    join seed_person u on u.i = l.n % (select count(*) from seed_person)
    cross join lateral (select case v.status when 'pending' then case when n % 8 = 0 then 'in_review' else 'queued' end
      when 'approved' then 'approved' else 'rejected' end as state) as r
    cross join lateral (select least(v.first_seen_at + make_interval(mins => 1 + n % 900), l.last_at)
      as claimed) as c
    where v.registry_entry_id is null and (v.status in ('pending', 'rejected') or n % 5 = 0)`;
  await sql`
    insert into tidegate.replay_intent
      (id, lineage_id, review_id, action_kind, action_version, status, total_rows, done_rows, not_before, started_at,
       finished_at, created_at, updated_at)
    select pg_temp.seed_id('replay ' || r.id), r.lineage_id, r.id, 'approve', r.action_version, 'completed', n, n,
      r.decided_at, r.decided_at, r.decided_at + interval '2 seconds', r.decided_at, r.decided_at + interval '2 seconds'
    from tidegate.schema_review r cross join lateral (select pg_temp.pick('replay ' || r.id, 4) as n) as x
    where r.status = 'approved'`;
}

/** A pause for each lineage whose device was told, most of them acknowledged, and pauses that are history. */
export async function seedControls(sql: Sql): Promise<void> {
  await sql`
    insert into tidegate.control
      (id, device_id, lineage_id, source_table, control_kind, server_watermark, reason, attempts, created_at, sent_at,
       next_send_at, acknowledged_at)
    select pg_temp.seed_id('pause ' || l.id), l.device_id, l.id, l.source_table, 'pause_lineage', l.watermark_seq,
      p.cause || ': ' || p.detail, case when d.connected then 1 else 6 end, p.since, p.since + interval '1 second',
      p.since + interval '1 hour', case when d.connected then p.since + interval '2 seconds' end
    from (select distinct on (lineage_id) * from tidegate.pause_cause where cause <> 'schema_review'
          order by lineage_id, since) p
    join tidegate.lineage l on l.id = p.lineage_id join tidegate.device d on d.id = l.device_id`;
  await sql`
    insert into tidegate.control
      (id, device_id, lineage_id, source_table, control_kind, server_watermark, reason, attempts, created_at, sent_at,
       next_send_at, acknowledged_at)
    select pg_temp.seed_id(kind || i || l.id), l.device_id, l.id, l.source_table, kind, l.watermark_seq,
      case kind when 'pause_lineage' then 'operator: maintenance window' end, 1, at, at, at + interval '1 minute',
      at + interval '1 second'
    from seed_lineage s join tidegate.lineage l on l.id = s.id
    cross join generate_series(1, 3) as i cross join (values ('pause_lineage', 0), ('resume_lineage', 1)) as k(kind, later)
    cross join lateral (select s.since + (s.last_at - s.since) * (i * 0.2 + later * 0.1) as at) as a
    where s.part = 'active' and s.n % 10 = 0`;
}
