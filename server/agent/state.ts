/**
 * The agent's own file: what has been sent and what has been answered. Every write is one transaction that is
 * on disk before the agent acts on it. Losing the file loses no data: what is undelivered is in the source's
 * journal, and what is sent twice the worker recognises.
 */
import { existsSync, renameSync } from 'node:fs';
import { bigintOf, intOf, Sqlite } from '@/server/agent/sqlite';

const BUSY_TIMEOUT_MS = 2_000;

const DDL = `
CREATE TABLE IF NOT EXISTS fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cursor (
  epoch TEXT NOT NULL, shape INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (epoch, shape)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inflight (
  source_table TEXT PRIMARY KEY, batch_id TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, shape INTEGER NOT NULL,
  schema_hash TEXT NOT NULL, last_seq INTEGER NOT NULL, row_count INTEGER NOT NULL, payload BLOB NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, rejected_code TEXT, kind TEXT NOT NULL DEFAULT 'rows'
);
CREATE TABLE IF NOT EXISTS schema_sent (
  source_table TEXT NOT NULL, schema_hash TEXT NOT NULL, epoch TEXT NOT NULL,
  PRIMARY KEY (source_table, schema_hash, epoch)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS observation (
  id INTEGER PRIMARY KEY, source_table TEXT NOT NULL, payload TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS pause (source_table TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS control (
  control_id TEXT PRIMARY KEY, received INTEGER NOT NULL, payload TEXT NOT NULL, acked INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS gap (
  id INTEGER PRIMARY KEY, source_table TEXT NOT NULL, epoch TEXT NOT NULL, first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL, rows INTEGER NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS held (
  epoch TEXT NOT NULL, shape INTEGER NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (epoch, shape, seq)
) WITHOUT ROWID;
`;

/** Set once a batch was taken for delivered without a receipt: nothing may then be said of receipts. */
export const PUBACK_SETTLED = 'puback_settled';

/** A batch that was cut and has no receipt yet. */
export interface Inflight {
  readonly kind: 'rows' | 'telemetry';
  readonly sourceTable: string;
  readonly batchId: string;
  readonly epoch: string;
  readonly shape: number;
  readonly schemaHash: string;
  readonly lastSeq: bigint;
  readonly rowCount: number;
  readonly payload: Uint8Array;
  readonly rejectedCode: string | null;
}

/** Opens the state file. One that is no database is put aside, named in `onCorrupt`, and begun anew. */
export function openState(path: string, onCorrupt: (movedTo: string) => void): AgentState {
  try {
    return new AgentState(prepare(path));
  } catch (error) {
    if (!existsSync(path) || !/not a database|malformed/i.test(String(error))) throw error;
    const movedTo = `${path}.corrupt-${process.pid}-${Date.now()}`;
    renameSync(path, movedTo);
    onCorrupt(movedTo);
    return new AgentState(prepare(path));
  }
}

