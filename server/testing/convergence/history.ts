/**
 * Random lives of devices and random ways to deliver them: what happened, in order, and apart from it what
 * arrives when, how often, how split, and what operators and workers do meanwhile.
 */
import fc from 'fast-check';
import { JITTER_MAX, STEP, timeline, type Cut } from './arrange';
import { lifeOf, lives } from './life';
import { rawSamples, samplesOfLife } from './samples';
import { OWN_ACTIONS, SHARED_ACTIONS, type Action, type History } from './steps';
import { TABLES } from './values';

const fault = fc.option(
  fc.record({
    at: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 30 }) },
      { weight: 1, arbitrary: fc.constant('commit' as const) },
      { weight: 1, arbitrary: fc.constant('committed' as const) },
    ),
    // Rarely: a new session costs as much as a third of a history.
    by: fc.oneof(
      { weight: 39, arbitrary: fc.constant('error' as const) },
      { weight: 1, arbitrary: fc.constant('kill' as const) },
    ),
  }),
  { nil: null, freq: 3 },
);

const cut: fc.Arbitrary<Cut> = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  jitter: fc.nat({ max: JITTER_MAX }),
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

/** How long a history is. */
interface Extent {
  /** Devices, at least and at most. */
  devices: [number, number];
  /** Steps of a device's life, at most. */
  steps: number;
  /** What operators and workers do meanwhile, at most. */
  actions: number;
}

const actions = (kinds: Weighted[], { steps, actions: maxLength }: Extent) =>
  fc.array(
    fc.record({
      at: fc.nat({ max: steps * STEP + JITTER_MAX }),
      action: fc.record({
        kind: fc.oneof(...kinds),
        table: fc.nat({ max: TABLES.length - 1 }),
        device: fc.nat({ max: 2 }),
        chunkRows: fc.integer({ min: 1, max: 3 }),
        pick: fc.nat({ max: 4095 }),
        fault,
      }),
    }),
    { maxLength },
  );

const widths = fc.array(
  fc.record({
    width: fc.integer({ min: 1, max: 4 }),
    together: fc.boolean(),
    check: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What both kinds of history have, as long as this and with these actions. */
const raw = (extent: Extent, kinds: Weighted[]) =>
  fc.record({
    lives: fc.array(lives(extent.steps), { minLength: extent.devices[0], maxLength: extent.devices[1] }),
    cuts: fc.array(cut, { minLength: 1, maxLength: 12 }),
    actions: actions(kinds, extent),
    widths,
    isPartial: fc.boolean(),
    tellsDelivered: fc.boolean(),
    samples: rawSamples(fault),
    rowsMax: fc.constantFrom(2, 100, 1000),
    endsTogether: fc.boolean(),
    remedyPick: fc.option(fc.nat({ max: 63 }), { nil: null, freq: 2 }),
    policy: fc.constantFrom({}, { max_pending_rows_per_lineage: 5 }, { allow_additive_continue: true }),
    mode: fc.constantFrom('none', 'project', 'fleet'),
  });

type Raw = ReturnType<typeof raw> extends fc.Arbitrary<infer T> ? T : never;
function historyOf(from: Raw, isShared: boolean): History {
  const made = from.lives.map((life, device) => lifeOf(device, life, { isClean: from.isPartial }));
  const changes = made.flatMap((m) => m.changes);
  const { batches, deliveries } = samplesOfLife(isShared ? [] : from.samples, from.isPartial);
  const actionsAt = from.actions.map(({ at, action }) => ({ at, step: action }));
  const groups = timeline(changes, from.cuts, [...deliveries, ...actionsAt], from.widths);
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
    remedyPick: isShared ? null : from.remedyPick,
  };
}

const OWN = [often(3, 'approve'), often(3, 'replay'), often(2, 'remedy'), often(11, ...OWN_ACTIONS)];
const SHARED = [
  ...OWN,
  often(6, 'approve_shared'),
  often(3, 'consolidate', 'mode'),
  often(5, 'merge'),
  often(6, ...SHARED_ACTIONS),
];

const own = (extent: Extent): fc.Arbitrary<History> => raw(extent, OWN).map((r) => historyOf(r, false));
const shared = (extent: Extent): fc.Arbitrary<History> => raw(extent, SHARED).map((r) => historyOf(r, true));

/** A random history of one device that is decided alone, with its delivery. */
export const ownHistories = own({ devices: [1, 1], steps: 14, actions: 8 });

/** The same of several devices, with modes and a registry. */
export const sharedHistories = shared({ devices: [2, 3], steps: 7, actions: 14 });

/** Either. */
const histories = fc.oneof({ weight: 3, arbitrary: ownHistories }, { weight: 2, arbitrary: sharedHistories });

/** Either, and short: most of what can go wrong goes wrong between a few steps, and many more of these are played in a time. */
const shortHistories = fc.oneof(
  { weight: 3, arbitrary: own({ devices: [1, 1], steps: 4, actions: 3 }) },
  { weight: 2, arbitrary: shared({ devices: [2, 2], steps: 2, actions: 4 }) },
);

/** One in twenty is long. */
export const mixedHistories: fc.Arbitrary<History> = fc.oneof(
  { weight: 1, arbitrary: histories },
  { weight: 19, arbitrary: shortHistories },
);
