// From a row to the values of its mapped columns. Pure: the simulation and the live path share it. A value
// that its data point cannot hold is the row's error, as with a mirror column; NULL is no value at all.
import type { ValueType } from '@/server/db/schema/telemetry';
import type { JsonValue } from '@/server/protocol/exact-json';
import { numberTimeNs, textTimeNs } from '@/server/protocol/source-time';
import { encodeCell, showValue, storedTime, type FailureKind } from '../mirror/cell';
import type { RowWrite, WriteFailure } from '../mirror/prepare-writes';

/** Where the mapped columns of one schema hash of one lineage go. */
export interface SampleTarget {
  deviceId: string;
  points: readonly { source: string; pointId: string; valueType: ValueType }[];
  /** The column with a row change's time; a telemetry sample has its own. */
  timeColumn: string | null;
}

/** One value of one data point; `json` is the object that the statement reads. */
export interface Sample {
  pointId: string;
  /** Microseconds as Postgres reads them, and the nanoseconds beyond. */
  ts: string;
  nanos: number;
  epoch: bigint;
  seq: bigint;
  /** Hex; makes the version of two rows of one batch differ. */
  key: string;
  json: string;
}

type Encoded =
  { ok: true; field: 'vn' | 'vb' | 'vt'; json: string } | { ok: false; why: string; kind: FailureKind };

/** Why a row can have no samples. */
export type NoSamples = Pick<WriteFailure, 'error' | 'column' | 'kind'>;

function encodeValue(value: JsonValue, type: ValueType): Encoded {
  switch (type) {
    case 'numeric': {
      const cell = encodeCell(value, 'numeric');
      return cell.ok ? { ok: true, field: 'vn', json: cell.json } : cell;
    }
    case 'text': {
      const cell = encodeCell(value, 'text');
      return cell.ok ? { ok: true, field: 'vt', json: cell.json } : cell;
    }
    case 'boolean': {
      if (typeof value === 'boolean') return { ok: true, field: 'vb', json: String(value) };
      const cell = encodeCell(value, 'bigint');
      if (cell.ok && (cell.json === '0' || cell.json === '1'))
        return { ok: true, field: 'vb', json: String(cell.json === '1') };
      return {
        ok: false,
        why: `${showValue(value)} is neither true nor false (1 nor 0)`,
        kind: 'not_a_boolean',
      };
    }
  }
}

/** The moment of a row in nanoseconds since 1970, or why there is none. */
function timeOf(target: SampleTarget, write: RowWrite, fallbackNs: bigint): bigint | NoSamples {
  if (write.sample?.isEvent === true || target.timeColumn === null) return fallbackNs;
  const value = write.row?.entries.get(target.timeColumn) ?? null;
  if (value === null || write.nullColumns?.includes(target.timeColumn) === true) return fallbackNs;
  const ns =
    typeof value === 'string'
      ? textTimeNs(value)
      : typeof value === 'object' && value.kind === 'number'
        ? numberTimeNs(value.text)
        : null;
  const error = `"${target.timeColumn}" is the time column, and ${showValue(value)} is no time`;
  return ns ?? { error, column: target.timeColumn, kind: 'not_a_time' };
}

/** The samples of a row, or why it can have none. A delete measures nothing. */
export function samplesOf(target: SampleTarget, write: RowWrite): Sample[] | NoSamples {
  const { row, sample } = write;
  if (row === null || sample === undefined) return [];
  const ns = timeOf(target, write, sample.timeNs);
  if (typeof ns !== 'bigint') return ns;
  const ts = storedTime(ns);
  if (ts === null)
    return {
      error: 'its time is outside the years 1 to 9999',
      column: target.timeColumn,
      kind: 'not_a_time',
    };
  const nanos = Number(((ns % 1000n) + 1000n) % 1000n);
  const key = sample.key.toString('hex');
  const samples: Sample[] = [];
  for (const { source, pointId, valueType } of target.points) {
    const value = row.entries.get(source) ?? null;
    if (value === null || write.nullColumns?.includes(source) === true) continue;
    const encoded = encodeValue(value, valueType);
    if (!encoded.ok) {
      const error = `"${source}" → ${valueType} data point: ${encoded.why}`;
      return { error, column: source, kind: encoded.kind };
    }
    const { epoch, seq } = write;
    const json = `{"p":"${pointId}","t":"${ts}","n":${nanos},"e":${epoch},"s":${seq},"k":"\\\\x${key}","${encoded.field}":${encoded.json}}`;
    samples.push({ pointId, ts, nanos, epoch, seq, key, json });
  }
  return samples;
}

const compare = <T extends bigint | number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Which of two versions is the higher. */
const byVersion = (a: Sample, b: Sample): number =>
  compare(a.epoch, b.epoch) || compare(a.seq, b.seq) || compare(a.key, b.key);
const byTime = (a: Sample, b: Sample): number => compare(a.ts, b.ts) || compare(a.nanos, b.nanos);

const highest = (
  samples: readonly Sample[],
  keyOf: (s: Sample) => string,
  order: typeof byVersion,
): Sample[] => {
  const best = new Map<string, Sample>();
  for (const sample of samples) {
    const before = best.get(keyOf(sample));
    if (before === undefined || order(sample, before) > 0) best.set(keyOf(sample), sample);
  }
  return [...best.values()];
};

/** At most one sample per data point and moment: the one with the highest version. */
export const onePerMoment = (samples: readonly Sample[]): Sample[] =>
  highest(samples, (s) => `${s.pointId} ${s.ts} ${s.nanos}`, byVersion);

/** The newest sample of each data point, in one order for all writers. */
export const newestPerPoint = (samples: readonly Sample[]): Sample[] =>
  highest(
    samples,
    (s) => s.pointId,
    (a, b) => byTime(a, b) || byVersion(a, b),
  ).sort((a, b) => compare(a.pointId, b.pointId));
