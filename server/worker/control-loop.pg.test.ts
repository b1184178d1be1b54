// How controls are sent again: with a clock of the test's own, two workers, and a broker that fails.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { acknowledgeControl } from '@/server/engine/control/acknowledge-control';
import { queueControl } from '@/server/engine/control/queue-control';
import { inTransaction } from '@/server/engine/context/context';
import { uuidV4 } from '@/server/lib/uuid';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, makeDevice, put, systemCtx, type TestDevice } from '@/server/testing/engine';
import { sendDueControls } from './control-loop';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const START_MS = Date.UTC(2026, 3, 28, 9);

/** A device with a lineage, a clock, and what was published for it. */
async function stage(name: string) {
  const device = await makeDevice(db, name);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const [lineage] = await db.sql<{ id: string; fleet_id: string }[]>`
    select id, fleet_id from tidegate.lineage where device_id = ${device.id}`;
  const sent: { atS: number; id: unknown; kind: unknown }[] = [];
  let nowMs = START_MS;
  const now = () => new Date(nowMs);
  const publish = (topic: string, payload: string): Promise<void> => {
    // Controls of the other tests' devices are none of this one's.
    if (topic === topicOf(device.rootTopic, CHANNELS.ingestControl)) {
      const message = JSON.parse(payload) as Record<string, unknown>;
      sent.push({ atS: (nowMs - START_MS) / 1000, id: message['control_id'], kind: message['control_kind'] });
    }
    return Promise.resolve();
  };
  return {
    device,
    sent,
    publish,
    now,
    pass: (seconds: number) => void (nowMs += seconds * 1000),
    round: (through = publish) => sendDueControls({ ...systemCtx(db), clock: { now } }, through),
    queue: (kind: 'pause_lineage' | 'resume_lineage') =>
      inTransaction({ ...systemCtx(db), clock: { now } }, (ctx) =>
        queueControl(ctx, {
          kind,
          projectId: device.tenancy.projectId,
          deviceId: device.id,
          lineageId: lineage?.id ?? '',
          sourceTable: DEVICE_STATE.name,
          watermark: 1n,
          reason: 'a test',
        }),
      ),
    acknowledge: (controlId: string, by: TestDevice = device) =>
      acknowledgeControl(systemCtx(db), { id: by.id, ...by.tenancy, fleetId: by.tenancy.fleetId }, controlId),
  };
}

/** What the tables say of a control's sending. */
async function told(id: string): Promise<unknown> {
  const [row] = await db.sql`
    select sent_at is not null as is_sent, attempts,
      (select count(*)::int from tidegate.event e where e.subject_id = c.id::text and e.kind = 'edge_control.sent') as events
    from tidegate.control c where id = ${id}`;
  return row;
}

