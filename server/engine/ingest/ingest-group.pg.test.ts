import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch, type RowChangeInput } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevice,
  mirrorRowsOf,
  put,
  remove,
  systemCtx,
  type TestDevice,
} from '@/server/testing/engine';
import { ingestGroup } from './ingest-group';
import { InsertTrust } from './insert-trust';
import { ingestMessage, type IngestOutcome, type Message } from './ingest-message';

let database: TestDatabase;
let db: RootDb;
const EPOCH = uuidV7();

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const message = (device: TestDevice, rows: RowChangeInput[], extra: { batchId?: string } = {}): Message => ({
  topic: topicOf(device.rootTopic, CHANNELS.rowsBatch),
  payload: new TextEncoder().encode(
    encodeRowBatch({
      batchId: extra.batchId ?? uuidV7(),
      journalEpoch: EPOCH,
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: DEVICE_STATE.columns,
      rows,
    }),
  ),
});

const row = (seq: number, id: number) => put(seq, { id, mode: `m${seq}`, setpoint: seq });
const bad = (seq: number, id: number) => put(seq, { id, mode: 'x', setpoint: 'not a number' });
const kinds = (outcomes: readonly (IngestOutcome | null)[]) => outcomes.map((o) => o?.kind ?? null);

/** As the worker does: together what goes together, the rest one by one. */
async function ingestAll(messages: Message[]): Promise<IngestOutcome[]> {
  const outcomes = await ingestGroup(systemCtx(db), messages);
  const done: IngestOutcome[] = [];
  for (const [i, one] of messages.entries())
    done.push(outcomes[i] ?? (await ingestMessage(systemCtx(db), one)));
  return done;
}

async function lineageOf(device: TestDevice) {
  const [found] = await db.sql<Record<string, string | number | null>[]>`
    select accepted_rows::int as accepted, duplicate_rows::int as duplicates, staged_rows::int as staged,
      staged_bytes::int as bytes, watermark_seq::int as watermark, failure_count as failures,
      (select count(*)::int from tidegate.staged_row s where s.lineage_id = l.id) as "inStaging",
      (select coalesce(sum(s.bytes), 0)::int from tidegate.staged_row s where s.lineage_id = l.id) as "bytesInStaging",
      (select sum(v.staged_rows)::int from tidegate.schema_version v where v.lineage_id = l.id) as "ofVersions",
      (select count(*)::int from tidegate.batch_ledger b where b.lineage_id = l.id) as batches
    from tidegate.lineage l where device_id = ${device.id}`;
  return found;
}

/** A device whose first batch has come; with `approved` its rows go to the mirror. */
async function ready(name: string, approved: boolean): Promise<TestDevice> {
  const device = await makeDevice(db, name);
  await ingestMessage(systemCtx(db), message(device, [row(1, 1)]));
  if (approved) {
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
  }
  return device;
}

