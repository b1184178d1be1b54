// The circuit breaker on the wire: when it opens, what is in the mirror then, and how it is closed.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Remedy } from '@/server/contract/rows';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { pauseLineage } from '@/server/engine/staging/pause-lineage';
import { postResetMaterialization } from '@/server/http/routes/lineages';
import { approveNewest, DEVICE_STATE, mirrorRowsOf, put } from '@/server/testing/engine';
import { call, testHost, type Reply } from '@/server/testing/http';
import { live, LONG } from '@/server/testing/live';
import { approvedLiveDevice, liveDevice, type LiveDevice } from '@/server/testing/live-device';

const place = live();
beforeAll(() => void place.startWorker());

const good = (seq: number) => put(seq, { id: seq, mode: 'good', setpoint: seq });
const bad = (seq: number) => put(seq, { id: seq, mode: 'bad', setpoint: 'warm' });
/** A batch with one row that can be written and one that cannot: seqs `seq` and `seq + 1`. */
const mixed = (device: LiveDevice, seq: number) => device.batch([good(seq), bad(seq + 1)]);

async function reset(device: LiveDevice): Promise<Reply> {
  return call(testHost(place.db), postResetMaterialization, {
    token: device.tenancy.people.operator.token,
    params: { project_id: device.tenancy.projectId, lineage_id: (await device.lineage()).id },
  });
}

/** Waits until every replay of the device has ended or is held. */
const replayed = (device: LiveDevice) =>
  expect
    .poll(async () => {
      const open = await place.db.sql`
        select from tidegate.replay_intent i join tidegate.lineage l on l.id = i.lineage_id
        where l.device_id = ${device.id} and i.status in ('pending', 'running') and i.not_before <= now()`;
      return open.length;
    }, LONG)
    .toBe(0);

/** Sends the only group of failed rows on. */
async function sendOn(device: LiveDevice, remedy: Remedy): Promise<void> {
  const { id: lineageId } = await device.lineage();
  const target = { ctx: device.operator, projectId: device.tenancy.projectId, lineageId };
  const [group] = await listFailures(target);
  await retryFailures({ ...target, groupId: group?.id ?? '', input: { remedy } });
}

const ids = async (device: LiveDevice): Promise<unknown[]> =>
  (await mirrorRowsOf(place.db, device.id)).map((row) => row['id']).sort((a, b) => Number(a) - Number(b));

const setPolicy = (device: LiveDevice, fields: Record<string, number>) => place.db.sql`
  insert into tidegate.policy (scope, scope_id, fields)
  values ('project', ${device.tenancy.projectId}, ${JSON.stringify(fields)}::text::jsonb)
  on conflict (scope, scope_id) do update set fields = excluded.fields`;

