/**
 * Random lives of a device and random ways to deliver them: what happened, in order, and apart from it what
 * arrives when, how often, how split, and what operators and workers do meanwhile.
 */
import fc from 'fast-check';
import { v7 } from 'uuid';
import type { SqlRow } from '@/server/protocol/row-batch-encode';
import type { Fault } from '@/server/testing/faulty-db';
import { sampleOf, SCHEMAS, type Sample, type SchemaOfHistory } from './values';

/** One row change as the device wrote it. */
export interface Change {
  schema: SchemaOfHistory;
  /** Index into `epochs`, in the order of the device's life. */
  epoch: number;
  seq: number;
  op: 'update' | 'delete';
  pk: SqlRow;
  row: SqlRow | null;
  /** By source column. */
  samples: ReadonlyMap<string, Sample>;
  /** Cannot be written; `postgres` where only Postgres can tell. */
  fails: 'always' | 'postgres' | null;
}

export interface Delivery {
  kind: 'batch';
  changes: readonly Change[];
  columns: boolean;
  reversed: boolean;
  fault: Fault | null;
}

export const ACTIONS = [
  'approve',
  'reject',
  'reopen',
  'reset',
  'pause',
  'resume',
  'replay',
  'drain',
  'sweep',
  'garbage',
] as const;

export interface Action {
  kind: (typeof ACTIONS)[number];
  table: number;
  chunkRows: number;
  fault: Fault | null;
}

export type Step = Delivery | Action;

export interface History {
  epochs: { uuid: string; previous: string | null }[];
  /** Steps of one group run at once, on connections of their own. */
  groups: { steps: Step[]; check: boolean }[];
  fleet: number;
}

const fault = fc.option(
  fc.record({
    at: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 30 }) },
      { weight: 1, arbitrary: fc.constant('commit' as const) },
      { weight: 1, arbitrary: fc.constant('committed' as const) },
    ),
    by: fc.oneof(
      { weight: 6, arbitrary: fc.constant('error' as const) },
      { weight: 2, arbitrary: fc.constant('kill' as const) },
    ),
  }),
  { nil: null, freq: 3 },
);

const life = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('write' as const),
        table: fc.integer({ min: 0, max: 1 }),
        isDelete: fc.integer({ min: 0, max: 3 }).map((n) => n === 3),
        picks: fc.array(fc.nat({ max: 419 }), { minLength: 4, maxLength: 4 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('schema' as const),
        table: fc.integer({ min: 0, max: 1 }),
        version: fc.nat({ max: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('epoch' as const) }) },
  ),
  { minLength: 3, maxLength: 14 },
);

const delivery = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  jitter: fc.nat({ max: 600 }),
  again: fc.option(fc.nat({ max: 2000 }), { nil: null, freq: 2 }),
  columns: fc.boolean(),
  reversed: fc.boolean(),
  fault,
});

const action = fc.record({
  at: fc.nat({ max: 1200 }),
  action: fc.record({
    kind: fc.oneof(
      { weight: 3, arbitrary: fc.constant('approve' as const) },
      { weight: 3, arbitrary: fc.constant('replay' as const) },
      { weight: 8, arbitrary: fc.constantFrom(...ACTIONS) },
    ),
    table: fc.nat({ max: 1 }),
    chunkRows: fc.integer({ min: 1, max: 3 }),
    fault,
  }),
});

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;
type Cut = typeof delivery extends fc.Arbitrary<infer T> ? T : never;

function write(
  schema: SchemaOfHistory,
  epoch: number,
  seq: number,
  isDelete: boolean,
  picks: readonly number[],
): Change {
  const samples = new Map(schema.columns.map((c, i) => [c.name, sampleOf(c, picks[i] ?? 0)]));
  const object = (columns: typeof schema.columns): SqlRow =>
    Object.fromEntries(columns.map((c) => [c.name, samples.get(c.name)?.value ?? null]));
  const key = schema.columns.filter((c) => c.pk_ordinal > 0);
  const bad = (isDelete ? key : schema.columns).map((c) => samples.get(c.name)?.misfit);
  return {
    schema,
    epoch,
    seq,
    op: isDelete ? 'delete' : 'update',
    pk: object(key),
    row: isDelete ? null : object(schema.columns),
    samples,
    fails: bad.includes('always') ? 'always' : bad.includes('postgres') && !isDelete ? 'postgres' : null,
  };
}

