/**
 * Decides when a table's journaled changes become a batch, and cuts it: after the flush time, or as soon as a
 * batch is full. A batch is in the state file before anyone hears of it; sent first and kept after, a kill in
 * between would give its rows a second batch id and other bounds.
 */
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { BATCH_ROWS_MAX, FLUSH_BYTES } from '@/server/protocol/limits';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { encodeTelemetryBatch } from '@/server/protocol/telemetry-batch-encode';
import type { AgentLog } from '@/server/agent/log';
import { countPending, cutRows, firstPendingSeq, type CutRows } from '@/server/agent/journal-reader';
import { readMeta } from '@/server/agent/journal-schema';
import { cutSamples, type CutSamples } from '@/server/agent/sample-reader';
import type { Shape } from '@/server/agent/shapes';
import { schemaVersionOf, type Journal } from '@/server/agent/source';
import { PUBACK_SETTLED, type AgentState, type Inflight } from '@/server/agent/state';

/** How many waiting entries are counted to tell whether a batch is full by bytes. */
const BYTES_PER_ROW_GUESS = 512;

interface Deps {
  readonly state: AgentState;
  readonly log: AgentLog;
  readonly clock: Clock;
  readonly flushMs: number;
}

/** What was read for one batch: rows, or samples where that is not null. */
interface Cut {
  readonly rows: CutRows['rows'];
  readonly samples: CutSamples['rows'] | null;
  readonly rowCount: number;
  readonly lastSeq: bigint;
  readonly isFull: boolean;
  readonly unsendable: readonly { commitSeq: bigint; reason: string }[];
}

interface Pending {
  readonly shape: Shape;
  readonly firstSeq: bigint;
  readonly after: bigint;
}

export class Cutter {
  private readonly waitingSinceMs = new Map<string, number>();
  private readonly bytesPerRow = new Map<string, number>();
  /** Tables whose schema columns this process has sent; each start sends them once more. */
  private readonly described = new Set<string>();

  constructor(private readonly deps: Deps) {}

  /** True while changes wait for their flush time. */
  get isWaiting(): boolean {
    return this.waitingSinceMs.size > 0;
  }

  /**
   * Cuts the batches that are due for tables that `isFree`. Null where the schema has changed meanwhile: the
   * journal must be renewed first.
   */
  cut(journal: Journal, isFree: (table: string) => boolean): Inflight[] | null {
    const { db } = journal;
    return db.read(() => {
      if (schemaVersionOf(db) !== journal.schemaVersion) return null;
      const pending = this.pending(journal);
      const due: Inflight[] = [];
      for (const [table, first] of pending) {
        if (!isFree(table) || !this.isDue(journal, first)) continue;
        const batch = this.cutOne(journal, first, this.deliveredThrough(journal, pending));
        if (batch !== null) due.push(batch);
      }
      return due;
    });
  }

  /** Per table the oldest shape with entries that are not delivered. */
  private pending({ db, epoch, shapes }: Journal): Map<string, Pending> {
    const result = new Map<string, Pending>();
    for (const shape of shapes) {
      const after = this.deps.state.cursor(epoch, shape.id);
      const firstSeq = firstPendingSeq(db, shape.id, after);
      if (firstSeq === null) continue;
      const known = result.get(shape.sourceTable);
      if (known === undefined || firstSeq < known.firstSeq)
        result.set(shape.sourceTable, { shape, firstSeq, after });
    }
    for (const table of this.waitingSinceMs.keys()) if (!result.has(table)) this.waitingSinceMs.delete(table);
    return result;
  }

  private isDue({ db }: Journal, { shape, after }: Pending): boolean {
    const table = shape.sourceTable;
    const now = this.deps.clock.now().getTime();
    const since = this.waitingSinceMs.get(table) ?? now;
    this.waitingSinceMs.set(table, since);
    // A clock set back must not hold changes up.
    if (now < since) this.waitingSinceMs.set(table, now);
    if (now - since >= this.deps.flushMs) return true;
    const perRow = this.bytesPerRow.get(table) ?? BYTES_PER_ROW_GUESS;
    const rowsOfFull = Math.max(1, Math.min(BATCH_ROWS_MAX, Math.ceil(FLUSH_BYTES / perRow)));
    return countPending(db, shape.id, after, rowsOfFull) >= rowsOfFull;
  }