describe('the circuit breaker', () => {
  it('opens at the fifth batch in a row, pauses the device, and closes by a reset that resumes it', async () => {
    const device = await approvedLiveDevice(place, 'breaker');
    await device.deliver(...[10, 20, 30, 40].map((seq) => mixed(device, seq)));
    expect(await device.lineage()).toMatchObject({ failures: 4, causes: [], staged: 4 });
    await device.deliver(mixed(device, 50));
    expect(await device.lineage()).toMatchObject({ failures: 5, causes: ['circuit_breaker'], staged: 5 });
    // One bad row holds up nothing of its batch.
    expect(await ids(device)).toEqual([0, 10, 20, 30, 40, 50]);

    await expect.poll(() => device.controls(), LONG).toHaveLength(1);
    const [pause] = device.controls();
    expect(pause).toMatchObject({
      control_kind: 'pause_lineage',
      source_table: 'device_state',
      server_watermark: 51,
      reason: expect.stringContaining('setpoint: not a number'),
    });
    await device.acknowledge(pause?.['control_id']);

    // What arrives while it is open waits, good or bad.
    await device.deliver(device.batch([good(60), good(61)]));
    expect(await device.lineage()).toMatchObject({ staged: 7, causes: ['circuit_breaker'] });
    expect(await ids(device)).not.toContain(60);

    const reply = await reset(device);
    expect(reply.json.data).toMatchObject({ status: 'active', resumed: true, staged_row_count: 7 });
    await expect.poll(() => device.controls(), LONG).toHaveLength(2);
    expect(device.controls()[1]).toMatchObject({ control_kind: 'resume_lineage', server_watermark: 61 });
    await expect.poll(async () => (await device.lineage()).staged, LONG).toBe(5);
    await replayed(device);
    expect(await ids(device)).toEqual([0, 10, 20, 30, 40, 50, 60, 61]);
    expect(await device.lineage()).toMatchObject({ failures: 0, causes: [], staged: 5 });
  });

  it('counts only batches in a row: a clean one in between begins anew', async () => {
    const device = await approvedLiveDevice(place, 'breaker-clean');
    await device.deliver(...[10, 20, 30, 40].map((seq) => mixed(device, seq)));
    await device.deliver(device.batch([good(50)]));
    expect(await device.lineage()).toMatchObject({ failures: 0 });
    await device.deliver(...[60, 70, 80, 90].map((seq) => mixed(device, seq)));
    expect(await device.lineage()).toMatchObject({ failures: 4, causes: [] });
    await device.deliver(mixed(device, 100));
    expect(await device.lineage()).toMatchObject({ failures: 5, causes: ['circuit_breaker'] });
  });

  it('counts no batch twice: neither a failing nor a clean one that is delivered again', async () => {
    const device = await approvedLiveDevice(place, 'breaker-repeat');
    const clean = device.batch([good(5)]);
    const failing = mixed(device, 10);
    await device.deliver(clean);
    const first = await device.deliver(failing);
    expect(first).toMatchObject([{ rows: 2, duplicates: 0 }]);
    for (let i = 0; i < 6; i++) {
      expect(await device.deliver(failing)).toMatchObject([{ rows: 2, duplicates: 2 }]);
    }
    await device.deliver(clean);
    expect(await device.lineage()).toMatchObject({ failures: 1, causes: [], staged: 1, accepted: 4 });
  });

  it('does not count what had failed before, however often it is replayed', async () => {
    const device = await approvedLiveDevice(place, 'breaker-replay');
    await device.deliver(mixed(device, 10));
    for (let round = 1; round <= 6; round++) {
      expect((await reset(device)).status).toBe(200);
      await replayed(device);
      expect(await device.lineage()).toMatchObject({ failures: 0, causes: [], staged: 1 });
    }
    await sendOn(device, 'null_value');
    await expect.poll(async () => (await device.lineage()).staged, LONG).toBe(0);
    expect(await ids(device)).toEqual([0, 10, 11]);
  });

  it('neither adds nor forgives by a replay of what had failed before', async () => {
    const device = await approvedLiveDevice(place, 'breaker-between');
    await device.deliver(...[10, 20, 30, 40].map((seq) => mixed(device, seq)));
    await sendOn(device, 'as_is');
    await replayed(device);
    expect(await device.lineage()).toMatchObject({ failures: 4, causes: [], staged: 4 });
    await device.deliver(mixed(device, 50));
    expect(await device.lineage()).toMatchObject({ failures: 5, causes: ['circuit_breaker'] });
  });

  it('counts a chunk of a replay whose rows had not failed before', async () => {
    const device = await liveDevice(place, 'breaker-chunk');
    await device.deliver(mixed(device, 10));
    await approveNewest(place.db, device, DEVICE_STATE);
    await replayed(device);
    expect(await device.lineage()).toMatchObject({ failures: 1, staged: 1, causes: [] });
  });
});

describe('a reset where there is nothing to reset', () => {
  const refusedFor = async (device: LiveDevice, cause: string) => {
    const before = await device.lineage();
    const reply = await reset(device);
    expect(reply.status).toBe(409);
    expect(reply.json).toMatchObject({
      message: 'nothing_to_reset',
      detail: expect.stringContaining(cause),
    });
    expect(await device.lineage()).toEqual(before);
  };

  it('says that the lineage is active', async () => {
    await refusedFor(await approvedLiveDevice(place, 'reset-active'), 'The lineage is active.');
  });

  it('names the review that it waits for', async () => {
    const device = await liveDevice(place, 'reset-review');
    await device.deliver(device.batch([good(1)]));
    await refusedFor(device, 'schema_review');
  });

  it('names the operator who paused it, and why', async () => {
    const device = await approvedLiveDevice(place, 'reset-operator');
    const { id: lineageId } = await device.lineage();
    const { projectId } = device.tenancy;
    await pauseLineage({ ctx: device.operator, projectId, lineageId, input: { reason: 'a new pump' } });
    await refusedFor(device, 'operator (a new pump');
  });

  it('names the volume, which it never clears', async () => {
    const device = await approvedLiveDevice(place, 'reset-volume');
    const { id: lineageId } = await device.lineage();
    const { projectId } = device.tenancy;
    await pauseLineage({ ctx: device.operator, projectId, lineageId, input: { reason: 'fills up' } });
    await setPolicy(device, { max_pending_rows_per_lineage: 2 });
    await device.deliver(device.batch([good(10), good(11), good(12)]));
    expect(await device.lineage()).toMatchObject({ causes: ['backpressure', 'operator'] });
    await refusedFor(device, 'backpressure (3 rows');
  });

  it('with failed rows under a volume pause tries them again, and leaves the pause and the device as they are', async () => {
    const device = await approvedLiveDevice(place, 'reset-both');
    await setPolicy(device, { max_pending_rows_per_lineage: 2 });
    await device.deliver(device.batch([bad(10), bad(11), bad(12)]));
    expect(await device.lineage()).toMatchObject({ causes: ['backpressure'], staged: 3 });
    await expect.poll(() => device.controls(), LONG).toHaveLength(1);
    const reply = await reset(device);
    expect(reply.json.data).toMatchObject({ status: 'paused', resumed: false });
    await replayed(device);
    expect(await device.lineage()).toMatchObject({ causes: ['backpressure'], staged: 3, failures: 0 });
    expect(device.controls()).toHaveLength(1);
  });
});
