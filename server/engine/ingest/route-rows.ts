// What every accepted batch goes through, whatever its kind, under its lineage's lock: recognise the schema,
// set or clear the hold, then write the rows or stage them. The two kinds of batch differ in what makes a row
// new and in their watermark; were this part written twice, their pauses would soon differ too.
import type { Db } from '@/server/db/client';
import type { SchemaSeen } from '../governance/classify';
import { routeOf } from '../governance/pause';
import { resolveVersion } from '../governance/resolve-version';
import { refreshReviewHold } from '../governance/review-hold';
import { decideTogether } from '../registry/decide-together';
import type { Ctx } from '../context/context';
import { pauseCausesOf, type LineageRow } from '../lineages/lineage-row';
import { countFailure } from '../materialize/count-failure';
import { landRows, letThroughAmong } from '../materialize/land-rows';
import { loadLanding } from '../materialize/landing';
import type { RowWrite } from '../mirror/prepare-writes';
import { checkBackpressure } from '../staging/backpressure';
import { stageRows, type RowToStage } from '../staging/stage-rows';

/** One row, as it is written and as it is staged. */
export interface IncomingRow {
  write: RowWrite;
  staged: Omit<RowToStage, 'error'>;
}

export interface Incoming {
  lineage: LineageRow;
  schemaHash: string;
  seen: SchemaSeen;
  /** Null for telemetry. */
  journalEpoch: string | null;
  /** 0 for telemetry. */
  epochOrdinal: bigint;
  receivedAt: Date;
  rows: readonly IncomingRow[];
  isolate: boolean;
  countDuplicates: boolean;
  /** Moves the watermark and the current hash: before the hold is decided, which reads them. */
  note: () => Promise<void>;
}

/** How many rows were staged, written, or changed nothing, and where the batch's rows are now, for the ledger. */
export interface Landed {
  staged: number;
  written: number;
  duplicates: number;
  outcome: 'mirrored' | 'staged' | 'mixed';
}

/** Takes the rows of one batch of a locked lineage. */
export async function routeRows(ctx: Ctx, incoming: Incoming): Promise<Landed> {
  const { lineage } = incoming;
  const version = await resolveVersion(ctx, lineage, incoming.schemaHash, incoming.seen, decideTogether);
  const causesBefore = await pauseCausesOf(ctx.db, lineage.id);
  await incoming.note();
  const holdMayChange =
    version.isNew || (version.status === 'approved') === causesBefore.includes('schema_review');
  if (holdMayChange) await refreshReviewHold(ctx, lineage);
  const causes = holdMayChange ? await pauseCausesOf(ctx.db, lineage.id) : causesBefore;
  const route = routeOf(causes, version.status);
  const landed =
    route === 'mirror'
      ? await writeRows(ctx, incoming)
      : await stageAll(ctx, incoming, route, version.status === 'approved');
  if (landed.staged > 0) await checkBackpressure(ctx, lineage);
  return landed;
}

async function writeRows(ctx: Ctx, incoming: Incoming): Promise<Landed> {
  const { lineage, isolate, countDuplicates } = incoming;
  const landing = await loadLanding(ctx.db, lineage.id, incoming.schemaHash);
  // Every column is ignored by decision: the rows are counted, and by that decision not kept.
  if (landing === null) return { staged: 0, written: 0, duplicates: 0, outcome: 'mirrored' };
  const waiting = countDuplicates && lineage.stagedRows > 0 ? await stagedAmong(ctx.db, incoming) : NONE;
  const rows = incoming.rows.filter(({ staged }) => !waiting.has(identityOf(staged)));
  const known = incoming.rows.length - rows.length;
  const receivedAt = incoming.receivedAt.toISOString();
  const stagedOf = new Map<RowWrite, IncomingRow['staged']>(
    rows.map(({ write, staged }) => {
      const received = { ...staged, journalEpoch: incoming.journalEpoch, receivedAt };
      return [{ ...write, received }, staged];
    }),
  );
  const options = { at: incoming.receivedAt, isolate, countDuplicates };
  const { failures, duplicates } = await landRows(ctx.db, landing, [...stagedOf.keys()], options);
  const staged = await stageRows(ctx.db, {
    ...headerOf(incoming),
    at: ctx.clock.now(),
    reason: 'materialization_failed',
    rows: failures.flatMap(({ write, error, column, kind }) => {
      const row = stagedOf.get(write);
      return row === undefined ? [] : [{ ...row, error, errorColumn: column, errorKind: kind }];
    }),
  });
  const repeated = known + duplicates + failures.length - staged.rows;
  // A batch that brings nothing new is no unit: it neither adds a failure nor ends a row of them.
  if (repeated < incoming.rows.length) await countFailure(ctx, lineage, failures[0] ?? null);
  const written = rows.length - duplicates - failures.length;
  const outcome = outcomeOf(known + staged.rows, incoming);
  return { staged: staged.rows, written, duplicates: repeated, outcome };
}

