/**
 * Keeps the journal open and in line with the source: notices a missing, replaced or altered file, advances
 * snapshots, deletes what is delivered. It is the only one that writes to the source, always in short
 * transactions: the source belongs to another program.
 */
import type { Clock } from '@/server/lib/clock';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { AgentConfig } from '@/server/agent/config';
import { countPending, deleteDelivered, hasDelivered } from '@/server/agent/journal-reader';
import { writeMeta } from '@/server/agent/journal-schema';
import type { AgentLog } from '@/server/agent/log';
import { trimJournal } from '@/server/agent/retention';
import { openSnapshots, snapshotChunk } from '@/server/agent/snapshot';
import {
  dataVersionOf,
  inodeOf,
  isStillTheSame,
  openJournal,
  renewJournal,
  schemaVersionOf,
  writeWithLease,
  type Journal,
  type SyncReport,
} from '@/server/agent/source';
import { PUBACK_SETTLED, type AgentState } from '@/server/agent/state';

/** A snapshot waits while this many of its table's entries are still to be sent. */
const SNAPSHOT_BACKLOG_ROWS = 10_000;
const TIDY_EVERY_MS = 1_000;
const RETENTION_EVERY_MS = 10_000;

export interface Observation {
  readonly sourceTable: string;
  readonly schemaHash: string;
  readonly schemaColumns: readonly SchemaColumn[];
}

interface Deps {
  readonly config: AgentConfig;
  readonly log: AgentLog;
  readonly clock: Clock;
  readonly state: AgentState;
}

export class SourceWatch {
  private journal: Journal | null = null;
  private observations: Observation[] = [];
  private dataVersion: bigint | null = null;
  private isMissing = false;
  private warned = '';
  private tidiedAtMs = 0;
  private trimmedAtMs = 0;

  constructor(private readonly deps: Deps) {}

  /** The journal, opened or renewed as needed; null while there is no source file. */
  current(): Journal | null {
    const { config, log } = this.deps;
    const inode = inodeOf(config.sourceDbPath);
    if (this.journal !== null && inode !== this.journal.inode) {
      this.close();
      log.warn('source_file_replaced', { source_db: config.sourceDbPath });
    }
    if (inode === null) {
      if (!this.isMissing)
        log.error('source_file_missing', {
          source_db: config.sourceDbPath,
          next: 'waiting until the file is there',
        });
      this.isMissing = true;
      return null;
    }
    this.isMissing = false;
    if (this.journal === null) this.take(openJournal(this.deps));
    else this.follow(this.journal);
    return this.journal;
  }

  /** Renews what is known of the file where another program's commit has made it untrue. */
  private follow(journal: Journal): void {
    const version = dataVersionOf(journal.db);
    if (version === this.dataVersion) return;
    const isAltered = schemaVersionOf(journal.db) !== journal.schemaVersion;
    if (isAltered || !isStillTheSame(journal, this.deps.state)) this.renew();
    this.dataVersion = version;
  }

  /** Renews shapes and triggers after a DDL change. */
  renew(): void {
    if (this.journal !== null) this.take(renewJournal(this.journal, this.deps));
  }

  private take({ journal, sync, decision }: SyncReport): void {
    const { log } = this.deps;
    this.journal = journal;
    if (decision.kind === 'begin')
      log.info('journal_epoch_begun', {
        epoch: journal.epoch,
        previous: decision.previous,
        reason: decision.reason,
      });
    for (const change of sync.changes) {
      const fields = { table: change.table, change: change.kind, schema_hash: change.schemaHash };
      if (change.kind === 'gone')
        log.warn('source_table_gone', { ...fields, next: 'its rows stay in the mirror as they were' });
      else log.info('source_table', fields);
      const table = journal.tables.get(change.table);
      if (table === undefined || change.kind === 'triggers_renewed') continue;
      this.observations.push({
        sourceTable: table.name,
        schemaHash: table.schemaHash,
        schemaColumns: table.columns,
      });
    }
    const skipped = sync.skipped.filter(({ name }) => !this.deps.config.ignoredTables.has(name));
    const warning = JSON.stringify(skipped);
    if (warning === this.warned) return;
    this.warned = warning;
    for (const { name, reason } of skipped) log.warn('table_skipped', { table: name, reason });
  }

  /** The observations to send now; `putBackObservation` returns one that could not be sent. */
  takeObservations(): Observation[] {
    return this.observations.splice(0);
  }

  putBackObservation(observation: Observation): void {
    this.observations.push(observation);
  }

  /** Journals the next chunk of each open snapshot whose table can be sent and is not behind. */
  advanceSnapshots(isFree: (table: string) => boolean): void {
    const journal = this.journal;
    if (journal === null) return;
    for (const id of openSnapshots(journal.db)) {
      const shape = journal.shapes.find((s) => s.id === id);
      const table = shape === undefined ? undefined : journal.tables.get(shape.sourceTable);
      if (table === undefined || !isFree(table.name)) continue;
      const after = this.deps.state.cursor(journal.epoch, id);
      if (countPending(journal.db, id, after, SNAPSHOT_BACKLOG_ROWS) >= SNAPSHOT_BACKLOG_ROWS) continue;
      const chunk = journal.db.write(() =>
        // Another program may have altered the table since it was read; then the next round reads it again.
        schemaVersionOf(journal.db) === journal.schemaVersion
          ? snapshotChunk(journal.db, { table, shape: id })
          : null,
      );
      if (chunk?.isComplete === true) this.deps.log.info('snapshot_complete', { table: table.name });
    }
  }

  /** Deletes delivered entries, and keeps the journal within its size. */
  tidy(): void {
    const { clock, state, config, log } = this.deps;
    const now = clock.now().getTime();
    const journal = this.journal;
    if (journal === null) return;
    if (Math.abs(now - this.tidiedAtMs) >= TIDY_EVERY_MS) {
      this.tidiedAtMs = now;
      this.deleteDelivered(journal);
    }
    if (Math.abs(now - this.trimmedAtMs) >= RETENTION_EVERY_MS) {
      this.trimmedAtMs = now;
      trimJournal(journal, { state, log, clock, limitBytes: config.localRetentionBytes });
    }
  }

  private deleteDelivered(journal: Journal): void {
    const { state } = this.deps;
    const done = journal.shapes
      .map(({ id }) => ({
        shape: id,
        through: state.cursor(journal.epoch, id),
        held: state.held(journal.epoch, id),
      }))
      .filter((delivered) => hasDelivered(journal.db, delivered));
    if (done.length === 0) return;
    writeWithLease(journal, state, () => {
      // Beside the entries that are gone, since the state file may be lost.
      if (state.fact(PUBACK_SETTLED) !== null) writeMeta(journal.db, PUBACK_SETTLED, 'yes');
      for (const one of done) deleteDelivered(journal.db, one);
    });
  }

  close(): void {
    this.journal?.db.close();
    this.journal = null;
    // It counts per connection; another one may begin with the same number.
    this.dataVersion = null;
  }
}
