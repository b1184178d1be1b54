/**
 * Random lives of devices and random ways to deliver them: what happened, in order, and apart from it what
 * arrives when, how often, how split, and what operators and workers do meanwhile.
 */
import fc from 'fast-check';
import type { Fault } from '@/server/testing/faulty-db';
import { lifeOf, lives, type Change, type DeviceLife } from './life';
import { rawSamples, samplesOfLife, type SampleBatch, type SampleDelivery } from './samples';
import { TABLES } from './values';

/** One batch of one device. */
export interface Message {
  changes: readonly Change[];
  columns: boolean;
  reversed: boolean;
}

export interface Delivery {
  kind: 'batch';
  messages: readonly Message[];
  /** As a worker takes what waits together: what can be in one transaction, the others one by one. */
  together: boolean;
  /**
   * What keeps it as a rejected batch, until somebody has it tried again: a fault of ours, or that its device was not
   * known under its topic when it came.
   */
  refused: 'fault' | 'unknown' | null;
  fault: Fault | null;
}

/** What happens to a device's own tables. */
const OWN_ACTIONS = [
  'approve',
  'reject',
  'reopen',
  'amend',
  'reset',
  'pause',
  'resume',
  'replay',
  'drain',
  'sweep',
  'garbage',
  'retry',
  'retention',
  'remedy',
  'discard',
  'delete',
] as const;

/** What is decided for many devices at once. */
const SHARED_ACTIONS = [
  'mode',
  'approve_shared',
  'reject_shared',
  'reopen_shared',
  'abandon_shared',
  'reconcile',
  'consolidate',
  'merge',
  'stop_merge',
  'go_on_merge',
  'drop_old',
] as const;

export interface Action {
  kind: (typeof OWN_ACTIONS)[number] | (typeof SHARED_ACTIONS)[number];
  table: number;
  device: number;
  chunkRows: number;
  /** Chooses, where there is a choice. */
  pick: number;
  fault: Fault | null;
}

export type Step = Delivery | SampleDelivery | Action;

export interface History {
  devices: readonly DeviceLife[];
  /** Every change of every device, each device's in order. */
  changes: readonly Change[];
  /** The telemetry of the first device. */
  samples: readonly SampleBatch[];
  /** Steps of one group run at once, on connections of their own. */
  groups: { steps: Step[]; check: boolean }[];
  /** The project's. */
  policy: Record<string, unknown>;
  /** Columns are ignored and deferred too; then every value can be written. */
  isPartial: boolean;
  /** The devices say up to where they have had their receipts. */
  tellsDelivered: boolean;
  /** Rows of a chunk in the end. */
  rowsMax: number;
  /** Chooses a remedy for what has failed in the end. */
  remedyPick: number | null;
  /** What is sent once more in the end is taken together. */
  endsTogether: boolean;
}

const fault = fc.option(
  fc.record({
    at: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 30 }) },
      { weight: 1, arbitrary: fc.constant('commit' as const) },
      { weight: 1, arbitrary: fc.constant('committed' as const) },
    ),
    by: fc.oneof(
      { weight: 7, arbitrary: fc.constant('error' as const) },
      { weight: 1, arbitrary: fc.constant('kill' as const) },
    ),
  }),
  { nil: null, freq: 3 },
);

const cut = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  jitter: fc.nat({ max: 600 }),
  again: fc.option(fc.nat({ max: 2000 }), { nil: null, freq: 2 }),
  columns: fc.boolean(),
  reversed: fc.boolean(),
  refused: fc
    .nat({ max: 15 })
    .map((n) => (n < 14 ? null : n === 14 ? ('unknown' as const) : ('fault' as const))),
  fault,
});

type Weighted = fc.WeightedArbitrary<Action['kind']>;
const often = (weight: number, ...kinds: Action['kind'][]): Weighted => ({
  weight,
  arbitrary: fc.constantFrom(...kinds),
});

const actions = (kinds: Weighted[], most: number) =>
  fc.array(
    fc.record({
      at: fc.nat({ max: 1200 }),
      action: fc.record({
        kind: fc.oneof(...kinds),
        table: fc.nat({ max: TABLES.length - 1 }),
        device: fc.nat({ max: 2 }),
        chunkRows: fc.integer({ min: 1, max: 3 }),
        pick: fc.nat({ max: 4095 }),
        fault,
      }),
    }),
    { maxLength: most },
  );

