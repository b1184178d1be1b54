// What an operator waits for, over a seeded database and the built console in a headless browser: npm run bench --
// console [--data-dir folder] [--rounds 10] [--only first|lists|rows|scroll|claim|scripts] [--base folder]. Prints each figure
// with its median, its worst and its goal; exits 1 where a goal is missed. With --base, a folder in which another commit
// is built, what opens for the first time is measured in tabs of both in turn.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { bootstrapInstallation } from '@/server/engine/auth/bootstrap';
import { randomSecret } from '@/server/engine/auth/token-secret';
import { createDb, type RootDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { only } from '@/server/lib/assert';
import { systemClock } from '@/server/lib/clock';
import { measureClaim } from './console/claim';
import { launch, rendererMemory, signedIn, type Person } from './console/browser';
import { HEADING, lineOf, missed, type Figure } from './console/figures';
import { measureDetail, measureFirst, measurePlaces } from './console/lists';
import {
  measureDepth,
  measureBareScrolling,
  measureOpening,
  measureScrolling,
  type Pace,
  type RowsPlace,
} from './console/rows';
import { measureScripts } from './console/scripts';
import { overSeed, startWeb, type BenchWeb } from './web';

const EMAIL = 'bench@plant.example';
const MEMORY_MB_MAX = 300;
/** A wheel turned as fast as it goes, a strong fling, and as far in each frame as the grid is high. */
const PACES = [
  { turnPx: 100, turns: 300 },
  { turnPx: 250, turns: 300 },
  { turnPx: 600, turns: 400 },
] as const satisfies readonly Pace[];

/** How fast the machine is just then: other work on it, and its neighbours', move every figure beside this one. */
const YARDSTICK_BYTES = 64e6;
const YARDSTICK_TIMES = 5;

function yardstick(): Figure {
  const bytes = Buffer.alloc(YARDSTICK_BYTES, 1);
  const values = Array.from({ length: YARDSTICK_TIMES }, () => {
    const began = performance.now();
    createHash('sha256').update(bytes).digest();
    return performance.now() - began;
  });
  return { what: 'The machine: 64 MB hashed', values, unit: 'ms', goalMax: null };
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface BenchPlace extends RowsPlace {
  /** A review that nobody holds. */
  review: string;
}

async function placeOf(db: RootDb): Promise<BenchPlace> {
  return only(
    await db.sql<(BenchPlace & Record<string, unknown>)[]>`
      select (select id from tidegate.project order by created_at, id limit 1) as project,
        (select id from tidegate.lineage order by staged_rows desc limit 1) as backlog,
        (select l.id from tidegate.mirror m join tidegate.lineage l on l.device_id = m.scope_id
           and l.source_table = m.source_table where m.scope = 'device' limit 1) as large,
        (select id from tidegate.schema_review where status = 'queued' order by id limit 1) as review`,
  );
}

type Part = (page: Page, at: BenchPlace, rounds: number, base?: Page) => Promise<Figure[]>;

const PARTS: Record<string, Part> = {
  first: (page, _at, rounds, base) => measureFirst(page, rounds, base),
  lists: async (page, _at, rounds) => [
    ...(await measurePlaces(page, rounds)),
    ...(await measureDetail(page, 'A review', '/reviews', rounds)),
    ...(await measureDetail(page, 'A lineage', '/lineages', rounds)),
    ...(await measureDetail(page, 'A device', '/devices', rounds)),
  ],
  rows: async (page, { project, backlog, large }, rounds) => {
    const rows = (lineage: string, kind: string) =>
      `/projects/${project}/edge/lineages/${lineage}/${kind}-rows`;
    return [
      ...(await measureOpening(page, 'Staged rows', backlog, 'd', rounds)),
      ...(await measureOpening(page, 'Mirror rows', large, 'w', rounds)),
      ...(await measureDepth(page, 'Staged rows', rows(backlog, 'staged'), rounds * 3)),
      ...(await measureDepth(page, 'Mirror rows', rows(large, 'mirror'), rounds * 3)),
    ];
  },
  scroll: async (page, { backlog, large }) => [
    await measureBareScrolling(page, PACES[1]),
    ...(await measureScrolling(page, 'Staged', `/lineages/${backlog}/rows?source=staged`, PACES)),
    ...(await measureScrolling(page, 'Mirror', `/lineages/${large}/rows?source=mirror`, PACES)),
  ],
  claim: (page, { review }, rounds) => measureClaim(page, `/reviews/${review}`, rounds),
};

interface Asked {
  rounds: number;
  part: string | undefined;
  /** The folder of another build. */
  base: string | undefined;
}

interface Measured {
  url: string;
  /** Of the other build. */
  baseUrl: string | undefined;
  person: Person;
  at: BenchPlace;
}

async function measure({ url, baseUrl, person, at }: Measured, { rounds, part }: Asked): Promise<boolean> {
  const browser = await launch();
  const met: boolean[] = [];
  const show = (figures: readonly Figure[]) => {
    for (const figure of figures) {
      print(lineOf(figure));
      met.push(!missed(figure));
    }
  };
  try {
    print(HEADING);
    for (const [name, run] of Object.entries(PARTS)) {
      if (part !== undefined && part !== name) continue;
      show([yardstick()]);
      const page = await signedIn(browser, url, person);
      const isCompared = baseUrl !== undefined && name === 'first';
      const base = isCompared ? await signedIn(browser, baseUrl, person) : undefined;
      show(await run(page, at, rounds, base));
      await base?.context().close();
      const values = [await rendererMemory(browser)];
      show([{ what: `Memory of the page after the ${name}`, values, unit: 'MB', goalMax: MEMORY_MB_MAX }]);
      await page.context().close();
    }
    if (part === undefined || part === 'scripts') show(await measureScripts(browser, url, person));
  } finally {
    await browser.close();
  }
  return met.every(Boolean);
}

async function against(databaseUrl: string, asked: Asked): Promise<boolean> {
  await migrate(databaseUrl);
  const db = createDb(databaseUrl, { max: 2, name: 'tidegate-bench' });
  const person = { email: EMAIL, password: randomSecret(16) };
  const forget = () => db.sql`delete from tidegate.app_user where email = ${EMAIL}`;
  try {
    await db.sql`delete from tidegate.membership where user_id in
      (select id from tidegate.app_user where email = ${EMAIL})`;
    await forget();
    const input = { adminEmail: EMAIL, adminPassword: person.password, bootstrapApiToken: null };
    await bootstrapInstallation({ db, clock: systemClock, input });
    const webs: BenchWeb[] = [];
    try {
      webs.push(await startWeb(databaseUrl));
      if (asked.base !== undefined) webs.push(await startWeb(databaseUrl, asked.base));
      const [own, base] = webs.map(({ url }) => url);
      return await measure({ url: own ?? '', baseUrl: base, person, at: await placeOf(db) }, asked);
    } finally {
      for (const web of webs) await web.stop();
    }
  } finally {
    await db.end();
  }
}

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { 'data-dir': text, rounds: text, only: text, base: text } });
const asked = { rounds: Number(values.rounds ?? 10), part: values.only, base: values.base };
await overSeed(values['data-dir'], async (url) => {
  if (!(await against(url, asked))) process.exitCode = 1;
});
