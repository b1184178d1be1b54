// The convergence property, for as long as wanted: npm run converge -- 100000 [seed [minutes]]
// Random histories against a database of its own, in chunks, so that a failure names a seed that shows it again
// within a minute; after `minutes` no further chunk begins. Exits 1 at the first history whose end differs from
// applying it once, in order.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { converge } from '@/server/testing/convergence/converge';
import { mixedHistories } from '@/server/testing/convergence/history';
import { makeWorld } from '@/server/testing/convergence/world';

const LANES = 8;
/** Histories; a multiple of the lanes, or each would play one more than its share. */
const CHUNK = 256;
/** Little more than the lanes use at once: each session reads and plans anew what the others know already. */
const SESSIONS_MAX = 12;

const wholeNumber = (text: string | undefined, otherwise: number): number => {
  const n = text === undefined ? otherwise : Number(text);
  if (Number.isSafeInteger(n) && n > 0) return n;
  throw new Error(
    `${String(text)} is not a whole number above 0; use: npm run converge -- 100000 [seed [minutes]]`,
  );
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(total: number, firstSeed: number, minutes: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidegate-converge-'));
  chmodSync(dataDir, 0o711);
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '100' };
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.stop().finally(() => process.exit(1)));
  const began = Date.now();
  try {
    for (let done = 0; done < total && Date.now() < began + minutes * 60_000; done += CHUNK) {
      const seed = firstSeed + done;
      const runs = Math.min(CHUNK, total - done);
      const url = await freshDatabase(server.url, `converge_${String(seed)}`);
      const db = createDb(url, { max: SESSIONS_MAX });
      try {
        await converge(await makeWorld(db), { histories: mixedHistories, runs, seed, lanes: LANES });
      } catch (error) {
        print(
          `seed ${String(seed)} fails; see it again: npm run converge -- ${String(runs)} ${String(seed)}`,
        );
        throw error;
      } finally {
        await db.end();
      }
      await dropDatabase(server.url, `converge_${String(seed)}`);
      const seconds = (Date.now() - began) / 1000;
      print(
        `${String(done + runs)} of ${String(total)} histories converge; seed ${String(seed)}; ` +
          `${((done + runs) / seconds).toFixed(1)} a second`,
      );
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A migrated database of its own for a chunk: thousands of mirror tables in one would slow the next chunk down. */
async function freshDatabase(adminUrl: string, name: string): Promise<string> {
  const admin = createDb(adminUrl, { max: 1 });
  await admin.sql`create database ${admin.root(name)}`;
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  return url.href;
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = createDb(adminUrl, { max: 1 });
  await admin.sql`drop database ${admin.root(name)} with (force)`;
  await admin.end();
}

await run(
  wholeNumber(process.argv[2], 100_000),
  wholeNumber(process.argv[3], 1),
  wholeNumber(process.argv[4], Number.MAX_SAFE_INTEGER),
);
