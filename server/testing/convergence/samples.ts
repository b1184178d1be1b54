/**
 * The telemetry of random histories: one table of samples a device, whose batches come late, twice and in another order.
 * A sample is taken for a change of its key: row id, else time; its place in the order is its batch's.
 */
import fc from 'fast-check';
import { uuidV7 } from '@/server/lib/uuid';
import type { SqlRow } from '@/server/protocol/row-batch-encode';
import type { Fault } from '@/server/testing/faulty-db';
import type { Change } from './life';
import { sampleOf, TEMPS, type Sample, type SchemaOfHistory } from './values';

/** One batch of samples. */
export interface SampleBatch {
  device: number;
  schema: SchemaOfHistory;
  batchId: string;
  seq: number;
  rows: readonly { ts: string; rowId: string | null; fields: SqlRow }[];
  /** What they come to: of two samples of one key the later one. */
  changes: readonly Change[];
}

/** A batch as it arrives. */
export interface SampleDelivery {
  kind: 'samples';
  batch: SampleBatch;
  fault: Fault | null;
}

const ROW_IDS = [0, 1].map((n) => `019676f0-0000-7000-8000-00000000000${String(n)}`);
const SECONDS = 6;

/** Up to five batches with their deliveries. */
export const rawSamples = (fault: fc.Arbitrary<Fault | null>) =>
  fc.array(
    fc.record({
      gap: fc.integer({ min: 1, max: 2 }),
      version: fc.nat({ max: TEMPS.length - 1 }),
      at: fc.nat({ max: 900 }),
      again: fc.option(fc.nat({ max: 1500 }), { nil: null, freq: 2 }),
      fault,
      rows: fc.array(
        fc.record({
          id: fc.option(fc.constantFrom(...ROW_IDS), { nil: null, freq: 2 }),
          picks: fc.array(fc.nat({ max: 419 }), { minLength: 3, maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      second: fc.nat({ max: SECONDS - 1 }),
    }),
    { maxLength: 5 },
  );

export type RawSamples = ReturnType<typeof rawSamples> extends fc.Arbitrary<infer T> ? T : never;

const timeOf = (second: number): string => `2026-04-28T09:00:0${String(second % SECONDS)}Z`;
const asSample = (text: string): Sample => ({ value: text, text });

/** The source columns of a sample's own values, which no device can name so. */
export const SAMPLE_ID = '\0id';
export const SAMPLE_TS = '\0ts';

/** The mirror's first columns, and what they show. */
export const OWN_COLUMNS: readonly (readonly [string, string])[] = [
  ['sample_id', SAMPLE_ID],
  ['event_ts', SAMPLE_TS],
];

function batchOf(
  raw: RawSamples[number],
  { seq, schema, isClean }: { seq: number; schema: SchemaOfHistory; isClean: boolean },
): SampleBatch {
  const changes = new Map<string, Change>();
  const rows = raw.rows.map(({ id, picks }, i) => {
    // No two samples of one batch have one time: which of them a data point then keeps is nobody's business.
    const ts = timeOf(raw.second + i);
    const key = id ?? ts.replace('Z', '.000000000Z');
    const values = schema.columns
      .filter(({ name }) => name !== 'ts')
      .map((c, n) => [c.name, sampleOf(c, picks[n] ?? 0, isClean)] as const);
    const fields: SqlRow = Object.fromEntries(values.map(([name, { value }]) => [name, value]));
    const fails = values.some(([, { misfit }]) => misfit !== undefined) ? 'always' : null;
    const pk: SqlRow = id === null ? { ts: key } : { row_id: id };
    const samples = new Map<string, Sample>([
      ...values,
      ['ts', asSample(ts)],
      [SAMPLE_ID, asSample(key)],
      [SAMPLE_TS, { value: ts, text: ts.replace('T', ' ').replace('Z', '+00') }],
    ]);
    const change = {
      device: 0,
      schema,
      epoch: 0,
      seq,
      op: 'insert',
      pk,
      row: fields,
      samples,
      fails,
    } as const;
    changes.set(key, { ...change, isSample: true });
    return { ts, rowId: id, fields };
  });
  return { device: 0, schema, batchId: uuidV7(), seq, rows, changes: [...changes.values()] };
}

/** The batches of the first device, each with the times at which it arrives. */
export function samplesOfLife(
  raw: RawSamples,
  isClean: boolean,
): { batches: SampleBatch[]; deliveries: { at: number; step: SampleDelivery }[] } {
  let seq = 0;
  const deliveries: { at: number; step: SampleDelivery }[] = [];
  const batches = raw.map((one) => {
    seq += one.gap;
    const schema = TEMPS[one.version];
    if (schema === undefined) throw new Error('samples of no schema');
    const batch = batchOf(one, { seq, schema, isClean });
    const times = [one.at, ...(one.again === null ? [] : [one.at + one.again])];
    for (const at of times) deliveries.push({ at, step: { kind: 'samples', batch, fault: one.fault } });
    return batch;
  });
  return { batches, deliveries };
}