/** What the device did, in order. */
function changesOf(steps: Life): { changes: Change[]; epochs: number } {
  const changes: Change[] = [];
  const current = SCHEMAS.map(() => 0);
  let epoch = 0;
  let seq = 0;
  for (const step of steps) {
    if (step.kind === 'epoch') {
      if (seq > 0 && epoch < 2) epoch += 1;
      if (seq > 0) seq = 0;
      continue;
    }
    const schemas = SCHEMAS[step.table] ?? [];
    if (step.kind === 'schema') {
      current[step.table] = step.version % schemas.length;
      continue;
    }
    const schema = schemas[current[step.table] ?? 0];
    if (schema === undefined) continue;
    seq += 1;
    changes.push(write(schema, epoch, seq, step.isDelete, step.picks));
  }
  return { changes: distinct(changes), epochs: epoch + 1 };
}

/** After the third epoch the numbers would start again in it; what would then repeat is left out. */
function distinct(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes.filter((c) => {
    const id = `${c.epoch}/${c.seq}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** Epochs in the order of life; with `setBack` the last one's own time is before its predecessor's. */
function epochsOf(count: number, setBack: boolean): History['epochs'] {
  const first = Date.UTC(2026, 0, 1);
  const uuids = Array.from({ length: count }, (_, i) => {
    const back = setBack && i > 0 && i === count - 1 ? 1500 : 0;
    return v7({ msecs: first + i * 1000 - back });
  });
  return uuids.map((uuid, i) => ({ uuid, previous: setBack ? (uuids[i - 1] ?? null) : null }));
}

const groupKey = (c: Change) => `${c.epoch}/${c.schema.hash}`;

/** Cuts the history into batches and says when each arrives. */
function deliveriesOf(changes: readonly Change[], cuts: readonly Cut[]): { at: number; step: Delivery }[] {
  const out: { at: number; step: Delivery }[] = [];
  let n = 0;
  const cutOf = (): Cut | undefined => cuts[n++ % cuts.length];
  const open = new Map<string, Change[]>();
  const at = new Map(changes.map((c, i) => [c, i * 60]));
  for (const change of changes) open.set(groupKey(change), [...(open.get(groupKey(change)) ?? []), change]);
  for (const group of open.values()) {
    for (let round = 0; round < 2; round++) {
      for (let from = 0; from < group.length;) {
        const cut = cutOf();
        const part = group.slice(from, from + (cut?.size ?? 1));
        from += part.length;
        const delay = round === 0 ? (cut?.jitter ?? 0) : (cut?.again ?? null);
        const [first] = part;
        if (cut === undefined || delay === null || first === undefined) continue;
        const { columns, reversed, fault: broken } = cut;
        out.push({
          at: (at.get(first) ?? 0) + delay,
          step: { kind: 'batch', changes: part, columns, reversed, fault: broken },
        });
      }
    }
  }
  return out;
}

/** A random history with its delivery. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    life,
    setBack: fc.boolean(),
    cuts: fc.array(delivery, { minLength: 1, maxLength: 12 }),
    actions: fc.array(action, { maxLength: 8 }),
    widths: fc.array(
      fc.record({ width: fc.integer({ min: 1, max: 3 }), check: fc.integer({ min: 0, max: 4 }) }),
      { minLength: 1, maxLength: 6 },
    ),
    fleet: fc.nat({ max: 2 }),
  })
  .map((raw): History => {
    const { changes, epochs } = changesOf(raw.life);
    const timed: { at: number; step: Step }[] = [
      ...deliveriesOf(changes, raw.cuts),
      ...raw.actions.map((a) => ({ at: a.at, step: a.action })),
    ].sort((a, b) => a.at - b.at);
    const groups: History['groups'] = [];
    for (let from = 0; from < timed.length;) {
      const { width, check } = raw.widths[groups.length % raw.widths.length] ?? { width: 1, check: 0 };
      groups.push({ steps: timed.slice(from, from + width).map((t) => t.step), check: check === 0 });
      from += width;
    }
    return { epochs: epochsOf(epochs, raw.setBack), groups, fleet: raw.fleet };
  });