  private cutOne(journal: Journal, { shape, after }: Pending, delivered: bigint | null): Inflight | null {
    const cut = this.read(journal, shape, after);
    if (cut === null) return null;
    this.hold(journal, shape, cut.unsendable);
    // A full batch leaves more behind, which has waited as long.
    this.waitingSinceMs.delete(shape.sourceTable);
    if (cut.isFull) this.waitingSinceMs.set(shape.sourceTable, 0);
    const { state } = this.deps;
    if (cut.rowCount === 0) {
      state.setCursor(journal.epoch, shape.id, cut.lastSeq);
      return null;
    }
    const batch = this.inflightOf(journal, shape, cut, delivered);
    this.bytesPerRow.set(shape.sourceTable, Math.ceil(batch.payload.length / batch.rowCount));
    state.db.write(() => {
      state.addInflight(batch);
      if (batch.batchSeq !== null) state.raiseBatchSeq(batch.sourceTable, batch.batchSeq);
      const highest = BigInt(state.fact('highest_cut') ?? '0');
      if (batch.lastSeq > highest) state.setFact('highest_cut', batch.lastSeq.toString());
    });
    this.described.add(`${shape.sourceTable} ${shape.schemaHash}`);
    return batch;
  }

  private read({ db, encoding }: Journal, shape: Shape, after: bigint): Cut | null {
    const { samples } = shape;
    if (samples !== null) {
      const cut = cutSamples(db, { shape: { ...shape, samples }, after, encoding });
      return cut === null ? null : { ...cut, rowCount: cut.rows.length, samples: cut.rows, rows: [] };
    }
    const cut = cutRows(db, { shape, after, encoding });
    if (cut === null) return null;
    const unsendable = cut.tooLarge.map(({ commitSeq, bytes }) => ({
      commitSeq,
      reason: `the row needs ${bytes} bytes`,
    }));
    return { ...cut, unsendable, rowCount: cut.rows.length, samples: null };
  }

  private inflightOf(
    journal: Journal,
    shape: Shape,
    cut: Cut,
    delivered: bigint | null,
  ): Inflight & { batchSeq: bigint | null } {
    const { state } = this.deps;
    const { sourceTable, schemaHash } = shape;
    const { epoch } = journal;
    const isDescribed =
      this.described.has(`${sourceTable} ${schemaHash}`) &&
      state.isSchemaSent({ sourceTable, schemaHash, epoch });
    const batchId = uuidV7();
    const header = { batchId, sourceTable, schemaHash, schemaColumns: isDescribed ? null : shape.columns };
    const batchSeq = cut.samples === null ? null : this.nextBatchSeq(sourceTable);
    const text =
      cut.samples === null || batchSeq === null
        ? encodeRowBatch({
            ...header,
            journalEpoch: epoch,
            previousJournalEpoch: state.isEpochKnown(sourceTable, epoch) ? null : journal.previousEpoch,
            deliveredThrough: this.hasTrustedPuback(journal) ? null : delivered,
            rows: cut.rows,
          })
        : encodeTelemetryBatch({ ...header, batchSeq, rows: cut.samples });
    return {
      kind: batchSeq === null ? 'rows' : 'telemetry',
      batchSeq,
      sourceTable,
      batchId,
      epoch,
      shape: shape.id,
      schemaHash,
      lastSeq: cut.lastSeq,
      rowCount: cut.rowCount,
      payload: Buffer.from(text, 'utf8'),
      rejectedCode: null,
    };
  }

  /** Without a memory it begins at the time: above every seq of the life before, unless the clock was set back. */
  private nextBatchSeq(sourceTable: string): bigint {
    const last = this.deps.state.batchSeq(sourceTable);
    return last === null ? BigInt(this.deps.clock.now().getTime()) : last + 1n;
  }

  /** The broker's word is no receipt: the cloud would take what is still on its way for a repeat. */
  private hasTrustedPuback({ db }: Journal): boolean {
    return this.deps.state.fact(PUBACK_SETTLED) !== null || readMeta(db, PUBACK_SETTLED) !== null;
  }

  /** What cannot be sent stays in the journal and out of the way of the rows after it. */
  private hold({ epoch }: Journal, shape: Shape, unsendable: Cut['unsendable']): void {
    for (const { commitSeq, reason } of unsendable) {
      this.deps.state.hold(epoch, shape.id, commitSeq, reason);
      this.deps.log.error('row_not_sendable', {
        table: shape.sourceTable,
        commit_seq: commitSeq,
        reason,
        next: 'the row is kept in the journal and not sent; one MQTT payload holds 512 KiB',
      });
    }
  }

  /** Every change up to here has had its receipt, over all tables; null where that is none. */
  private deliveredThrough({ epoch, shapes }: Journal, pending: ReadonlyMap<string, Pending>): bigint | null {
    const open = [...pending.values()].map(({ firstSeq }) => firstSeq);
    for (const { id } of shapes) open.push(...this.deps.state.held(epoch, id));
    const lowest = open.reduce((a, b) => (b < a ? b : a));
    return lowest > 1n ? lowest - 1n : null;
  }
}
