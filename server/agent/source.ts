/**
 * The source file: opened, watched, and given its journal. Shapes are known exactly as of `schemaVersion`; a
 * batch is cut only in a read transaction that still has that version, so that no entry is sent that an ALTER
 * TABLE has made doubtful.
 */
import { statSync } from 'node:fs';
import type { Clock } from '@/server/lib/clock';
import { uuidV4 } from '@/server/lib/uuid';
import type { AgentConfig } from '@/server/agent/config';
import { decideEpoch, nextEpoch, type EpochDecision, type JournalIdentity } from '@/server/agent/epoch';
import { highestSeq } from '@/server/agent/journal-reader';
import { createJournal, hasJournal, readMeta, writeMeta } from '@/server/agent/journal-schema';
import { readShapes, syncShapes, type Shape, type SyncResult } from '@/server/agent/shapes';
import { openSnapshots, restartSnapshots, startSnapshot } from '@/server/agent/snapshot';
import { encodingOf, type SourceTable } from '@/server/agent/source-tables';
import { bigintOf, Sqlite } from '@/server/agent/sqlite';
import type { AgentState } from '@/server/agent/state';

/** Short, since it holds up the agent's whole process; a locked file is tried again at the next poll. */
const BUSY_TIMEOUT_MS = 250;

export interface Journal {
  readonly db: Sqlite;
  readonly epoch: string;
  readonly previousEpoch: string | null;
  readonly encoding: string;
  readonly inode: string;
  readonly shapes: readonly Shape[];
  readonly tables: ReadonlyMap<string, SourceTable>;
  readonly schemaVersion: bigint;
}

export interface SyncReport {
  readonly journal: Journal;
  readonly sync: SyncResult;
  readonly decision: EpochDecision;
}

interface Deps {
  readonly config: AgentConfig;
  readonly state: AgentState;
  readonly clock: Clock;
}

/** The file's inode as text; null where there is no file. Never opens it: closing would drop SQLite's locks. */
export function inodeOf(path: string): string | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino.toString() ?? null;
}

/** Opens the source, begins or continues its journal, and installs triggers. Throws SQLite's errors. */
export function openJournal(deps: Deps): SyncReport {
  const { config } = deps;
  const db = Sqlite.openExisting(config.sourceDbPath, BUSY_TIMEOUT_MS);
  try {
    const inode = inodeOf(config.sourceDbPath);
    if (inode === null) throw new Error(`no database at ${config.sourceDbPath}`);
    return establish(db, inode, deps);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** After a DDL change, seen as another schema version: renews shapes and triggers. */
export const renewJournal = (journal: Journal, deps: Deps): SyncReport =>
  establish(journal.db, journal.inode, deps);

function establish(db: Sqlite, inode: string, deps: Deps): SyncReport {
  const { state, config } = deps;
  const report = db.write(() => {
    const existing = hasJournal(db) ? readIdentity(db) : null;
    const decision = decideEpoch(inode, existing, remembered(state));
    if (existing === null) createJournal(db);
    const epoch = decision.kind === 'begin' ? begin(db, inode, decision, deps) : decision.epoch;
    const isFirstRun = decision.kind === 'begin' && decision.reason === 'first_run';
    const sync = syncShapes(db, {
      isIgnored: (table) => config.ignoredTables.has(table),
      telemetry: config.telemetryTables,
      snapshotNew: !isFirstRun || config.snapshotOnFirstRun,
    });
    const shapes = readShapes(db);
    if (existing !== null && decision.kind === 'begin') {
      for (const shape of shapes) if (shape.isLive) startSnapshot(db, shape.id);
    } else if (openSnapshots(db).length > 0) restartSnapshots(db);
    const journal: Journal = {
      db,
      epoch,
      previousEpoch: readMeta(db, 'previous_epoch'),
      encoding: encodingOf(db),
      inode,
      shapes,
      tables: new Map(sync.tables.map((table) => [table.name, table])),
      schemaVersion: schemaVersionOf(db),
    };
    return { journal, sync, decision };
  });
  adopt(state, db, report.journal.epoch);
  return report;
}

function begin(
  db: Sqlite,
  inode: string,
  decision: Extract<EpochDecision, { kind: 'begin' }>,
  { state, clock }: Deps,
): string {
  const latest = state.fact('latest_epoch');
  const epoch = nextEpoch(clock.now(), [decision.previous, latest]);
  // Said first, so that a stop between the two commits is not taken for another file.
  state.setFact('next_epoch', epoch);
  state.setFact('latest_epoch', epoch);
  writeMeta(db, 'epoch', epoch);
  writeMeta(db, 'inode', inode);
  writeMeta(db, 'lease', uuidV4());
  if (decision.previous !== null) writeMeta(db, 'previous_epoch', decision.previous);
  return epoch;
}

/** Remembers the journal that is now in use. */
function adopt(state: AgentState, db: Sqlite, epoch: string): void {
  state.db.write(() => {
    if (state.fact('epoch') !== epoch) {
      state.setFact('epoch', epoch);
      state.setFact('highest_cut', '0');
    }
    state.setFact('lease', readMeta(db, 'lease') ?? '');
    state.setFact('next_epoch', '');
    const latest = state.fact('latest_epoch');
    if (latest === null || latest < epoch) state.setFact('latest_epoch', epoch);
  });
}

function readIdentity(db: Sqlite): JournalIdentity | null {
  const [epoch, inode, lease] = [readMeta(db, 'epoch'), readMeta(db, 'inode'), readMeta(db, 'lease')];
  if (epoch === null || inode === null || lease === null) throw new Error('the journal has no identity');
  return { epoch, inode, lease, highestSeq: highestSeq(db) };
}

const remembered = (state: AgentState) => ({
  epoch: state.fact('epoch'),
  nextEpoch: state.fact('next_epoch'),
  lease: state.fact('lease'),
  nextLease: state.fact('next_lease'),
  highestCut: BigInt(state.fact('highest_cut') ?? '0'),
});

/** Changes whenever another connection has committed to the file. */
export const dataVersionOf = (db: Sqlite): bigint => bigintOf(db.value('PRAGMA data_version'));
export const schemaVersionOf = (db: Sqlite): bigint => bigintOf(db.value('PRAGMA schema_version'));

/** False where the open file is not the journal that was left: a copy was written over it while it was open. */
export function isStillTheSame(journal: Journal, state: AgentState): boolean {
  if (!hasJournal(journal.db)) return false;
  return decideEpoch(journal.inode, readIdentity(journal.db), remembered(state)).kind === 'continue';
}

/** Runs a write transaction on the journal that also renews its lease, so that a restored copy is noticed. */
export function writeWithLease<T>(journal: Journal, state: AgentState, work: () => T): T {
  const lease = uuidV4();
  state.setFact('next_lease', lease);
  const result = journal.db.write(() => {
    writeMeta(journal.db, 'lease', lease);
    return work();
  });
  state.setFact('lease', lease);
  return result;
}
