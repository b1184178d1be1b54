import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { STAGED_BYTES_MAX_DEFAULT } from '@/server/protocol/limits';
import { makeLineage, makeReview } from '@/server/testing/lineages';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { uuidV4 } from '@/server/lib/uuid';
import { listControls } from '../control/list-controls';
import { listReviews } from '../governance/list-reviews';
import { listLineages } from '../lineages/list-lineages';
import { listReviewQueue } from '../registry/review-queue';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  place = await makeTenancy(db);
});
const at = () => ({ ctx: place.people.viewer.ctx, projectId: place.projectId });

describe('lineages', () => {
  it('derives the status from the pause causes and says how far the device got', async () => {
    const active = await makeLineage(db, place);
    const held = await makeLineage(db, place);
    await makeReview(db, place, held);
    await db.sql`
      insert into tidegate.pause_cause (lineage_id, cause, since, detail)
      values (${held.lineageId}, 'operator', now(), 'maintenance')`;
    const control = uuidV4();
    await db.sql`
      insert into tidegate.control (id, device_id, lineage_id, control_kind, next_send_at, sent_at)
      values (${control}, ${held.deviceId}, ${held.lineageId}, 'pause_lineage', now(), now())`;

    const paused = await listLineages({ ...at(), input: { status: 'paused' } });
    expect(paused.items.map(({ id }) => id)).toEqual([held.lineageId]);
    expect(paused.items[0]?.pause_causes).toMatchObject([
      { cause: 'schema_review', device_told: false },
      { cause: 'operator', device_told: true, acknowledged_at: null },
    ]);
    const running = await listLineages({ ...at(), input: { status: 'active' } });
    expect(running.items.map(({ id, status }) => [id, status])).toEqual([[active.lineageId, 'active']]);
    const operator = await listLineages({ ...at(), input: { pause_cause: 'operator' } });
    expect(operator.meta.total_items).toBe(1);
    expect((await listControls({ ...at(), input: { status: 'pending' } })).items).toMatchObject([
      { control_id: control, attempts: 0 },
    ]);
    expect((await listControls({ ...at(), input: { status: 'acknowledged' } })).items).toEqual([]);
  });

  it('says how much may be staged: by the fleet, else the project, else what is usual', async () => {
    const capsOf = async () => {
      const { items } = await listLineages({ ...at(), input: {} });
      return items.map((one) => [one.staged_rows_max, one.staged_bytes_max]);
    };
    const set = (scope: string, id: string, fields: Record<string, unknown>) =>
      db.sql`insert into tidegate.policy (scope, scope_id, fields)
             values (${scope}, ${id}, ${JSON.stringify(fields)}::text::jsonb)`;
    await makeLineage(db, place);
    expect(await capsOf()).toEqual([[100_000, STAGED_BYTES_MAX_DEFAULT]]);
    await set('project', place.projectId, {
      max_pending_rows_per_lineage: 500,
      max_pending_bytes_per_lineage: 10_000_000,
    });
    expect(await capsOf()).toEqual([[500, 10_000_000]]);
    await set('fleet', place.fleetId, { max_pending_rows_per_lineage: 70 });
    expect(await capsOf()).toEqual([[70, 10_000_000]]);
    await db.sql`update tidegate.policy set fields = '{"max_pending_rows_per_lineage": "many"}' where scope = 'fleet'`;
    expect(await capsOf()).toEqual([[500, 10_000_000]]);
  });

  it('walks every order by cursor without skipping or repeating, equal keys too', async () => {
    for (let i = 0; i < 7; i++) await makeLineage(db, place, { stagedRows: i % 3 });
    await db.sql`
      update tidegate.lineage set last_error = 'x', last_error_at = date_trunc('hour', now())
      where project_id = ${place.projectId}`;
    const sorts = [
      'last_batch_at',
      'source_table',
      'device_name',
      'staged_row_count',
      'last_error_at',
    ] as const;
    for (const sort of sorts.flatMap((name) => [name, `-${name}`] as const)) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listLineages({
          ...at(),
          input: { sort, limit: 2, ...(cursor ? { cursor } : {}) },
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.meta.next_cursor ?? undefined;
      } while (cursor !== undefined);
      const whole = await listLineages({ ...at(), input: { sort } });
      expect(seen).toEqual(whole.items.map(({ id }) => id));
      expect(new Set(seen).size).toBe(7);
    }
    const page = await listLineages({ ...at(), input: { limit: 2 } });
    await expect(
      listLineages({ ...at(), input: { sort: 'source_table', cursor: page.meta.next_cursor ?? '' } }),
    ).rejects.toMatchObject({ status: 400, code: 'invalid_cursor' });
  });

  it('refuses a device by name with the UUID that it has', async () => {
    const { deviceId, deviceName } = await makeLineage(db, place);
    for (const list of [listLineages, listReviews, listControls]) {
      await expect(list({ ...at(), input: { device_id: deviceName } })).rejects.toMatchObject({
        status: 400,
        code: 'device_id_is_a_name',
        detail: expect.stringContaining(deviceId),
      });
    }
    expect((await listLineages({ ...at(), input: { device_id: deviceId } })).meta.total_items).toBe(1);
  });
});

describe('reviews', () => {
  it('lists what waits with its device and filters it', async () => {
    const first = await makeLineage(db, place, { stagedRows: 3 });
    const id = await makeReview(db, place, first);
    const all = await listReviews({ ...at(), input: {} });
    expect(all.items).toMatchObject([
      { id, device_name: first.deviceName, staged_row_count: 3, verified: true, claimed_by_name: null },
    ]);
    const none = await listReviews({ ...at(), input: { status: 'approved' } });
    expect(none.items).toEqual([]);
    expect((await listReviews({ ...at(), input: { status: 'open' } })).items).toHaveLength(1);
    await db.sql`update tidegate.schema_review set status = 'in_review' where id = ${id}`;
    expect((await listReviews({ ...at(), input: { status: 'open' } })).items).toHaveLength(1);
    await db.sql`update tidegate.schema_review set status = 'rejected' where id = ${id}`;
    expect((await listReviews({ ...at(), input: { status: 'open' } })).items).toEqual([]);
    const hash = all.items[0]?.schema_hash ?? '';
    for (const q of [first.deviceName, id, id.slice(0, 8), hash, hash.slice(3, 40).toUpperCase()])
      for (const list of [listReviews, listReviewQueue])
        expect((await list({ ...at(), input: { q } })).items, q).toHaveLength(1);
    for (const q of ['nothing', '%', `${hash}0`])
      expect((await listReviews({ ...at(), input: { q } })).items, q).toEqual([]);
  });
});

describe('a stranger', () => {
  it('finds neither the project nor anything of it through their own', async () => {
    const made = await makeLineage(db, place);
    await makeReview(db, place, made);
    const { ctx, projectId } = place.stranger;
    for (const list of [listLineages, listReviews, listControls]) {
      await expect(list({ ctx, projectId: place.projectId, input: {} })).rejects.toMatchObject({
        status: 404,
        code: 'project_not_found',
      });
      expect((await list({ ctx, projectId, input: {} })).items).toEqual([]);
      expect((await list({ ctx, projectId, input: { device_id: made.deviceId } })).items).toEqual([]);
    }
  });
});
