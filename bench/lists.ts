// How fast each list of the API opens over a seeded database, through the web process as it is started: npm run
// bench -- lists [--data-dir folder] [--runs 30] [--only 'registry|mirrors']. `--only` is an expression that the names
// of lists match. Prints the first answer, the median, the 95th percentile, and the median beside that of the list's
// first page. Asserts nothing.
import { parseArgs } from 'node:util';
import { bootstrapInstallation } from '@/server/engine/auth/bootstrap';
import { randomSecret } from '@/server/engine/auth/token-secret';
import { createDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { systemClock } from '@/server/lib/clock';
import { casesOf, type Case } from './lists/cases';
import { overSeed, quantile, startWeb } from './web';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Answer {
  ok: number;
  message?: string;
  meta: { next_cursor?: string | null; total_items?: number; total_items_estimated?: boolean } | null;
}

/** Milliseconds until the whole answer was read, and the answer. */
async function timed(url: string, token: string): Promise<{ ms: number; answer: Answer }> {
  const from = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const answer = (await response.json()) as Answer;
  const ms = performance.now() - from;
  if (answer.ok !== 1) throw new Error(`${url} answered ${response.status} ${String(answer.message)}`);
  return { ms, answer };
}

const shown = (ms: number): string => ms.toFixed(1).padStart(8);

async function measure(base: string, token: string, path: string, runs: number) {
  const { ms: first, answer } = await timed(`${base}${path}`, token);
  const all: number[] = [];
  for (let i = 0; i < runs; i++) all.push((await timed(`${base}${path}`, token)).ms);
  all.sort((a, b) => a - b);
  return { first, p50: quantile(all, 0.5), p95: quantile(all, 0.95), meta: answer.meta };
}

async function run(base: string, token: string, cases: readonly Case[], runs: number): Promise<void> {
  print(`${'list'.padEnd(22)} ${'case'.padEnd(44)}    first      p50      p95  ratio  total`);
  const pageOne = new Map<string, number>();
  for (const { list, name, path } of cases) {
    const line = (label: string, m: Awaited<ReturnType<typeof measure>>) => {
      if (!pageOne.has(list)) pageOne.set(list, m.p50);
      const ratio = (m.p50 / (pageOne.get(list) ?? m.p50)).toFixed(2).padStart(6);
      const total = `${m.meta?.total_items_estimated === true ? '~' : ''}${String(m.meta?.total_items ?? '')}`;
      print(
        `${list.padEnd(22)} ${label.slice(0, 44).padEnd(44)} ${shown(m.first)} ${shown(m.p50)} ${shown(m.p95)} ${ratio}  ${total}`,
      );
    };
    const measured = await measure(base, token, path, runs);
    line(name, measured);
    const cursor = measured.meta?.next_cursor;
    if (!/page=\d{3,}/.test(name) || cursor === null || cursor === undefined) continue;
    const after = path.replace(/page=\d+/, `cursor=${cursor}`);
    line(`${name}, then its cursor`, await measure(base, token, after, runs));
  }
}

async function against(url: string, runs: number, only: string | undefined): Promise<void> {
  await migrate(url);
  const db = createDb(url, { max: 2, name: 'tidegate-bench' });
  const token = randomSecret(24);
  const input = { adminEmail: 'bench@plant.example', adminPassword: null, bootstrapApiToken: token };
  await bootstrapInstallation({ db, clock: systemClock, input });
  const cases = (await casesOf(db)).filter(({ list }) => only === undefined || new RegExp(only).test(list));
  const web = await startWeb(url);
  try {
    await run(`${web.url}/core/api/v1`, token, cases, runs);
  } finally {
    await web.stop();
    await db.sql`delete from tidegate.api_token where user_id in
      (select id from tidegate.app_user where email = ${input.adminEmail})`;
    await db.end();
  }
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { 'data-dir': text, runs: text, only: text } });
  const runs = Number(values.runs ?? 30);
  await overSeed(values['data-dir'], (url) => against(url, runs, values.only));
}

await main();
