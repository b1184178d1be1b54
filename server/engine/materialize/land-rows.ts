// Writes rows where their decision sends them: to the mirror, to data points, or to both. A row that can
// never be written to one of them is a failure as a whole, and the rest of its batch lands.
import type { Db } from '@/server/db/client';
import { classifySqlError, sqlMessage } from '@/server/db/sqlstate';
import { prepareWrites, type MirrorTarget, type RowWrite } from '../mirror/prepare-writes';
import { samplesOf, type Sample, type SampleTarget } from '../telemetry/samples';
import { writeSamples } from '../telemetry/write-samples';
import type { Landing } from './landing';
import {
  IsolationNeeded,
  materializeRows,
  mirroredAmong,
  type MaterializeOptions,
  type Materialized,
} from './materialize-rows';

interface Measured {
  write: RowWrite;
  samples: Sample[];
}

type Failures = Materialized['failures'];

/** As `materializeRows`, for everything that the rows' schema is bound to. */
export async function landRows(
  db: Db,
  landing: Landing,
  writes: readonly RowWrite[],
  options: MaterializeOptions,
): Promise<Materialized> {
  const { mirror, points } = landing;
  const { measured, unfit } = measure(points, writes);
  const repeats = options.countDuplicates ? await landedAmong(db, mirror, unfit, options.isolate) : NONE;
  const failures = unfit.filter(({ write }) => !repeats.has(write));
  let duplicates = repeats.size;
  if (mirror !== null) {
    const landed = await materializeRows(
      db,
      mirror,
      measured.map((m) => m.write),
      options,
    );
    failures.push(...landed.failures);
    duplicates += landed.duplicates;
  }
  if (points === null) return { failures, duplicates };
  const failed = new Set(failures.map(({ write }) => write));
  const toWrite = measured.filter(({ write, samples }) => samples.length > 0 && !failed.has(write));
  failures.push(...(await writeMeasured(db, points, toWrite, options.isolate)));
  return { failures, duplicates };
}

const NONE: ReadonlySet<RowWrite> = new Set();

/** The samples of each row, and the rows that hold a value which their data point cannot. */
function measure(
  points: SampleTarget | null,
  writes: readonly RowWrite[],
): { measured: Measured[]; unfit: Failures } {
  const measured: Measured[] = [];
  const unfit: Failures = [];
  for (const write of writes) {
    const samples = points === null ? [] : samplesOf(points, write);
    if (Array.isArray(samples)) measured.push({ write, samples });
    else unfit.push({ write, ...samples });
  }
  return { measured, unfit };
}

/**
 * Those of `unfit` that have landed all the same, their value let through as NULL. Where nothing but data points is
 * written, such a row has left nothing to know it by.
 */
const landedAmong = async (
  db: Db,
  mirror: MirrorTarget | null,
  unfit: Failures,
  isolate: boolean,
): Promise<ReadonlySet<RowWrite>> =>
  mirror === null
    ? NONE
    : mirroredAmong(
        db,
        mirror,
        unfit.map(({ write }) => write),
        isolate,
      );

/** Those of `writes` that do not fit where they go, and were let through as NULL: staged, they would fail once more. */
export async function letThroughAmong(
  db: Db,
  { mirror, points }: Landing,
  writes: readonly RowWrite[],
  isolate: boolean,
): Promise<ReadonlySet<RowWrite>> {
  if (mirror === null) return NONE;
  const { unfit } = measure(points, writes);
  return landedAmong(db, mirror, [...unfit, ...prepareWrites(mirror, writes).failures], isolate);
}

/** Halves what fails until the rows at fault stand alone; without `isolate` it asks for that instead. */
async function writeMeasured(
  db: Db,
  target: SampleTarget,
  measured: readonly Measured[],
  isolate: boolean,
): Promise<Failures> {
  const [first] = measured;
  if (first === undefined) return [];
  const samples = measured.flatMap((m) => m.samples);
  try {
    if (isolate) await db.savepoint((inner) => writeSamples(inner, target, samples));
    else await writeSamples(db, target, samples);
    return [];
  } catch (error) {
    if (classifySqlError(error) !== 'data') throw error;
    if (!isolate) throw new IsolationNeeded(sqlMessage(error), { cause: error });
    if (measured.length === 1)
      return [{ write: first.write, error: sqlMessage(error), column: null, kind: 'refused_by_postgres' }];
    const middle = Math.ceil(measured.length / 2);
    return [
      ...(await writeMeasured(db, target, measured.slice(0, middle), isolate)),
      ...(await writeMeasured(db, target, measured.slice(middle), isolate)),
    ];
  }
}