describe('batches that wait together', () => {
  it('are staged by one transaction with exact counters, and replayed as they were received', async () => {
    const device = await ready('staged-group', false);
    const quoted = put(3, { id: 3, mode: 'a "quoted" \\ back\nslash, {braces} and ü', setpoint: null });
    const messages = [message(device, [row(2, 2), quoted]), message(device, [remove(4, 2), row(5, 5)])];
    const outcomes = await ingestGroup(systemCtx(db), messages);
    expect(outcomes.map((o) => (o?.kind === 'accepted' ? [o.rows, o.staged, o.duplicates] : null))).toEqual([
      [2, 2, 0],
      [2, 2, 0],
    ]);
    const lineage = await lineageOf(device);
    expect(lineage).toMatchObject({
      accepted: 5,
      staged: 5,
      inStaging: 5,
      ofVersions: 5,
      watermark: 5,
      batches: 3,
    });
    expect(lineage?.['bytes']).toBe(lineage?.['bytesInStaging']);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'm1', setpoint: 1 },
      { id: 3, mode: 'a "quoted" \\ back\nslash, {braces} and ü', setpoint: null },
      { id: 5, mode: 'm5', setpoint: 5 },
    ]);
  });

  it('are mirrored in version order within a lineage, and exactly, for several devices', async () => {
    const [a, b] = [await ready('group-a', true), await ready('group-b', true)];
    const text = 'a "quoted" \\ back\nslash, {braces}, NULL and ü';
    const messages = [
      message(a, [row(2, 2), put(3, { id: 9007199254740993n, mode: text, setpoint: 0.1 })]),
      message(b, [row(2, 1), row(3, 2)]),
      message(a, [row(4, 2), remove(5, 1)]),
      message(b, [remove(4, 2), row(5, 2)]),
    ];
    expect(kinds(await ingestGroup(systemCtx(db), messages))).toEqual(Array(4).fill('accepted'));
    const rowsOfA = await mirrorRowsOf(db, a.id);
    expect(rowsOfA).toHaveLength(2);
    expect(rowsOfA).toContainEqual({ id: 2, mode: 'm4', setpoint: 4 });
    expect(rowsOfA.map((r) => r['mode'])).toContain(text);
    expect(await mirrorRowsOf(db, b.id)).toEqual([
      { id: 1, mode: 'm2', setpoint: 2 },
      { id: 2, mode: 'm5', setpoint: 5 },
    ]);
    expect(await lineageOf(a)).toMatchObject({ accepted: 5, staged: 0, watermark: 5, batches: 3 });
    // A late copy of the deleted row finds its tombstone, whichever way it comes.
    await ingestAll([message(a, [row(1, 1)]), message(a, [row(6, 7)])]);
    expect((await mirrorRowsOf(db, a.id)).map((r) => r['mode'])).not.toContain('m1');
  });

  it('change nothing when they come again, and are counted once', async () => {
    const device = await ready('group-again', true);
    const messages = [message(device, [row(2, 2)]), message(device, [row(3, 3)])];
    await ingestAll(messages);
    const before = await mirrorRowsOf(db, device.id);
    const again = await ingestAll(messages);
    expect(again.map((o) => (o.kind === 'accepted' ? o.duplicates : null))).toEqual([1, 1]);
    expect(await lineageOf(device)).toMatchObject({ accepted: 3, duplicates: 2, watermark: 3 });
    expect(await mirrorRowsOf(db, device.id)).toEqual(before);
    // Twice within one group: the first goes, its repeat goes alone.
    const twice = message(device, [row(4, 4)]);
    expect(kinds(await ingestGroup(systemCtx(db), [twice, twice]))).toEqual(['accepted', null]);
  });
});

