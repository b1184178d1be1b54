/** The random life of a device: what it wrote, in order, under which schemas and in which journals. */
import fc from 'fast-check';
import { v7 } from 'uuid';
import type { SqlRow } from '@/server/protocol/row-batch-encode';
import { sampleOf, SCHEMAS, type Sample, type SchemaOfHistory } from './values';

/** One row change as the device wrote it. */
export interface Change {
  /** Index into the devices of the history. */
  device: number;
  schema: SchemaOfHistory;
  /** Index into the device's `epochs`, in the order of its life. */
  epoch: number;
  seq: number;
  /** A device may say `insert` of a row that the cloud has. */
  op: 'insert' | 'update' | 'delete';
  pk: SqlRow;
  row: SqlRow | null;
  /** By source column. */
  samples: ReadonlyMap<string, Sample>;
  /** Cannot be written; `postgres` where only Postgres can tell. */
  fails: 'always' | 'postgres' | null;
  /** A sample of telemetry, which is in no journal: `seq` is its batch's. */
  isSample?: true;
}

export interface DeviceLife {
  /** Index into the fleets of the place. */
  fleet: 0 | 1;
  epochs: { uuid: string; previous: string | null }[];
}

const steps = (stepsMax: number) =>
  fc.array(
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
          version: fc.nat({ max: 6 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('epoch' as const) }) },
    ),
    { minLength: 2, maxLength: stepsMax },
  );

/** A random life of at most `stepsMax` steps. */
export const lives = (stepsMax: number) =>
  fc.record({
    steps: steps(stepsMax),
    setBack: fc.boolean(),
    fleet: fc.constantFrom(0 as const, 1 as const),
  });

export type RawLife = ReturnType<typeof lives> extends fc.Arbitrary<infer T> ? T : never;

/** What holds for a whole history. */
export interface LifeRules {
  /** No value is one that cannot be written. */
  isClean: boolean;
}

interface Written {
  device: number;
  schema: SchemaOfHistory;
  epoch: number;
  seq: number;
}

function write(at: Written, isDelete: boolean, picks: readonly number[], { isClean }: LifeRules): Change {
  const { columns } = at.schema;
  const samples = new Map(columns.map((c, i) => [c.name, sampleOf(c, picks[i] ?? 0, isClean)]));
  const object = (of: typeof columns): SqlRow =>
    Object.fromEntries(of.map((c) => [c.name, samples.get(c.name)?.value ?? null]));
  const key = columns.filter((c) => c.pk_ordinal > 0);
  const bad = (isDelete ? key : columns).map((c) => samples.get(c.name)?.misfit);
  return {
    ...at,
    op: isDelete ? 'delete' : (picks[0] ?? 0) % 3 === 0 ? 'update' : 'insert',
    pk: object(key),
    row: isDelete ? null : object(columns),
    samples,
    fails: bad.includes('always') ? 'always' : bad.includes('postgres') && !isDelete ? 'postgres' : null,
  };
}

/** What the device did, in order, and its journals. */
export function lifeOf(
  device: number,
  raw: RawLife,
  rules: LifeRules,
): { changes: Change[]; life: DeviceLife } {
  const changes: Change[] = [];
  const current = SCHEMAS.map(() => 0);
  let epoch = 0;
  let seq = 0;
  for (const step of raw.steps) {
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
    changes.push(write({ device, schema, epoch, seq }, step.isDelete, step.picks, rules));
  }
  const life = { fleet: raw.fleet, epochs: epochsOf(epoch + 1, raw.setBack) };
  return { changes: distinct(changes), life };
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
function epochsOf(count: number, setBack: boolean): DeviceLife['epochs'] {
  const first = Date.UTC(2026, 0, 1);
  const uuids = Array.from({ length: count }, (_, i) => {
    const back = setBack && i > 0 && i === count - 1 ? 1500 : 0;
    return v7({ msecs: first + i * 1000 - back });
  });
  return uuids.map((uuid, i) => ({ uuid, previous: setBack ? (uuids[i - 1] ?? null) : null }));
}
