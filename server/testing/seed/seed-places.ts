// Fleets, devices and operators of a seeded database. A device's id follows from its name: that is how the
// next seed knows that every device is its own, and refuses to clear anybody else's.
import type { Db, Sql } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { ensureDefaultPlaces } from '@/server/engine/auth/default-installation';
import { hashPassword } from '@/server/lib/password';
import { randomSecret } from '@/server/engine/auth/token-secret';
import { FLEETS, OWN_FLEETS, SMALL_CAP_ROWS, type SeedSizes } from './sizes';

export interface SeedPlace {
  orgId: string;
  projectId: string;
}

const OPERATORS = ['Ada Novak', 'Bela Sand', 'Chidi Okoro', 'Dana Levi'];

/** Session functions: a UUID that follows from a text, and a number below `n` that does. */
export async function createSeedFunctions(sql: Sql): Promise<void> {
  await sql`
    create function pg_temp.seed_id(name text) returns uuid immutable parallel safe language sql as $$
      select overlay(overlay(md5('tidegate seed ' || name) placing '4' from 13) placing '8' from 17)::uuid $$`;
  await sql`
    create function pg_temp.pick(name text, n bigint) returns bigint immutable parallel safe language sql as $$
      select (hashtextextended(name, 0) & 4611686018427387903) % n $$`;
}

/** Throws a sentence where the database has devices that no seed has made. */
export async function refuseForeignDevices(sql: Sql): Promise<void> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.device where id <> pg_temp.seed_id('device ' || name)`;
  if ((row?.n ?? 0) === 0) return;
  throw new Error(
    `This database has ${row?.n ?? 0} devices that are not from a seed. A seed replaces everything: use an empty database.`,
  );
}

/** Takes away what an earlier seed has made. */
export async function clearSeed({ sql }: Db): Promise<void> {
  const mirrors = await sql<{ table_name: string }[]>`select table_name from tidegate.mirror`;
  for (const { table_name: name } of mirrors) await sql.unsafe(`drop table if exists ${mirrorTable(name)}`);
  await sql`
    truncate tidegate.device, tidegate.mirror, tidegate.staged_row, tidegate.rejected_batch, tidegate.event,
      tidegate.telemetry_data_point_value, tidegate.registry_entry, tidegate.consolidation cascade`;
  await sql`delete from tidegate.fleet where id in (select pg_temp.seed_id('fleet ' || name))`;
}

/** Project, fleets, their policy, people, and `devices` devices, nearly all of them connected. */
export async function seedPlaces(db: Db, { devices }: SeedSizes): Promise<SeedPlace> {
  const { sql } = db;
  const { orgId, projectId } = await ensureDefaultPlaces(db);
  await sql`
    insert into tidegate.fleet (id, project_id, name, created_at)
    select pg_temp.seed_id('fleet ' || name), ${projectId}, name, now() - interval '400 days'
    from unnest(${[...FLEETS]}::text[]) as name`;
  await sql`
    insert into tidegate.policy (scope, scope_id, fields)
    select 'project', ${projectId}::uuid, jsonb_build_object('schema_coalescing_mode', 'project')
    union all
    select 'fleet', pg_temp.seed_id('fleet ' || ${FLEETS[0]}::text),
      jsonb_build_object('max_pending_rows_per_lineage', ${SMALL_CAP_ROWS}::int)
    union all
    select 'fleet', pg_temp.seed_id('fleet ' || name), jsonb_build_object('schema_coalescing_mode', 'fleet')
    from unnest(${FLEETS.slice(-OWN_FLEETS)}::text[]) as name
    on conflict (scope, scope_id) do update set fields = excluded.fields`;
  await sql`
    insert into tidegate.app_user (id, email, name)
    select pg_temp.seed_id('user ' || name), lower(replace(name, ' ', '.')) || '@plant.example', name
    from unnest(${OPERATORS}::text[]) as name on conflict do nothing`;
  await sql`
    insert into tidegate.membership (user_id, org_id, role)
    select pg_temp.seed_id('user ' || name), ${orgId}, 'operator' from unnest(${OPERATORS}::text[]) as name
    on conflict do nothing`;
  await seedDevices(sql, { orgId, projectId }, devices);
  return { orgId, projectId };
}

/** The first fleets are twice as large as the others. */
async function seedDevices(sql: Sql, { orgId, projectId }: SeedPlace, devices: number): Promise<void> {
  const passwordHash = await hashPassword(randomSecret(24));
  await sql`
    create temp table seed_device as
    select k, fleet_name || '-' || lpad(k::text, 5, '0') as name,
      pg_temp.seed_id('device ' || fleet_name || '-' || lpad(k::text, 5, '0')) as id,
      pg_temp.seed_id('fleet ' || fleet) as fleet_id,
      now() - make_interval(mins => 60 + pg_temp.pick('age ' || k, 500000)::int) as created_at,
      pg_temp.pick('connected ' || k, 100) < 93 as connected
    from generate_series(1, ${devices}::int) as k
    cross join lateral (select (${[...FLEETS]}::text[])[1 + k % 16 % ${FLEETS.length}] as fleet) as f
    cross join lateral (select lower(replace(fleet, ' ', '-')) as fleet_name) as n`;
  await sql`
    insert into tidegate.device
      (id, org_id, project_id, fleet_id, name, root_topic, connected, connected_at, last_seen_at, created_at)
    select d.id, ${orgId}, ${projectId}, d.fleet_id, d.name, coalesce(p.topic_slug, '') || '/' || d.name, d.connected,
      greatest(d.created_at, seen - interval '3 hours'), greatest(d.created_at, seen), d.created_at
    from seed_device d join tidegate.project p on p.id = ${projectId}
    cross join lateral (select case when d.connected then now() - make_interval(secs => k % 40)
      else now() - make_interval(mins => 10 + pg_temp.pick('seen ' || k, 20000)::int) end as seen) as s`;
  await sql`
    insert into tidegate.device_credential (device_id, username, password_hash, created_at)
    select id, root_topic, ${passwordHash}, created_at from tidegate.device`;
  await sql`create index on seed_device (k)`;
  await sql`analyze seed_device`;
}
