// A bulk approval under workers that are killed: in the middle of an item, and wherever it happens to be.
import { afterEach, expect, it } from 'vitest';
import { startBulk } from '@/server/engine/bulk/change-bulk';
import { getBulkJob } from '@/server/engine/bulk/list-bulk';
import { previewBulk } from '@/server/engine/bulk/preview-bulk';
import { DEVICE_STATE, makeDevicesIn, put } from '@/server/testing/engine';
import { live, LONG } from '@/server/testing/live';
import { makeTenancy } from '@/server/testing/tenancy';

const DEVICES = 12;

const place = live();
afterEach(() => place.killWorkers());

/** A job that has been started over a review of each of the devices. */
async function startedJob() {
  const tenancy = await makeTenancy(place.db);
  for (const device of await makeDevicesIn(place.db, tenancy, DEVICES, 'pump'))
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const at = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId };
  const { id } = await previewBulk({ ...at, input: { action: 'approve', filter: { status: 'open' } } });
  const target = { ...at, bulkJobId: id };
  await startBulk({ ...target, input: { expected_items: DEVICES } });
  return { id, projectId: tenancy.projectId, now: () => getBulkJob(target) };
}

/** How many of the project's reviews have each status. */
const statuses = async (projectId: string) =>
  Object.fromEntries(
    (
      await place.db.sql<{ status: string; n: number }[]>`
        select status, count(*)::int as n from tidegate.schema_review where project_id = ${projectId} group by status`
    ).map(({ status, n }) => [status, n]),
  );

/** Items whose result is not what became of their review, in one snapshot. */
const torn = async (jobId: string) => [
  ...(await place.db.sql`
    select i.position, i.status, r.status as review
    from tidegate.bulk_job_item i join tidegate.schema_review r on r.id = i.subject_id
    where i.job_id = ${jobId} and r.status <> case i.status when 'done' then 'approved' else 'queued' end`),
];

const waitsForLock = async (): Promise<boolean> => {
  const rows = await place.db.sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length > 0;
};

it('does each item once, whole or not at all, however often its worker is killed', async () => {
  const job = await startedJob();
  // An approval claims first and then writes the mirror: it is held between the two, and its worker killed there.
  await place.db.transaction(async ({ sql }) => {
    await sql`lock table tidegate.mirror in exclusive mode`;
    const first = place.startWorker();
    await expect.poll(waitsForLock, LONG).toBe(true);
    await first.kill();
    expect(await job.now()).toMatchObject({ status: 'running', done_items: 0, pending_items: DEVICES });
    expect(await statuses(job.projectId)).toEqual({ queued: DEVICES });
  });
  const second = place.startWorker();
  await expect.poll(async () => (await job.now()).done_items, LONG).toBeGreaterThan(2);
  await second.kill();
  expect(await torn(job.id)).toEqual([]);
  place.startWorker();
  await expect.poll(async () => (await job.now()).status, LONG).toBe('completed');
  expect(await job.now()).toMatchObject({ done_items: DEVICES, failed_items: 0, pending_items: 0 });
  const events = await place.db.sql<{ kind: string; n: number; reviews: number }[]>`
    select kind, count(*)::int as n, count(distinct subject_id)::int as reviews from tidegate.event
    where correlation_id = ${job.id} and kind in ('edge_schema_review.claimed', 'edge_schema_review.approved')
    group by kind order by kind`;
  expect([...events]).toEqual([
    { kind: 'edge_schema_review.approved', n: DEVICES, reviews: DEVICES },
    { kind: 'edge_schema_review.claimed', n: DEVICES, reviews: DEVICES },
  ]);
  expect(await statuses(job.projectId)).toEqual({ approved: DEVICES });
});
