// A fleet at size, in a database of its own: npm run seed -- --devices 10000 --lineages 50000 --reviews 5000
// --staged 1000000 --mirror 5000000 [--data-dir folder]. Fills DATABASE_URL where it is set, else the embedded
// PostgreSQL of the folder, which `npm start` with the same TIDEGATE_DATA_DIR then opens. It refuses a database
// that has devices of anybody else.
import { chmodSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { seedDatabase } from '@/server/testing/seed/seed-database';
import { SEED_DEFAULTS, type SeedSizes } from '@/server/testing/seed/sizes';

const FOLDER = '.tidegate-seed';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function readArguments(): { sizes: SeedSizes; dataDir: string } {
  const names = Object.keys(SEED_DEFAULTS) as (keyof SeedSizes)[];
  const options = Object.fromEntries(
    [...names, 'data-dir'].map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ options });
  const given = names.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])]]));
  const folder = values['data-dir'];
  return {
    sizes: { ...SEED_DEFAULTS, ...(Object.fromEntries(given) as Partial<SeedSizes>) },
    dataDir: resolve(typeof folder === 'string' ? folder : FOLDER),
  };
}

async function fill(url: string, sizes: SeedSizes): Promise<void> {
  await migrate(url);
  const db = createDb(url, { max: 1, name: 'tidegate-seed' });
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1).padStart(7);
  try {
    await seedDatabase(db, sizes, (what) => print(`${seconds()} s  ${what}`));
    print(`${seconds()} s  done`);
  } finally {
    await db.end();
  }
}

async function run(): Promise<void> {
  const { sizes, dataDir } = readArguments();
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return fill(given, sizes);
  mkdirSync(dataDir, { recursive: true });
  // The database runs as another user where this is root, and has to reach its folder.
  chmodSync(dataDir, 0o711);
  const settings = { max_wal_size: '8GB', checkpoint_timeout: '30min', shared_buffers: '512MB' };
  const server = await startEmbeddedPostgres({ dataDir, log: print, settings });
  try {
    await fill(server.url, sizes);
    print(
      `The seeded database is in ${dataDir}. Measure its lists: npm run bench -- lists --data-dir ${dataDir}`,
    );
  } finally {
    await server.stop();
  }
}

await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
