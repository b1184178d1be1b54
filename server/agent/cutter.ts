/**
 * Decides when a table's journaled changes become a batch, and cuts it: after the flush time, or as soon as a
 * batch is full. A batch is in the state file before anyone hears of it; sent first and kept after, a kill in
 * between would give its rows a second batch id and other bounds.
 */
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { BATCH_ROWS_MAX, FLUSH_BYTES } from '@/server/protocol/limits';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import type { AgentLog } from '@/server/agent/log';
import { countPending, cutRows, firstPendingSeq, type CutRows } from '@/server/agent/journal-reader';
import type { Shape } from '@/server/agent/shapes';
import { schemaVersionOf, type Journal } from '@/server/agent/source';
import type { AgentState, Inflight } from '@/server/agent/state';

/** How many waiting entries are counted to tell whether a batch is full by bytes. */
const BYTES_PER_ROW_GUESS = 512;

interface Deps {
  readonly state: AgentState;
  readonly log: AgentLog;
  readonly clock: Clock;
  readonly flushMs: number;
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
        const batch = this.cutOne(journal, first, deliveredThrough(pending));
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
    const cut = cutRows(journal.db, { shape, after, encoding: journal.encoding });
    if (cut === null) return null;
    this.hold(journal, shape, cut);
    // A full batch leaves more behind, which has waited as long.
    this.waitingSinceMs.delete(shape.sourceTable);
    if (cut.isFull) this.waitingSinceMs.set(shape.sourceTable, 0);
    const { state } = this.deps;
    if (cut.rows.length === 0) {
      state.setCursor(journal.epoch, shape.id, cut.lastSeq);
      return null;
    }
    const batch = this.encode(journal, { shape, cut, delivered });
    this.bytesPerRow.set(shape.sourceTable, Math.ceil(batch.payload.length / batch.rowCount));
    state.db.write(() => {
      state.addInflight(batch);
      const highest = BigInt(state.fact('highest_cut') ?? '0');
      if (batch.lastSeq > highest) state.setFact('highest_cut', batch.lastSeq.toString());
    });
    this.described.add(`${shape.sourceTable} ${shape.schemaHash}`);
    return batch;
  }

  private encode(
    journal: Journal,
    { shape, cut, delivered }: { shape: Shape; cut: CutRows; delivered: bigint | null },
  ): Inflight {
    const { state } = this.deps;
    const { sourceTable, schemaHash } = shape;
    const { epoch } = journal;
    const batchId = uuidV7();
    const isDescribed =
      this.described.has(`${sourceTable} ${schemaHash}`) &&
      state.isSchemaSent({ sourceTable, schemaHash, epoch });
    const text = encodeRowBatch({
      batchId,
      journalEpoch: epoch,
      previousJournalEpoch: state.isEpochKnown(sourceTable, epoch) ? null : journal.previousEpoch,
      deliveredThrough: delivered,
      sourceTable,
      schemaHash,
      schemaColumns: isDescribed ? null : shape.columns,
      rows: cut.rows,
    });
    const payload = Buffer.from(text, 'utf8');
    const rowCount = cut.rows.length;
    const { lastSeq } = cut;
    return {
      sourceTable,
      batchId,
      epoch,
      shape: shape.id,
      schemaHash,
      lastSeq,
      rowCount,
      payload,
      rejectedCode: null,
    };
  }

  /** A row that no payload can hold stays in the journal and out of the way of the rows after it. */
  private hold({ epoch }: Journal, shape: Shape, { tooLarge }: CutRows): void {
    for (const { commitSeq, bytes } of tooLarge) {
      this.deps.state.hold(epoch, shape.id, commitSeq, `the row needs ${bytes} bytes`);
      this.deps.log.error('row_too_large', {
        table: shape.sourceTable,
        commit_seq: commitSeq,
        bytes,
        next: 'the row is kept in the journal and not sent: one MQTT payload holds 512 KiB',
      });
    }
  }
}

/** Every change up to here has been delivered, over all tables; null where that is none. */
function deliveredThrough(pending: ReadonlyMap<string, Pending>): bigint | null {
  const firsts = [...pending.values()].map(({ firstSeq }) => firstSeq);
  const lowest = firsts.reduce((a, b) => (b < a ? b : a));
  return lowest > 1n ? lowest - 1n : null;
}
