// What the same Postgres does with the same rows and nothing around it: COPY and the bare guarded statement, each on
// two connections. bench/README.md says what each is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uuidV7 } from '@/server/lib/uuid';
import { upsertStatement } from '@/server/engine/mirror/write-rows';
import { has, PER_BATCH, postgresCpu, print, seconds, type Place } from './place';

const STAGED_LIKE = `(lineage_id uuid, epoch_ordinal bigint, commit_seq bigint, pk_hash bytea, journal_epoch uuid, schema_hash text,
  op text, pk text, "row" text, staging_reason text, error text, received_at timestamptz, bytes int,
  primary key (lineage_id, epoch_ordinal, commit_seq, pk_hash))`;
const MIRROR_LIKE = `(device_id uuid, version_epoch bigint, version_seq bigint, created_at timestamptz, updated_at timestamptz,
  id bigint, mode text, setpoint double precision, unique nulls not distinct (device_id, id))`;

/** Runs `run`, which writes all rows, and prints it; `cpu` is that of the processes beside Postgres. */
export async function measure(
  name: string,
  place: Place,
  run: () => Promise<void>,
  others: () => Record<string, number> = () => ({}),
): Promise<number> {
  const [cpu, from] = [postgresCpu(place.pgPid), process.hrtime.bigint()];
  await run();
  const rowsPerSecond = place.rows / seconds(from);
  print(name, place.rows, { rowsPerSecond, cpu: { postgres: postgresCpu(place.pgPid) - cpu, ...others() } });
  return rowsPerSecond;
}

const twice = (run: (half: number) => Promise<void>) => async (): Promise<void> => {
  await Promise.all([run(0), run(1)]);
};

async function copyIn(place: Place, table: string, text: string): Promise<void> {
  const file = join(place.dir, `copy-${uuidV7()}`);
  if (has('psql')) {
    writeFileSync(file, text);
    const child = spawn('psql', [place.url, '-qc', `\\copy ${table} from '${file}'`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`psql ended with ${code}`);
    return;
  }
  const to = await place.db.root.unsafe(`copy ${table} from stdin`).writable();
  to.end(text);
  await once(to, 'finish');
}

/** Rows per second of COPY into staging, of COPY into a mirror and of the guarded upsert. */
export async function ceilings(place: Place): Promise<{ stage: number; insert: number; upsert: number }> {
  await place.db.root.unsafe(
    `create table bare_staged ${STAGED_LIKE}; create table tidegate_mirror.bare_mirror ${MIRROR_LIKE}`,
  );
  const uuid = uuidV7();
  const at = new Date().toISOString();
  const staged = ['', ''];
  const mirror = ['', ''];
  for (const half of [0, 1]) {
    const [s, m]: [string[], string[]] = [[], []];
    for (let i = half; i < place.rows; i += 2) {
      const row = `{"id":${i},"mode":"mode ${i % 7} of 1","setpoint":${i / 8}}`;
      const hash = `\\\\x${i.toString(16).padStart(32, '0')}`;
      s.push(
        [
          uuid,
          1,
          i,
          hash,
          uuid,
          'a'.repeat(64),
          'update',
          `{"id":${i}}`,
          row,
          'schema_review',
          '\\N',
          at,
          row.length,
        ].join('\t'),
      );
      m.push([uuid, 1, i, at, at, i, `mode ${i % 7} of 1`, i / 8].join('\t'));
    }
    staged[half] = `${s.join('\n')}\n`;
    mirror[half] = `${m.join('\n')}\n`;
  }
  const stage = await measure(
    'COPY into staging, two connections',
    place,
    twice((half) => copyIn(place, 'bare_staged', staged[half] ?? '')),
  );
  const insert = await measure(
    'COPY into a mirror, two connections',
    place,
    twice((half) => copyIn(place, 'tidegate_mirror.bare_mirror', mirror[half] ?? '')),
  );
  const upsert = await measure(
    'bare guarded statement, two connections',
    place,
    twice((half) => bareUpsert(place, half, uuid, at)),
  );
  return { stage, insert, upsert };
}

/** The very statement that Tidegate runs, 500 rows a time, each its own commit. */
async function bareUpsert(place: Place, half: number, uuid: string, at: string): Promise<void> {
  const columns = [
    { name: 'id', type: 'bigint' as const, sourceColumnName: 'id', keyOrdinal: 1 },
    { name: 'mode', type: 'text' as const, sourceColumnName: 'mode', keyOrdinal: 0 },
    { name: 'setpoint', type: 'double precision' as const, sourceColumnName: 'setpoint', keyOrdinal: 0 },
  ];
  const text = upsertStatement({ tableName: 'bare_mirror', columns }, false, false);
  for (let from = half * PER_BATCH; from < place.rows; from += 2 * PER_BATCH) {
    const list = (of: (i: number) => string | number) =>
      `{${Array.from({ length: PER_BATCH }, (_, i) => of(from + i)).join(',')}}`;
    await place.db.root.unsafe(
      text,
      [
        uuid,
        at,
        list(() => 1),
        list((i) => place.rows + i),
        list((i) => i),
        list((i) => `"mode ${i % 5}"`),
        list((i) => i / 4),
      ],
      { prepare: true },
    );
  }
}
