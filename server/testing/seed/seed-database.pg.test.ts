import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { systemClock } from '@/server/lib/clock';
import { parseExactJson } from '@/server/protocol/exact-json';
import { pkHashOf } from '@/server/protocol/canonical-json';
import { createTestDatabase, type TestDatabase } from '../database';
import { sweep } from '@/server/worker/sweep';
import { seedDatabase } from './seed-database';

const SIZES = { devices: 40, lineages: 400, reviews: 40, staged: 600, mirror: 900 };

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  await seedDatabase(db, SIZES);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const numberOf = async (text: string): Promise<number> => {
  const [row] = await db.root.unsafe<{ n: string }[]>(`select count(*) as n from ${text}`);
  return Number(row?.n);
};

it('makes what was asked for', async () => {
  expect(await numberOf('tidegate.device')).toBe(SIZES.devices);
  expect(await numberOf('tidegate.lineage')).toBe(SIZES.lineages);
  for (const status of ['approved', 'pending', 'rejected'])
    expect(await numberOf(`tidegate.registry_entry where status = '${status}'`)).toBeGreaterThan(0);
  expect(await numberOf("tidegate.schema_review where status in ('queued', 'in_review')")).toBe(
    SIZES.reviews,
  );
  const [large] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope = 'device'`;
  expect(await numberOf(mirrorTable(large?.table_name ?? ''))).toBe(SIZES.mirror);
  const [most] = await db.sql<{ staged_rows: string }[]>`
    select staged_rows from tidegate.lineage order by staged_rows desc limit 1`;
  expect(Number(most?.staged_rows)).toBe(SIZES.staged);
});

/** Each finds what would be wrong. */
const WRONG = {
  'a lineage whose counters are not its staged rows': `
    tidegate.lineage l left join (select lineage_id, count(*) as n, sum(bytes) as b from tidegate.staged_row group by 1) s
      on s.lineage_id = l.id
    where l.staged_rows <> coalesce(s.n, 0) or l.staged_bytes <> coalesce(s.b, 0)`,
  'a version whose counters are not its staged rows': `
    tidegate.schema_version v left join
      (select lineage_id, schema_hash, count(*) as n, sum(bytes) as b from tidegate.staged_row group by 1, 2) s
      using (lineage_id, schema_hash)
    where v.staged_rows <> coalesce(s.n, 0) or v.staged_bytes <> coalesce(s.b, 0)`,
  'staged bytes that are not the row': `
    tidegate.staged_row where bytes <> octet_length(pk) + coalesce(octet_length("row"), 0)`,
  'a staged row of a schema that the lineage does not have': `
    tidegate.staged_row s where not exists (select from tidegate.schema_version v
      where v.lineage_id = s.lineage_id and v.schema_hash = s.schema_hash)`,
  'a row above the watermark': `
    tidegate.staged_row s join tidegate.lineage l on l.id = s.lineage_id
    where s.epoch_ordinal <> l.watermark_ordinal or s.commit_seq > l.watermark_seq`,
  'an open review without a pending version and its cause': `
    tidegate.schema_review r join tidegate.schema_version v on v.id = r.schema_version_id
    where r.status in ('queued', 'in_review') and (v.status <> 'pending' or not exists (
      select from tidegate.pause_cause p where p.lineage_id = r.lineage_id and p.cause = 'schema_review'))`,
  'a pending version without an open review': `
    tidegate.schema_version v where v.status = 'pending' and not exists (select from tidegate.schema_review r
      where r.schema_version_id = v.id and r.status in ('queued', 'in_review'))
      and not exists (select from tidegate.registry_review q
        where q.registry_id = v.registry_entry_id and q.status in ('queued', 'in_review'))`,
  'a version that its entry does not decide': `
    tidegate.schema_version v join tidegate.lineage l on l.id = v.lineage_id
    join tidegate.registry_entry e on e.id = v.registry_entry_id
    where (e.schema_hash, e.source_table, e.status, e.scope_id) <> (v.schema_hash, l.source_table, v.status, case e.scope when 'fleet' then l.fleet_id else l.project_id end)`,
  'an undecided entry without an open review, or a decided one with it': `
    tidegate.registry_entry e where (e.status = 'pending') <> exists (select from tidegate.registry_review q
      where q.registry_id = e.id and q.status in ('queued', 'in_review'))`,
  'a claim that does not fit the status': `
    tidegate.schema_review where (status = 'queued') <> (claimed_by is null)`,
  'an approved version that nothing binds': `
    tidegate.schema_version v where v.status = 'approved' and not exists (select from tidegate.column_binding b
      where b.lineage_id = v.lineage_id and b.schema_hash = v.schema_hash)`,
  'a binding to a column that the mirror lacks': `
    tidegate.column_binding b where not exists (select from tidegate.mirror_column c
      where c.mirror_id = b.mirror_id and c.name = b.mirror_column_name)`,
  'a cause that tells the device, without a control': `
    tidegate.pause_cause p where cause <> 'schema_review' and not exists (select from tidegate.control c
      where c.lineage_id = p.lineage_id and c.control_kind = 'pause_lineage')`,
  'a breaker without failed rows': `
    tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id where p.cause = 'circuit_breaker'
      and (l.failure_count < 5 or not exists (select from tidegate.staged_row s
        where s.lineage_id = l.id and s.staging_reason = 'materialization_failed'))`,
  'a time in the future, or before its beginning': `
    tidegate.lineage where last_batch_at > now() or last_batch_at < created_at`,
  'an event out of the order of time': `
    (select at < lag(at) over (order by seq) as wrong from tidegate.event) e where wrong`,
  'a ledger with a gap': `
    (select first_seq - 1 <> coalesce(lag(last_seq) over (partition by lineage_id order by last_seq), 0) as wrong
     from tidegate.batch_ledger) b where wrong`,
  'a newest value that is not the newest': `
    tidegate.data_point_latest p where ts <> (select max(ts) from tidegate.telemetry_data_point_value v
      where v.device_id = p.device_id and v.data_point_id = p.data_point_id)`,
};

it.each(Object.entries(WRONG))('has not %s', async (_, query) => {
  expect(await numberOf(query)).toBe(0);
});

it('accepts as many rows as are mirrored and staged', async () => {
  const mirrors = await db.sql<{ table_name: string }[]>`select table_name from tidegate.mirror`;
  let mirrored = 0;
  for (const { table_name: name } of mirrors) mirrored += await numberOf(mirrorTable(name));
  const [sums] = await db.sql<{ accepted: number; staged: number }[]>`
    select sum(accepted_rows)::int as accepted, sum(staged_rows)::int as staged from tidegate.lineage`;
  expect(sums?.accepted).toBe(mirrored + (sums?.staged ?? 0));
});

it('names keys as a device does', async () => {
  const rows = await db.sql<{ pk: string; row: string | null; hash: string }[]>`
    select pk, "row", encode(pk_hash, 'hex') as hash from tidegate.staged_row`;
  for (const { pk, row, hash } of rows) {
    const key = parseExactJson(pk);
    if (key === null || typeof key !== 'object' || key.kind !== 'object') throw new Error(pk);
    expect(pkHashOf(key).toString('hex')).toBe(hash);
    if (row !== null) expect(() => JSON.parse(row) as unknown).not.toThrow();
  }
});

it('has nothing that a sweep would change', async () => {
  const causes = () => db.sql`select lineage_id, cause, detail from tidegate.pause_cause order by 1, 2`;
  const held = (rows: Awaited<ReturnType<typeof causes>>) =>
    rows.map((row) => [String(row['lineage_id']), String(row['cause'])]);
  const before = held(await causes());
  expect(before.some(([, cause]) => cause === 'backpressure')).toBe(true);
  await sweep(db, systemClock);
  expect(held(await causes())).toEqual(before);
});

it('replaces an earlier seed, and refuses a database with devices of others', async () => {
  await seedDatabase(db, { ...SIZES, devices: 30, lineages: 150 });
  expect(await numberOf('tidegate.device')).toBe(30);
  expect(await numberOf('tidegate.lineage')).toBe(150);
  await db.sql`update tidegate.device set name = 'somebody-elses' where id = (select id from tidegate.device limit 1)`;
  await expect(seedDatabase(db, SIZES)).rejects.toThrow('1 devices that are not from a seed');
  expect(await numberOf('tidegate.device')).toBe(30);
});
