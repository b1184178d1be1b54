/**
 * The half of the doctor that looks at files: the source, its triggers and journal, the agent's own state. It
 * reads only, and tries the write lock without writing: a running agent and the application go on meanwhile.
 */
import { existsSync } from 'node:fs';
import type { Clock } from '@/server/lib/clock';
import { uuidV7Ms } from '@/server/lib/uuid';
import type { AgentConfig } from '@/server/agent/config';
import { fail, messageOf, ok, warn, type Finding } from '@/server/agent/finding';
import { hasJournal, readMeta } from '@/server/agent/journal-schema';
import { fileBytes, journalBytes } from '@/server/agent/retention';
import { readInstalled, readShapes } from '@/server/agent/shapes';
import { readCatalog } from '@/server/agent/source-tables';
import { intOf, obstacleOf, Sqlite } from '@/server/agent/sqlite';
import { triggersOf } from '@/server/agent/trigger-sql';

const BUSY_TIMEOUT_MS = 2_000;
const RETENTION_WARN_RATIO = 0.8;
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Everything that can be told from the device's own files. */
export function checkFiles(config: AgentConfig, clock: Clock): Finding[] {
  return [...checkSource(config, clock), ...checkState(config)];
}

function checkSource(config: AgentConfig, clock: Clock): Finding[] {
  const { sourceDbPath: path } = config;
  if (!existsSync(path))
    return [
      fail('database', `no file at ${path}`, 'correct source_db, or let the application make its file'),
    ];
  let db: Sqlite | null = null;
  try {
    db = Sqlite.openExisting(path, BUSY_TIMEOUT_MS);
    return [checkWritable(db), ...checkCapture(db, config), ...checkClock(db, clock)];
  } catch (error) {
    return [
      fail(
        'database',
        `${path}: ${messageOf(error)}`,
        'give the path of an SQLite file that the agent may read and write',
      ),
    ];
  } finally {
    db?.close();
  }
}

function checkWritable(db: Sqlite): Finding {
  const tables = intOf(db.value("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"));
  try {
    db.exec('BEGIN IMMEDIATE');
    db.exec('ROLLBACK');
    return ok('database', `${db.path}: ${tables} tables, readable and writable`);
  } catch (error) {
    if (obstacleOf(error) === 'busy')
      return warn(
        'database',
        `${db.path} is locked by another program`,
        'find the program that holds a long write transaction',
      );
    return fail(
      'database',
      `${db.path} cannot be written: ${messageOf(error)}`,
      'give the agent write access to the file and its folder',
    );
  }
}

function checkCapture(db: Sqlite, config: AgentConfig): Finding[] {
  if (!hasJournal(db))
    return [
      warn(
        'triggers',
        'the file has no journal: no agent has run on it',
        'start the agent; it installs the triggers',
      ),
    ];
  const { tables, skipped } = readCatalog(db, config.telemetryTables);
  const wanted = tables.filter((table) => !config.ignoredTables.has(table.name));
  const live = new Map(readShapes(db).flatMap((s) => (s.isLive ? [[s.sourceTable, s.id] as const] : [])));
  const installed = readInstalled(db);
  const bare = wanted.filter((table) => {
    const shape = live.get(table.name);
    return (
      shape === undefined ||
      [...triggersOf(table, shape)].some(([name, sql]) => installed.get(name)?.sql !== sql)
    );
  });
  const named = (list: readonly { name: string }[]): string =>
    list.map((t) => JSON.stringify(t.name)).join(', ');
  const findings = [
    bare.length === 0
      ? ok('triggers', `complete on ${wanted.length} tables`)
      : fail(
          'triggers',
          `missing or out of date on ${named(bare)}`,
          'start the agent; it renews them. If it runs, look in its log for round_failed',
        ),
  ];
  const left = skipped.filter((table) => !config.ignoredTables.has(table.name));
  if (left.length > 0)
    findings.push(
      warn(
        'tables',
        left.map((t) => `${JSON.stringify(t.name)}: ${t.reason}`).join('; '),
        'these are not replicated; set them to ignore to say that this is meant',
      ),
    );
  return [...findings, checkJournal(db, config)];
}

function checkJournal(db: Sqlite, { localRetentionBytes: limit }: AgentConfig): Finding {
  const entries = intOf(db.value('SELECT count(*) FROM _tidegate_journal'));
  const bytes = fileBytes(db) <= limit * RETENTION_WARN_RATIO ? null : journalBytes(db);
  const size = bytes === null ? `within ${limit} bytes` : `${bytes} of ${limit} bytes`;
  const evidence = `${entries} entries, ${size}`;
  if (bytes === null || bytes <= limit * RETENTION_WARN_RATIO) return ok('journal', evidence);
  return warn(
    'journal',
    evidence,
    'near local_retention_bytes: resume the table or restore the connection, or the oldest changes go',
  );
}

function checkClock(db: Sqlite, clock: Clock): Finding[] {
  const epoch = hasJournal(db) ? readMeta(db, 'epoch') : null;
  const now = clock.now();
  const begun = epoch === null ? null : new Date(uuidV7Ms(epoch));
  if (begun === null || begun.getTime() - now.getTime() <= CLOCK_TOLERANCE_MS)
    return [ok('clock', `${now.toISOString()}, not before anything that this journal knows of`)];
  return [
    fail(
      'clock',
      `${now.toISOString()}, but the journal was begun at ${begun.toISOString()}`,
      'set the clock; certificates and samples without a time of their own are wrong meanwhile',
    ),
  ];
}

function checkState({ stateDbPath: path }: AgentConfig): Finding[] {
  if (!existsSync(path)) return [ok('state', `no file at ${path} yet`)];
  let db: Sqlite | null = null;
  try {
    db = Sqlite.openExisting(path, BUSY_TIMEOUT_MS);
    const names = (sql: string): string => (db?.all(sql) ?? []).map(([text]) => String(text)).join(', ');
    const paused = names("SELECT source_table || ' (' || reason || ')' FROM pause ORDER BY 1");
    const rejected = names(
      "SELECT source_table || ' (' || rejected_code || ')' FROM inflight WHERE rejected_code IS NOT NULL ORDER BY 1",
    );
    const gaps = names(
      "SELECT DISTINCT source_table || ' (' || sum(rows) || ' rows)' FROM gap GROUP BY source_table ORDER BY 1",
    );
    const held = intOf(db.value('SELECT count(*) FROM held'));
    const findings = [
      ...(paused === ''
        ? []
        : [warn('paused', paused, 'the cloud has paused these tables; see their lineages in the console')]),
      ...(rejected === ''
        ? []
        : [
            fail(
              'rejected',
              rejected,
              'the cloud refuses these batches; see the rejected batches of the device',
            ),
          ]),
      ...(gaps === ''
        ? []
        : [
            warn(
              'gaps',
              gaps,
              'changes were dropped for local_retention_bytes; a snapshot of the table follows',
            ),
          ]),
      ...(held === 0
        ? []
        : [warn('held', `${held} rows cannot be sent`, 'see row_not_sendable in the log for which and why')]),
    ];
    return findings.length > 0 ? findings : [ok('state', `${path}: nothing paused, rejected or lost`)];
  } catch (error) {
    return [
      fail(
        'state',
        `${path}: ${messageOf(error)}`,
        'make the file writable, or remove it: no data is lost with it',
      ),
    ];
  } finally {
    db?.close();
  }
}
