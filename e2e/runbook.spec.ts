/** docs/runbook.md does what it says: its own commands, run by a shell with the machine's curl, in its own order. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { openReviewOf, untilLineage } from './world/conditions';
import { commandsOf, valueAt } from './world/page-commands';
import { expect, test } from './world/test';

const READINGS = `
  create table readings (id integer primary key, sensor text not null, value real);
  insert into readings values (1, 'inlet', 1.5), (2, 'outlet', 3), (3, 'spare', 'not a number');`;
const ALARMS = `
  create table alarms (id integer primary key, code text not null);
  insert into alarms values (1, 'dry run');`;

const RUN_MS_MAX = 30_000;

/** What a script prints. Throws where it fails or says anything on stderr. */
async function run(script: string, variables: Record<string, string>): Promise<string> {
  const shell = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
    timeout: RUN_MS_MAX,
  });
  let [printed, complained] = ['', ''];
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  shell.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const [code] = (await once(shell, 'close')) as [number | null];
  if (code !== 0 || complained !== '')
    throw new Error(`${script}\nended with ${code}: ${complained}${printed}`);
  return printed;
}

/** The answer as the page shows it: `…` is any value, `$NAME` what was kept under that name. */
function shown(answer: string, kept: Record<string, string>): unknown {
  const filled = answer.replaceAll(/\$([A-Z]+)/g, (_, name: string) => kept[name] ?? name);
  return JSON.parse(filled, (_, value: unknown) => (value === '…' ? expect.anything() : value));
}

test('the runbook works as it is written', async ({ place, installation, newDevice }) => {
  const { token } = await place.person('operator');
  const pump = await newDevice('pump-01');
  pump.sql(READINGS);
  pump.startAgent();
  const review = await openReviewOf(place, 'readings');
  await untilLineage(
    place,
    review.lineage_id,
    'the rows are staged',
    ({ lineage }) => lineage.staged_row_count === 3,
  );

  /** What happens in the field before a section of the page. */
  const before = new Map<string, () => Promise<void>>();
  before.set('A registry review', async () => {
    const other = await newDevice('pump-02');
    other.sql(ALARMS);
    other.startAgent();
    const waiting = () => place.data<{ waiting_lineages: number }[]>('GET', 'edge/registry-reviews');
    await expect.poll(async () => (await waiting())[0]?.waiting_lineages, { intervals: [100] }).toBe(1);
  });

  const kept: Record<string, string> = { TIDEGATE_URL: installation.url, TIDEGATE_TOKEN: token };
  let settings = '';
  let answers = 0;
  for (const { heading, script, answer, keeps } of commandsOf(readFileSync('docs/runbook.md', 'utf8'))) {
    await before.get(heading)?.();
    before.delete(heading);
    if (!script.includes('curl')) {
      settings += script;
      continue;
    }
    await test.step(`${heading}: ${script.split('\n')[0] ?? ''}`, async () => {
      const printed = await run(settings + script, kept);
      if (answer === null) return expect(printed).toBe('');
      const given: unknown = JSON.parse(printed);
      for (const { path, variable } of keeps) kept[variable] = valueAt(given, path);
      expect(given).toMatchObject(shown(answer, kept) as Record<string, unknown>);
      answers += 1;
    });
  }
  expect([...before.keys()], 'sections that the page has no more').toEqual([]);
  expect(answers, 'a page without commands proves nothing').toBeGreaterThan(15);
});