describe('a group with one that cannot go with the others', () => {
  it('lands the others, and loses neither the rows nor the count of a batch that fails', async () => {
    const [good, poor] = [await ready('group-good', true), await ready('group-poor', true)];
    const messages = [
      message(poor, [row(2, 2)]),
      message(good, [row(2, 2)]),
      message(poor, [row(3, 3), bad(4, 4)]),
      message(poor, [bad(5, 5)]),
      message(good, [row(3, 3)]),
    ];
    const together = await ingestGroup(systemCtx(db), messages);
    expect(kinds(together)).toEqual(['accepted', 'accepted', null, null, 'accepted']);
    for (const [i, one] of messages.entries())
      if (together[i] === null) await ingestMessage(systemCtx(db), one);
    expect(await lineageOf(good)).toMatchObject({ accepted: 3, staged: 0, failures: 0 });
    expect(await lineageOf(poor)).toMatchObject({ accepted: 5, staged: 2, inStaging: 2, failures: 2 });
    expect((await mirrorRowsOf(db, poor.id)).map((r) => r['id'])).toEqual([1, 2, 3]);
    await ingestAll([message(poor, [row(6, 6)]), message(poor, [row(7, 7)])]);
    expect(await lineageOf(poor)).toMatchObject({ failures: 0, staged: 2 });
  });

  it('opens the breaker at the fifth failing batch in a row, though all of them waited together', async () => {
    const device = await ready('group-breaker', true);
    const messages = [2, 3, 4, 5, 6, 7].map((seq) =>
      message(device, [row(seq * 10, seq), bad(seq * 10 + 1, 99)]),
    );
    await ingestAll(messages);
    const causes = await db.sql`
      select p.cause from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id
      where l.device_id = ${device.id}`;
    expect(causes.map((c) => c['cause'])).toEqual(['circuit_breaker']);
    // The sixth batch found the lineage paused: it is staged whole.
    expect(await lineageOf(device)).toMatchObject({ failures: 5, staged: 7, accepted: 13 });
  });

  it('undoes all of it where Postgres refuses a row, and each then goes alone', async () => {
    const [good, poor] = [await ready('refused-good', true), await ready('refused-poor', true)];
    const [mirror] = await db.sql<{ table_name: string }[]>`
      select table_name from tidegate.mirror where scope_id = ${poor.id}`;
    await db.sql`alter table tidegate_mirror.${db.sql(mirror?.table_name ?? '')} add check (setpoint <> 3)`;
    const messages = [message(good, [row(2, 2)]), message(poor, [row(2, 2), row(3, 3)])];
    await expect(ingestGroup(systemCtx(db), messages)).rejects.toMatchObject({ code: '23514' });
    expect(await lineageOf(good)).toMatchObject({ accepted: 1, batches: 1 });
    for (const one of messages) await ingestMessage(systemCtx(db), one);
    expect(await lineageOf(good)).toMatchObject({ accepted: 2, staged: 0 });
    expect(await lineageOf(poor)).toMatchObject({ accepted: 3, staged: 1, failures: 1 });
  });

  it('hands back a lineage that somebody else holds, without waiting for it', async () => {
    const [free, busy] = [await ready('lock-free', true), await ready('lock-busy', true)];
    const messages = [message(busy, [row(2, 2)]), message(free, [row(2, 2)])];
    const outcomes = await db.root.begin(async (lock) => {
      await lock`select from tidegate.lineage where device_id = ${busy.id} for update`;
      return ingestGroup(systemCtx(db), messages);
    });
    expect(kinds(outcomes)).toEqual([null, 'accepted']);
  });

  it('hands back a first batch, an unknown schema, an invalid message and another kind', async () => {
    const fresh = await makeDevice(db, 'group-first');
    const known = await ready('group-known', true);
    const retyped = new TextDecoder().decode(message(known, [row(2, 2)]).payload);
    const messages: Message[] = [
      message(fresh, [row(1, 1)]),
      {
        topic: topicOf(known.rootTopic, CHANNELS.rowsBatch),
        payload: new TextEncoder().encode(retyped.replaceAll(hashOf(DEVICE_STATE), 'a'.repeat(64))),
      },
      { topic: topicOf(known.rootTopic, CHANNELS.rowsBatch), payload: new TextEncoder().encode('{') },
      { topic: topicOf(known.rootTopic, CHANNELS.schemaObserve), payload: new TextEncoder().encode('{}') },
      { topic: 'nobody/x/sync/rows/batch', payload: message(known, [row(2, 2)]).payload },
    ];
    expect(kinds(await ingestGroup(systemCtx(db), messages))).toEqual(messages.map(() => null));
    expect(await lineageOf(known)).toMatchObject({ accepted: 1, batches: 1 });
  });
});

