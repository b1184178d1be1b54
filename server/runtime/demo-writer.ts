/**
 * The ordinary programs of the demo devices, in one process: writes SQLite files and knows nothing of replication. It must stay so;
 * the demo shows that the agent captures what any program writes.
 */
import LibsqlDatabase from 'libsql';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_DEVICES, type DemoDeviceKind } from '@/server/runtime/demo-devices';

const TICK_MS = 500;

/** The statement with its time and random number filled in. */
function filled(sql: string): string {
  const random = Math.floor(Math.random() * 1000);
  return sql.replaceAll('$now', `'${new Date().toISOString()}'`).replaceAll('$r', String(random));
}

function open(name: string, path: string): { db: LibsqlDatabase.Database; events: DemoDeviceKind['events'] } {
  const device = DEMO_DEVICES.find((kind) => kind.name === name);
  if (device === undefined) throw new Error(`there is no demo device ${name}`);
  const db = new LibsqlDatabase(path);
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const isNew = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1").all().length === 0;
  db.exec(device.ddl);
  if (isNew) for (const sql of device.seed) db.exec(filled(sql));
  return { db, events: device.events };
}

/** Arguments: the folder of the demo, and the names of the devices to write for. */
const [, , folder = '', ...names] = process.argv;
const files = names.map((name) => open(name, join(folder, name, 'source.db')));
const aborted = new AbortController();
process.on('SIGTERM', () => aborted.abort());
process.on('SIGINT', () => aborted.abort());
while (!aborted.signal.aborted) {
  for (const { db, events } of files) {
    for (const { everySeconds, sql } of events) {
      if (Math.random() >= TICK_MS / 1000 / everySeconds) continue;
      try {
        db.exec(filled(sql));
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
  await sleep(TICK_MS, undefined, { signal: aborted.signal }).catch(() => undefined);
}
for (const { db } of files) db.close();