const widths = fc.array(
  fc.record({
    width: fc.integer({ min: 1, max: 4 }),
    together: fc.boolean(),
    check: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
);

const OWN = [often(3, 'approve'), often(3, 'replay'), often(2, 'remedy'), often(11, ...OWN_ACTIONS)];
/** What both kinds of history have, with these lives and actions. */
const raw = (life: ReturnType<typeof lives>, count: [number, number], kinds: Weighted[], most: number) =>
  fc.record({
    lives: fc.array(life, { minLength: count[0], maxLength: count[1] }),
    cuts: fc.array(cut, { minLength: 1, maxLength: 12 }),
    actions: actions(kinds, most),
    widths,
    isPartial: fc.boolean(),
    tellsDelivered: fc.boolean(),
    samples: rawSamples(fault),
    rowsMax: fc.constantFrom(2, 100, 1000),
    endsTogether: fc.boolean(),
    remedyPick: kinds === OWN ? fc.option(fc.nat({ max: 63 }), { nil: null, freq: 2 }) : fc.constant(null),
    policy: fc.constantFrom({}, { max_pending_rows_per_lineage: 5 }, { allow_additive_continue: true }),
    mode: fc.constantFrom('none', 'project', 'fleet'),
  });

type Raw = ReturnType<typeof raw> extends fc.Arbitrary<infer T> ? T : never;
type Timed = { at: number; step: Step };

const groupKey = (c: Change) => `${c.device}/${c.epoch}/${c.schema.hash}`;

/** Cuts the history into batches and says when each arrives. */
function deliveriesOf(changes: readonly Change[], cuts: Raw['cuts']): Timed[] {
  const out: Timed[] = [];
  let n = 0;
  const cutOf = () => cuts[n++ % cuts.length];
  const open = new Map<string, Change[]>();
  const counts = new Map<number, number>();
  const at = new Map<Change, number>();
  for (const change of changes) {
    const nth = counts.get(change.device) ?? 0;
    counts.set(change.device, nth + 1);
    at.set(change, nth * 60);
    open.set(groupKey(change), [...(open.get(groupKey(change)) ?? []), change]);
  }
  for (const group of open.values()) {
    for (let round = 0; round < 2; round++) {
      for (let from = 0; from < group.length;) {
        const next = cutOf();
        const part = group.slice(from, from + (next?.size ?? 1));
        from += part.length;
        const delay = round === 0 ? (next?.jitter ?? 0) : (next?.again ?? null);
        const [first] = part;
        if (next === undefined || delay === null || first === undefined) continue;
        const { columns, reversed, refused, fault: broken } = next;
        const messages = [{ changes: part, columns, reversed }];
        const step: Step = { kind: 'batch', messages, together: false, refused, fault: broken };
        out.push({ at: (at.get(first) ?? 0) + delay, step });
      }
    }
  }
  return out;
}

/** The deliveries of a group as one that a worker takes together; what is refused goes alone. */
function takenTogether(steps: readonly Step[]): Step[] {
  const isTaken = (s: Step): s is Delivery => s.kind === 'batch' && s.refused === null;
  const taken = steps.filter(isTaken);
  const [first] = taken;
  if (first === undefined) return [...steps];
  const one: Delivery = { ...first, together: true, messages: taken.flatMap((s) => s.messages) };
  return [one, ...steps.filter((s) => !isTaken(s))];
}

/** What changes what a later step can be about happens by itself. */
const isAlone = (step: Step): boolean =>
  step.kind === 'batch'
    ? step.refused === 'unknown'
    : step.kind === 'remedy' || step.kind === 'discard' || step.kind === 'delete';

/** The next of `timed` that happen at once: up to `width`. */
function atOnce(timed: readonly Timed[], from: number, width: number): Step[] {
  const steps = timed.slice(from, from + width).map((t) => t.step);
  const alone = steps.findIndex(isAlone);
  return alone === -1 ? steps : steps.slice(0, Math.max(1, alone));
}

function historyOf(from: Raw, isShared: boolean): History {
  const made = from.lives.map((life, device) => lifeOf(device, life, { isClean: from.isPartial }));
  const changes = made.flatMap((m) => m.changes);
  const { batches, deliveries } = samplesOfLife(isShared ? [] : from.samples, from.isPartial);
  const timed: Timed[] = [
    ...deliveriesOf(changes, from.cuts),
    ...deliveries,
    ...from.actions.map((a) => ({ at: a.at, step: a.action })),
  ].sort((a, b) => a.at - b.at);
  const groups: History['groups'] = [];
  for (let next = 0; next < timed.length;) {
    const { width, together, check } = from.widths[groups.length % from.widths.length] ?? {
      width: 1,
      together: false,
      check: 0,
    };
    const steps = atOnce(timed, next, width);
    groups.push({ steps: together ? takenTogether(steps) : steps, check: check === 0 });
    next += steps.length;
  }
  return {
    devices: made.map((m) => m.life),
    changes,
    samples: batches,
    groups,
    policy: {
      ...from.policy,
      ...(isShared ? { schema_coalescing_mode: from.mode } : { allow_auto_create_device_data_points: true }),
    },
    isPartial: from.isPartial,
    tellsDelivered: from.tellsDelivered,
    rowsMax: from.rowsMax,
    endsTogether: from.endsTogether,
    remedyPick: from.remedyPick,
  };
}

const SHARED = [
  ...OWN,
  often(6, 'approve_shared'),
  often(3, 'consolidate', 'mode'),
  often(5, 'merge'),
  often(6, ...SHARED_ACTIONS),
];

/** A random history of one device that is decided alone, with its delivery. */
export const ownHistories: fc.Arbitrary<History> = raw(lives(14), [1, 1], OWN, 8).map((r) =>
  historyOf(r, false),
);

/** The same of several devices, with modes and a registry. */
export const sharedHistories: fc.Arbitrary<History> = raw(lives(7), [2, 3], SHARED, 14).map((r) =>
  historyOf(r, true),
);

/** Either. */
export const histories: fc.Arbitrary<History> = fc.oneof(
  { weight: 3, arbitrary: ownHistories },
  { weight: 2, arbitrary: sharedHistories },
);