function prepare(path: string): Sqlite {
  const db = Sqlite.openOrCreate(path, BUSY_TIMEOUT_MS);
  db.all('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec(DDL);
  // A file of an earlier version.
  if (db.all("SELECT 1 FROM pragma_table_info('inflight') WHERE name = 'kind'").length === 0)
    db.exec("ALTER TABLE inflight ADD COLUMN kind TEXT NOT NULL DEFAULT 'rows'");
  return db;
}

export class AgentState {
  constructor(readonly db: Sqlite) {}

  fact(key: string): string | null {
    const value = this.db.value('SELECT value FROM fact WHERE key = ?', [key]);
    return value === null ? null : String(value);
  }

  setFact(key: string, value: string): void {
    this.db.run('INSERT OR REPLACE INTO fact (key, value) VALUES (?, ?)', [key, value]);
  }

  /** Every entry of `shape` up to here has had its receipt. */
  cursor(epoch: string, shape: number): bigint {
    const seq = this.db.value('SELECT seq FROM cursor WHERE epoch = ? AND shape = ?', [epoch, BigInt(shape)]);
    return seq === null ? 0n : bigintOf(seq);
  }

  setCursor(epoch: string, shape: number, seq: bigint): void {
    this.db.run(
      `INSERT INTO cursor (epoch, shape, seq) VALUES (?, ?, ?)
       ON CONFLICT (epoch, shape) DO UPDATE SET seq = max(seq, excluded.seq)`,
      [epoch, BigInt(shape), seq],
    );
  }

  inflight(): Inflight[] {
    return this.db
      .all(
        `SELECT CAST(source_table AS BLOB), batch_id, epoch, shape, schema_hash, last_seq, row_count, payload,
         rejected_code, kind FROM inflight ORDER BY batch_id`,
      )
      .map(([table, batchId, epoch, shape, hash, lastSeq, rowCount, payload, rejected, kind]) => ({
        kind: kind === 'telemetry' ? 'telemetry' : 'rows',
        sourceTable: table instanceof Uint8Array ? Buffer.from(table).toString('utf8') : String(table),
        batchId: String(batchId),
        epoch: String(epoch),
        shape: intOf(shape),
        schemaHash: String(hash),
        lastSeq: bigintOf(lastSeq),
        rowCount: intOf(rowCount),
        payload: payload instanceof Uint8Array ? payload : new Uint8Array(),
        rejectedCode: rejected === null ? null : String(rejected),
      }));
  }

  /** Keeps a batch before it is sent for the first time, so that every retry has its id and its bytes. */
  addInflight(batch: Inflight): void {
    this.db.run(
      `INSERT INTO inflight (kind, source_table, batch_id, epoch, shape, schema_hash, last_seq, row_count, payload)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        batch.kind,
        batch.sourceTable,
        batch.batchId,
        batch.epoch,
        BigInt(batch.shape),
        batch.schemaHash,
        batch.lastSeq,
        BigInt(batch.rowCount),
        batch.payload,
      ],
    );
  }

  markRejected(batchId: string, code: string): void {
    this.db.run('UPDATE inflight SET rejected_code = ? WHERE batch_id = ?', [code, batchId]);
  }

  /** The batch is delivered: its entries may go, and its schema need not be sent again. */
  complete(batch: Inflight): void {
    this.db.write(() => {
      this.setCursor(batch.epoch, batch.shape, batch.lastSeq);
      this.db.run('DELETE FROM inflight WHERE batch_id = ?', [batch.batchId]);
      this.db.run('INSERT OR IGNORE INTO schema_sent (source_table, schema_hash, epoch) VALUES (?, ?, ?)', [
        batch.sourceTable,
        batch.schemaHash,
        batch.epoch,
      ]);
    });
  }

  /** The highest batch seq given to a telemetry table, or known to be used; null in a new state file. */
  batchSeq(sourceTable: string): bigint | null {
    const seq = this.fact(`batch_seq:${sourceTable}`);
    return seq === null ? null : BigInt(seq);
  }

  /** Says that seqs up to `seq` are used; a lower one changes nothing. */
  raiseBatchSeq(sourceTable: string, seq: bigint): void {
    const known = this.batchSeq(sourceTable);
    if (known === null || known < seq) this.setFact(`batch_seq:${sourceTable}`, seq.toString());
  }

  /** Takes back a batch whose seq the cloud has had before: its samples are cut again, under a later one. */
  abandon(batch: Inflight, usedSeq: bigint | null): void {
    this.db.write(() => {
      if (usedSeq !== null) this.raiseBatchSeq(batch.sourceTable, usedSeq);
      this.db.run('DELETE FROM inflight WHERE batch_id = ?', [batch.batchId]);
    });
  }

  isSchemaSent(batch: { sourceTable: string; schemaHash: string; epoch: string }): boolean {
    const sql = 'SELECT 1 FROM schema_sent WHERE source_table = ? AND schema_hash = ? AND epoch = ?';
    return this.db.all(sql, [batch.sourceTable, batch.schemaHash, batch.epoch]).length > 0;
  }

  /** True once a batch of this table in this epoch has been delivered. */
  isEpochKnown(sourceTable: string, epoch: string): boolean {
    const sql = 'SELECT 1 FROM schema_sent WHERE source_table = ? AND epoch = ? LIMIT 1';
    return this.db.all(sql, [sourceTable, epoch]).length > 0;
  }

  hold(epoch: string, shape: number, seq: bigint, reason: string): void {
    const sql = 'INSERT OR IGNORE INTO held (epoch, shape, seq, reason) VALUES (?, ?, ?, ?)';
    this.db.run(sql, [epoch, BigInt(shape), seq, reason]);
  }

  held(epoch: string, shape: number): bigint[] {
    const sql = 'SELECT seq FROM held WHERE epoch = ? AND shape = ?';
    return this.db.all(sql, [epoch, BigInt(shape)]).map(([seq]) => bigintOf(seq));
  }

  recordGap(gap: {
    sourceTable: string;
    epoch: string;
    first: bigint;
    last: bigint;
    rows: number;
    reason: string;
    at: string;
  }): void {
    this.db.run(
      `INSERT INTO gap (source_table, epoch, first_seq, last_seq, rows, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [gap.sourceTable, gap.epoch, gap.first, gap.last, BigInt(gap.rows), gap.reason, gap.at],
    );
  }

  pauses(): ReadonlySet<string> {
    const rows = this.db.all('SELECT CAST(source_table AS BLOB) FROM pause');
    return new Set(
      rows.map(([table]) =>
        table instanceof Uint8Array ? Buffer.from(table).toString('utf8') : String(table),
      ),
    );
  }

  close(): void {
    this.db.close();
  }
}