const NONE: ReadonlySet<string> = new Set();

const identityOf = ({ commitSeq, pkHash }: Pick<RowToStage, 'commitSeq' | 'pkHash'>): string =>
  `${commitSeq}/${pkHash.toString('hex')}`;

/**
 * The rows of a batch that are staged already. They are left there: their replay writes them, and a row that has
 * failed before neither fails nor counts again because its batch comes twice.
 */
async function stagedAmong({ sql }: Db, incoming: Incoming): Promise<ReadonlySet<string>> {
  const keys = incoming.rows.map(({ staged }) => ({
    s: staged.commitSeq.toString(),
    h: `\\x${staged.pkHash.toString('hex')}`,
  }));
  const found = await sql<{ seq: string; hash: Buffer }[]>`
    select s.commit_seq as seq, s.pk_hash as hash
    from json_to_recordset(${JSON.stringify(keys)}::text::json) as k(s bigint, h bytea)
    join tidegate.staged_row s on s.lineage_id = ${incoming.lineage.id}
      and s.epoch_ordinal = ${incoming.epochOrdinal.toString()}::bigint and s.commit_seq = k.s and s.pk_hash = k.h`;
  return new Set(found.map(({ seq, hash }) => identityOf({ commitSeq: BigInt(seq), pkHash: hash })));
}

async function stageAll(
  ctx: Ctx,
  incoming: Incoming,
  reason: 'schema_review' | 'lineage_paused',
  isApproved: boolean,
): Promise<Landed> {
  const repeats = isApproved && incoming.countDuplicates ? await letThroughOf(ctx.db, incoming) : NO_WRITES;
  const rows = incoming.rows.flatMap((r) => (repeats.has(r.write) ? [] : [{ ...r.staged, error: null }]));
  const staged = await stageRows(ctx.db, { ...headerOf(incoming), at: ctx.clock.now(), reason, rows });
  const duplicates = incoming.rows.length - staged.rows;
  const outcome = repeats.size === 0 ? 'staged' : outcomeOf(rows.length, incoming);
  return { staged: staged.rows, written: 0, duplicates, outcome };
}

const NO_WRITES: ReadonlySet<RowWrite> = new Set();

async function letThroughOf(db: Db, incoming: Incoming): Promise<ReadonlySet<RowWrite>> {
  const landing = await loadLanding(db, incoming.lineage.id, incoming.schemaHash);
  if (landing === null) return NO_WRITES;
  const writes = incoming.rows.map(({ write }) => write);
  return letThroughAmong(db, landing, writes, incoming.isolate);
}

const headerOf = ({ lineage, schemaHash, journalEpoch, epochOrdinal, receivedAt }: Incoming) => ({
  lineageId: lineage.id,
  schemaHash,
  journalEpoch,
  epochOrdinal,
  receivedAt,
});

/** `waiting`: how many of the batch's rows are staged now. */
const outcomeOf = (waiting: number, { rows }: Incoming): Landed['outcome'] =>
  waiting === 0 ? 'mirrored' : waiting === rows.length ? 'staged' : 'mixed';
