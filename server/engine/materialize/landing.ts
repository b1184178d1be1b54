// Where the rows of one schema hash go: a mirror table, data points, or both. A row lands in both or, with an
// error in either, stays staged; trying it again is harmless, since both keep the highest version.
import type { Db } from '@/server/db/client';
import { settleAll } from '@/server/lib/settle-all';
import { parseExactJson, type JsonObject } from '@/server/protocol/exact-json';
import { pkHashOf } from '@/server/protocol/canonical-json';
import { timestampOfNs } from '@/server/protocol/source-time';
import { parseTimestampNs } from '@/server/protocol/timestamp';
import { rfc3339 } from '@/server/db/time';
import type { RowOp } from '@/server/db/schema/rows';
import { loadTarget } from '../mirror/load-target';
import type { MirrorTarget, RowWrite } from '../mirror/prepare-writes';
import { sampleRow } from '../mirror/sample-columns';
import { loadSampleTarget } from '../telemetry/load-sample-target';
import type { SampleTarget } from '../telemetry/samples';

export interface Landing {
  mirror: MirrorTarget | null;
  points: SampleTarget | null;
}

/** Null where every column of the hash is ignored: there is nothing to write to. */
export async function loadLanding(db: Db, lineageId: string, schemaHash: string): Promise<Landing | null> {
  const [mirror, points] = await settleAll([
    loadTarget(db, lineageId, schemaHash),
    loadSampleTarget(db, lineageId, schemaHash),
  ]);
  return mirror === null && points === null ? null : { mirror, points };
}

/** A staged row as it is read for writing. */
export interface StagedToWrite {
  ordinal: string;
  seq: string;
  hash: Buffer;
  op: RowOp;
  pk: string;
  row: string | null;
  journal_epoch: string | null;
  event_ts: string | null;
  /** As Postgres writes it. */
  received_at: string;
}

const objectOf = (text: string): JsonObject => {
  const value = parseExactJson(text);
  if (value === null || typeof value !== 'object' || value.kind !== 'object')
    throw new Error('a staged row is no object');
  return value;
};

/** Nanoseconds since 1970. */
export const nsOf = (at: Date): bigint => BigInt(at.getTime()) * 1_000_000n;

/** The write that a staged row stands for: the same that its batch would have made. */
export function writeOfStaged(staged: StagedToWrite): RowWrite {
  const { event_ts: ts, hash: key } = staged;
  const pk = objectOf(staged.pk);
  const row = staged.row === null ? null : objectOf(staged.row);
  const received = {
    journalEpoch: staged.journal_epoch,
    eventTs: ts,
    pkHash: key,
    pkText: staged.pk,
    rowText: staged.row,
    receivedAt: staged.received_at,
  };
  const version = {
    op: staged.op,
    pk,
    epoch: BigInt(staged.ordinal),
    seq: BigInt(staged.seq),
    received,
  };
  if (ts === null || row === null)
    return {
      ...version,
      row,
      sample: { timeNs: nsOf(new Date(rfc3339(staged.received_at))), key, isEvent: false },
    };
  return { ...version, ...sampleWrite({ fields: row, ts, rowId: textOf(pk, 'row_id'), key }) };
}

const textOf = (object: JsonObject, name: string): string | null => {
  const value = object.entries.get(name);
  return typeof value === 'string' ? value : null;
};

/** The row of a telemetry sample, and its place in time. */
export function sampleWrite(sample: {
  fields: JsonObject;
  ts: string;
  rowId: string | null;
  key: Buffer;
}): Pick<RowWrite, 'row' | 'sample'> {
  const timeNs = parseTimestampNs(sample.ts) ?? 0n;
  const id = sample.rowId?.toLowerCase() ?? timestampOfNs(timeNs);
  return {
    row: sampleRow(sample.fields, id, sample.ts),
    sample: { timeNs, key: sample.key, isEvent: true },
  };
}

/** What a sample is known by: `{"row_id"}`, or `{"ts"}` in UTC, whatever zone it was sent in. */
export function sampleKey(
  rowId: string | null,
  tsNs: bigint,
): { pk: JsonObject; text: string; hash: Buffer } {
  const [name, value] = rowId === null ? ['ts', timestampOfNs(tsNs)] : ['row_id', rowId.toLowerCase()];
  const text = JSON.stringify({ [name]: value });
  const pk: JsonObject = { kind: 'object', entries: new Map([[name, value]]), start: 0, end: text.length };
  return { pk, text, hash: pkHashOf(pk) };
}