describe('rows that their device calls new', () => {
  const insert = (seq: number, id: number): RowChangeInput => ({ ...row(seq, id), op: 'insert' });

  it('are inserted, the last of each key, and exactly', async () => {
    const device = await ready('new-rows', true);
    const text = 'a "quoted" \\ back\nslash, {braces}, NULL and ü';
    const odd = { ...put(3, { id: 9007199254740993n, mode: text, setpoint: 0.1 }), op: 'insert' as const };
    const messages = [message(device, [insert(2, 2), odd]), message(device, [insert(4, 2)])];
    expect(kinds(await ingestGroup(systemCtx(db), messages))).toEqual(['accepted', 'accepted']);
    const rows = await mirrorRowsOf(db, device.id);
    expect(rows.map((r) => r['mode']).sort()).toEqual([text, 'm1', 'm4'].sort());
    const [mirror] = await db.sql<{ table_name: string }[]>`
      select table_name from tidegate.mirror where scope_id = ${device.id}`;
    const [exact] = await db.sql<{ id: string }[]>`
      select max(id)::text as id from tidegate_mirror.${db.sql(mirror?.table_name ?? '')}`;
    expect(exact?.id).toBe('9007199254740993');
    expect(await lineageOf(device)).toMatchObject({ accepted: 4, staged: 0, watermark: 4, batches: 3 });
  });

  it('are written over those that are there, with the others of their group, and are then not believed', async () => {
    const [liar, other] = [await ready('not-new', true), await ready('really-new', true)];
    const trust = new InsertTrust();
    const first = [message(liar, [insert(2, 2), insert(3, 1)]), message(other, [insert(2, 2)])];
    expect(kinds(await ingestGroup(systemCtx(db), first, trust))).toEqual(['accepted', 'accepted']);
    expect((await mirrorRowsOf(db, liar.id)).map((r) => r['mode']).sort()).toEqual(['m2', 'm3']);
    expect(await mirrorRowsOf(db, other.id)).toHaveLength(2);
    expect(await lineageOf(liar)).toMatchObject({ accepted: 3, watermark: 3, batches: 2, failures: 0 });
    const [ids] = await db.sql<{ liar: string; other: string }[]>`
      select (select id from tidegate.lineage where device_id = ${liar.id}) as liar,
        (select id from tidegate.lineage where device_id = ${other.id}) as other`;
    const now = new Date();
    expect([trust.has(ids?.liar ?? '', now), trust.has(ids?.other ?? '', now)]).toEqual([false, true]);
    expect(trust.has(ids?.liar ?? '', new Date(now.getTime() + 3_600_000))).toBe(true);
    const second = [message(liar, [insert(4, 1)])];
    expect(kinds(await ingestGroup(systemCtx(db), second, trust))).toEqual(['accepted']);
    expect((await mirrorRowsOf(db, liar.id)).map((r) => r['mode']).sort()).toEqual(['m2', 'm4']);
  });

  it('do not come back where they have been deleted', async () => {
    const device = await ready('new-deleted', true);
    await ingestAll([message(device, [insert(2, 2)]), message(device, [remove(9, 2)])]);
    await ingestAll([message(device, [insert(3, 2)]), message(device, [insert(10, 3)])]);
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 3]);
  });
});

describe('a late batch', () => {
  const watermarks = (outcomes: readonly IngestOutcome[]) => outcomes.map((o) => o.receipt?.serverWatermark);

  it('does not lower the watermark, and its receipt says the highest', async () => {
    const device = await ready('late-alone', true);
    const outcomes: IngestOutcome[] = [];
    for (const seq of [10, 5]) {
      outcomes.push(await ingestMessage(systemCtx(db), message(device, [row(seq, seq)])));
    }
    expect(watermarks(outcomes)).toEqual([10n, 10n]);
    expect(await lineageOf(device)).toMatchObject({ accepted: 3, watermark: 10 });
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 5, 10]);
  });

  it.each([true, false])(
    'does not either among those that wait together (approved: %s)',
    async (approved) => {
      const device = await ready(`late-group-${String(approved)}`, approved);
      const both = await ingestAll([message(device, [row(10, 10)]), message(device, [row(5, 5)])]);
      expect(watermarks(both)).toEqual([10n, 10n]);
      expect(watermarks(await ingestAll([message(device, [row(6, 6)])]))).toEqual([10n]);
      expect(watermarks(await ingestAll([message(device, [row(11, 7)])]))).toEqual([11n]);
      expect(await lineageOf(device)).toMatchObject({ accepted: 5, duplicates: 0, watermark: 11 });
    },
  );
});