describe('a control that is not acknowledged', () => {
  it('is sent at once, within 10 seconds again, then ever later, and at least every 5 minutes', async () => {
    const { queue, round, pass, sent } = await stage('again');
    await queue('pause_lineage');
    for (let second = 0; second <= 2000; second += 5) {
      await round();
      pass(5);
    }
    const gaps = sent.slice(1).map(({ atS }, i) => atS - (sent[i]?.atS ?? 0));
    expect(sent[0]?.atS).toBe(0);
    expect(gaps[0]).toBeLessThanOrEqual(10);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(gaps[1]).toBeGreaterThan(gaps[0] ?? 0);
    expect(gaps.at(-1)).toBe(300);
    expect(gaps.at(-2)).toBe(300);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it('is not sent again once it is acknowledged, by its own device alone', async () => {
    const { queue, round, pass, sent, acknowledge } = await stage('acknowledged');
    const other = await makeDevice(db, 'somebody-else');
    const id = await queue('pause_lineage');
    await round();
    expect(await acknowledge(id, other)).toBe(false);
    pass(10);
    await round();
    expect(sent).toHaveLength(2);
    expect(await acknowledge(id)).toBe(true);
    pass(3600);
    await round();
    expect(sent).toHaveLength(2);
    // Twice, or of nothing that there is: harmless.
    expect(await acknowledge(id)).toBe(false);
    expect(await acknowledge(uuidV4())).toBe(false);
    const events = await db.sql`
      select from tidegate.event where subject_id = ${id} and kind = 'edge_control.acknowledged'`;
    expect(events).toHaveLength(1);
  });

  it('is not sent again once a newer one has taken its place', async () => {
    const { queue, round, pass, sent } = await stage('superseded');
    const pause = await queue('pause_lineage');
    await round();
    const resume = await queue('resume_lineage');
    for (let second = 0; second < 1000; second += 10) {
      await round();
      pass(10);
    }
    expect(sent[0]?.id).toBe(pause);
    expect(sent.slice(1).map(({ id }) => id)).toEqual(sent.slice(1).map(() => resume));
    expect(sent.length).toBeGreaterThan(3);
    // Nor is it looked at again: with the years a device has many of them.
    expect(await told(pause)).toMatchObject({ attempts: 1 });
  });

  it('keeps its turn when the broker cannot be reached', async () => {
    const { queue, round, pass, sent } = await stage('broker-away');
    const id = await queue('pause_lineage');
    await expect(round(() => Promise.reject(new Error('no broker')))).rejects.toThrow('no broker');
    expect(await told(id)).toEqual({ is_sent: false, attempts: 1, events: 0 });
    pass(10);
    await round();
    expect(sent).toHaveLength(1);
    expect(await told(id)).toEqual({ is_sent: true, attempts: 2, events: 1 });
  });

  it('is in the audit log once, however often it is sent', async () => {
    const { queue, round, pass, sent } = await stage('audited');
    const id = await queue('pause_lineage');
    for (let n = 0; n < 5; n++) {
      await round();
      pass(600);
    }
    expect(sent).toHaveLength(5);
    expect(await told(id)).toEqual({ is_sent: true, attempts: 5, events: 1 });
  });
});

describe('two workers', () => {
  it('never send one control at the same time', async () => {
    const { queue, publish, now, sent } = await stage('two-workers');
    const id = await queue('pause_lineage');
    const second = createDb(database.url);
    const rounds = Array.from({ length: 6 }, (_, i) =>
      sendDueControls({ ...systemCtx(i % 2 === 0 ? db : second), clock: { now } }, publish),
    );
    await Promise.all(rounds);
    await second.end();
    expect(sent.map((s) => s.id)).toEqual([id]);
  });

  it('leave alone what the other is claiming', async () => {
    const { queue, round, sent } = await stage('being-claimed');
    const id = await queue('pause_lineage');
    const second = createDb(database.url);
    await second.root.begin(async (tx) => {
      await tx`select from tidegate.control where id = ${id} for update`;
      await round();
    });
    await second.end();
    expect(sent).toEqual([]);
    await round();
    expect(sent.map((s) => s.id)).toEqual([id]);
  });

  it('do not let a pause that one has claimed overtake the resume that the other sends', async () => {
    const { queue, publish, round, pass, sent } = await stage('overtaken');
    await queue('pause_lineage');
    const resume = { id: '' };
    // The first worker has claimed the pause and is slow; meanwhile the resume is queued and sent by the second.
    const other = await makeDevice(db, 'before-it');
    await db.sql`
      insert into tidegate.control (id, device_id, source_table, control_kind, reason, next_send_at, created_at)
      values (${uuidV4()}, ${other.id}, 'x', 'pause_lineage', 'first in line', ${new Date(0).toISOString()}, now())`;
    let isFirst = true;
    await round(async (topic, payload) => {
      if (isFirst) {
        isFirst = false;
        resume.id = await queue('resume_lineage');
        pass(1);
        await round();
      }
      await publish(topic, payload);
    });
    expect(sent.map(({ id }) => id)).toEqual([resume.id]);
  });
});
