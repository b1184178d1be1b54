// What a shell script would be: `mosquitto_sub | psql COPY` into one column of the type that staging keeps a row in.
// It parses, checks, versions and dedups nothing, and acknowledges each message before anything is committed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { uuidV7 } from '@/server/lib/uuid';
import { measure } from './ceilings';
import { batches, has, lines, PER_BATCH, usage, watchCpu, type Place } from './place';

/** A character that no JSON text holds keeps psql from reading the text as anything but a text. */
const AS_IT_STANDS = `with (format csv, delimiter e'\\x01', quote e'\\x02')`;

/** A client has 65,535 packet ids. */
const PUBLISHED_AT_ONCE = 1000;

const chunksOf = (rows: readonly string[], size: number): string[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size).join('\n'),
  );

/**
 * Rows per second of the pipe: with one row in a message, with as many rows in a message as Tidegate's batches have
 * but as lines, and with those batches as they are. Null where the tools are missing.
 */
export async function pipes(place: Place): Promise<{ row: number; lines: number } | null> {
  if (!has('mosquitto_sub') || !has('psql')) return null;
  const rows = lines(place.rows);
  const row = await onePipe('pipe, a row in a message', place, rows);
  const many = await onePipe(
    `pipe, ${PER_BATCH} rows in a message, a line each`,
    place,
    chunksOf(rows, PER_BATCH),
  );
  await onePipe('pipe, whole batches, one database row each', place, batches(0, uuidV7(), 0, place.rows));
  return { row, lines: many };
}

/** The messages wait at the broker, as they do for the worker; measured from the start of the pipe to its end. */
async function onePipe(name: string, place: Place, payloads: readonly string[]): Promise<number> {
  await place.db.root.unsafe('drop table if exists bare_pipe; create table bare_pipe (doc text)');
  const topic = `bench/pipe/${uuidV7()}`;
  const sub = [
    '-h',
    '127.0.0.1',
    '-p',
    `${place.broker.port}`,
    '-i',
    `pipe-${uuidV7()}`,
    '-c',
    '-q',
    '1',
    '-t',
    topic,
  ];
  await once(spawn('mosquitto_sub', [...sub, '-E'], { stdio: 'ignore' }), 'exit');
  for (let from = 0; from < payloads.length; from += PUBLISHED_AT_ONCE) {
    const some = payloads.slice(from, from + PUBLISHED_AT_ONCE);
    await Promise.all(some.map((payload) => place.client.publishAsync(topic, payload, { qos: 1 })));
  }
  const broker = () => usage(place.broker.child.pid ?? 0).cpu;
  const before = broker();
  let used = (): Record<string, number> => ({});
  return measure(
    name,
    place,
    async () => {
      const from = spawn('mosquitto_sub', [...sub, '-C', `${payloads.length}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const to = spawn('psql', [place.url, '-qc', `\\copy bare_pipe from stdin ${AS_IT_STANDS}`], {
        stdio: [from.stdout, 'ignore', 'inherit'],
      });
      const [mosquittoSub, psql] = [watchCpu(from), watchCpu(to)];
      used = () => ({ mosquitto_sub: mosquittoSub(), psql: psql(), broker: broker() - before });
      const [code] = (await once(to, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`psql ended with ${code}`);
    },
    () => used(),
  );
}
