// The command line as it is built, a process per call, against the API over HTTP and a real database.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { commandLine, type CommandLine } from '@/server/testing/command-line';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  newestReview,
  put,
  type TestDevice,
} from '@/server/testing/engine';
import { testHost } from '@/server/testing/http';
import { makeLineage } from '@/server/testing/lineages';
import { bundleProgram } from '@/server/testing/program';
import { serveSite, type Site } from '@/server/testing/site';
import { EXIT } from './exit';

let database: TestDatabase;
let db: RootDb;
let site: Site;
let bundle: string;
let folder: string;
let device: TestDevice;
let tidegate: CommandLine;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  site = await serveSite(testHost(db));
  bundle = await bundleProgram('cli');
});
afterAll(async () => {
  await site.close();
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-cli-'));
  device = await makeDevice(db);
  const { token } = device.tenancy.people.operator;
  tidegate = commandLine(bundle, { HOME: folder, TIDEGATE_URL: site.url, TIDEGATE_TOKEN: token });
  return () => rmSync(folder, { recursive: true, force: true });
});

const sendRows = (): Promise<unknown> =>
  device.send(DEVICE_STATE, [
    put(1, { id: 1, mode: 'a', setpoint: 1.5 }),
    put(2, { id: 2, mode: 'b', setpoint: 2 }),
  ]);

describe('a decision', () => {
  it('goes from the queue to rows in the mirror', async () => {
    await sendRows();
    const queue = await tidegate(['reviews', 'list']);
    expect(queue.code).toBe(EXIT.done);
    expect(queue.stdout).toMatch(/^DEVICE +TABLE +STATUS/);
    expect(queue.stdout).toMatch(/pump-1 +device_state +queued +ambiguous +2/);
    const staged = await tidegate(['lineages', 'staged', 'pump-1/device_state', '--json']);
    expect(JSON.parse(staged.stdout)).toMatchObject([{ pk: { id: 1 } }, { pk: { id: 2 } }]);
    const { id } = await newestReview(db, device.id);
    const unclaimed = await tidegate(['reviews', 'approve', id, '--mirror-all']);
    expect([EXIT.refused, EXIT.auth, EXIT.conflict]).toContain(unclaimed.code);
    const approved = await tidegate(['reviews', 'approve', id, '--claim', '--mirror-all']);
    expect(approved).toMatchObject({ code: EXIT.done, stderr: '' });
    expect(approved.stdout).toMatch(/status +approved/);
    await drainReplays(db);
    const rows = await tidegate(['lineages', 'rows', 'pump-1/device_state', '--sort=-id']);
    expect(rows.stdout.split('\n').map((line) => line.trim().split(/ +/))).toEqual([
      ['id', 'mode', 'setpoint'],
      ['2', 'b', '2'],
      ['1', 'a', '1.5'],
      [''],
    ]);
    expect((await tidegate(['lineages', 'get', 'pump-1/device_state'])).stdout).toMatch(/status +active/);
    const reset = await tidegate(['lineages', 'reset', 'pump-1/device_state']);
    expect(reset).toMatchObject({ code: EXIT.conflict, stdout: '' });
  });

  it('takes its column actions from a file, and names the column that is missing', async () => {
    await sendRows();
    const { id } = await newestReview(db, device.id);
    await tidegate(['reviews', 'claim', id]);
    const actions = [
      { source_column_name: 'id', action: 'mirror' },
      { source_column_name: 'mode', action: 'ignore' },
    ];
    const file = join(folder, 'decision.json');
    writeFileSync(file, JSON.stringify(actions));
    const missing = await tidegate(['reviews', 'approve', id, '--actions', file]);
    expect(missing.code).toBe(EXIT.refused);
    expect(missing.stderr).toContain('setpoint');
    const whole = { column_actions: [...actions, { source_column_name: 'setpoint', action: 'mirror' }] };
    const done = await tidegate(['reviews', 'approve', id, '--actions', '-', '--json'], {
      stdin: JSON.stringify(whole),
    });
    expect(done.code).toBe(EXIT.done);
    expect(JSON.parse(done.stdout)).toMatchObject({
      status: 'approved',
      column_actions: whole.column_actions,
    });
  });

  it('can be a rejection with a reason', async () => {
    await sendRows();
    const { id } = await newestReview(db, device.id);
    expect((await tidegate(['reviews', 'reject', id])).code).toBe(EXIT.usage);
    const done = await tidegate(['reviews', 'reject', id, '--claim', '--reason', 'not needed']);
    expect(done.stdout).toMatch(/status +rejected/);
    expect((await tidegate(['reviews', 'list'])).stderr).toContain('There is none.');
    expect((await tidegate(['reviews', 'list', '--status', 'rejected'])).stdout).toContain(id);
  });
});

describe('exit codes', () => {
  it('tell usage, sign-in, permission, absence, conflict and an unreachable server apart', async () => {
    await sendRows();
    const { id } = await newestReview(db, device.id);
    const viewer = { TIDEGATE_TOKEN: device.tenancy.people.viewer.token };
    const codes = {
      unknownCommand: (await tidegate(['reviews', 'aprove'])).code,
      unknownOption: (await tidegate(['reviews', 'list', '--colour'])).code,
      neitherActions: (await tidegate(['reviews', 'approve', id])).code,
      refusedFilter: (await tidegate(['reviews', 'list', '--status', 'nonsense'])).code,
      wrongToken: (await tidegate(['reviews', 'list'], { env: { TIDEGATE_TOKEN: 'tg_wrong' } })).code,
      notPermitted: (await tidegate(['reviews', 'claim', id], { env: viewer })).code,
      absent: (await tidegate(['reviews', 'get', uuidV4()])).code,
      absentDevice: (await tidegate(['devices', 'get', 'pump-99'])).code,
      stale: (await tidegate(['reviews', 'claim', id, '--action-version', '7'])).code,
      nobodyThere: (await tidegate(['reviews', 'list'], { env: { TIDEGATE_URL: 'http://127.0.0.1:1' } }))
        .code,
    };
    expect(codes).toEqual({
      unknownCommand: EXIT.usage,
      unknownOption: EXIT.usage,
      neitherActions: EXIT.usage,
      refusedFilter: EXIT.refused,
      wrongToken: EXIT.auth,
      notPermitted: EXIT.auth,
      absent: EXIT.notFound,
      absentDevice: EXIT.notFound,
      stale: EXIT.conflict,
      nobodyThere: EXIT.unreachable,
    });
  });

  it('come with a sentence and no stack trace', async () => {
    const { stderr } = await tidegate(['reviews', 'get', uuidV4()]);
    expect(stderr).toMatch(/^There is no .*\(schema_review_not_found\)\n$/);
    const down = await tidegate(['reviews', 'list'], { env: { TIDEGATE_URL: 'http://127.0.0.1:1' } });
    expect(down.stderr).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:1/);
    expect(down.stderr).not.toMatch(/ {4}at /);
  });
});

describe('signing in', () => {
  const settings = (): string => join(folder, '.config', 'tidegate', 'config.json');
  const signedOut = { TIDEGATE_URL: '', TIDEGATE_TOKEN: '' };
  const bare = (): CommandLine => commandLine(bundle, { HOME: folder });

  it('keeps the token where nobody else can read it, and uses it', async () => {
    const { token } = device.tenancy.people.operator;
    const done = await bare()(['login', '--url', `${site.url}/some/path`, '--token-stdin'], {
      stdin: `${token}\n`,
    });
    expect(done).toMatchObject({ code: EXIT.done, stdout: '' });
    expect(done.stderr).not.toContain(token);
    expect(statSync(settings()).mode & 0o777).toBe(0o600);
    expect(statSync(join(settings(), '..')).mode & 0o077).toBe(0);
    expect((await bare()(['devices', 'list'])).stdout).toContain('pump-1');
    chmodSync(settings(), 0o644);
    const again = await bare()(['devices', 'list']);
    expect(again.stderr).toContain('0600');
    expect(statSync(settings()).mode & 0o777).toBe(0o600);
    await bare()(['logout']);
    expect((await bare()(['devices', 'list'])).code).toBe(EXIT.auth);
  });

  it('keeps no token that the server does not know', async () => {
    const done = await bare()(['login', '--url', site.url, '--token-stdin'], { stdin: 'tg_wrong' });
    expect(done.code).toBe(EXIT.auth);
    expect(() => statSync(settings())).toThrow('ENOENT');
  });

  it('sends the kept token to no other address', async () => {
    const { token } = device.tenancy.people.operator;
    await bare()(['login', '--url', site.url, '--token-stdin'], { stdin: token });
    const elsewhere = await bare()(['devices', 'list', '--url', 'http://127.0.0.1:1']);
    expect(elsewhere).toMatchObject({ code: EXIT.auth });
    expect(elsewhere.stderr).toContain('There is no token for http://127.0.0.1:1');
    expect(JSON.parse(readFileSync(settings(), 'utf8'))).toMatchObject({ url: site.url });
  });

  it('takes an empty variable for one that is not set', async () => {
    const { token } = device.tenancy.people.operator;
    await bare()(['login', '--url', site.url, '--token-stdin'], { stdin: token });
    expect((await bare()(['devices', 'list'], { env: signedOut })).code).toBe(EXIT.done);
  });
});

describe('a project', () => {
  it('has to be named where there are several, and can be kept', async () => {
    const { owner } = device.tenancy.people;
    const other = uuidV4();
    await db.sql`
      insert into tidegate.project (id, org_id, name, topic_slug)
      values (${other}, ${device.tenancy.orgId}, 'Harbour', ${`h-${other.slice(0, 8)}`})`;
    const unclear = await tidegate(['devices', 'list']);
    expect(unclear.code).toBe(EXIT.usage);
    expect(unclear.stderr).toContain('Harbour');
    expect((await tidegate(['devices', 'list', '--project', 'Plant'])).stdout).toContain('pump-1');
    expect((await tidegate(['devices', 'list', '--project', 'Nowhere'])).code).toBe(EXIT.notFound);
    const bare = commandLine(bundle, { HOME: folder });
    await bare(['login', '--url', site.url, '--token-stdin'], { stdin: owner.token });
    await bare(['use', 'Harbour']);
    expect((await bare(['devices', 'list'])).stderr).toContain('There is none.');
  });
});

describe('deleting a lineage', () => {
  it('asks, and where nobody can be asked wants --yes with the count', async () => {
    await sendRows();
    const words = ['lineages', 'delete', 'pump-1/device_state'];
    const asked = await tidegate(words);
    expect(asked.code).toBe(EXIT.usage);
    expect(asked.stderr).toContain('Delete device_state of pump-1: 2 staged rows go.');
    expect((await tidegate([...words, '--yes'])).code).toBe(EXIT.usage);
    expect((await tidegate([...words, '--yes', '--expected-staged-rows', '1'])).code).toBe(EXIT.conflict);
    const done = await tidegate([...words, '--yes', '--expected-staged-rows', '2', '--json']);
    expect(JSON.parse(done.stdout)).toEqual({ deleted_staged_rows: 2, dropped_mirrors: [] });
    expect((await tidegate(['lineages', 'get', 'pump-1/device_state'])).code).toBe(EXIT.notFound);
  });
});

describe('lists', () => {
  it('are walked to what was asked for', async () => {
    const { tenancy } = device;
    for (let n = 0; n < 7; n += 1) await makeLineage(db, tenancy, { sourceTable: `t${n}` });
    const some = await tidegate(['lineages', 'list', '--limit', '3']);
    expect(some.stdout.trimEnd().split('\n')).toHaveLength(1 + 3);
    expect(some.stderr).toContain('3 of 7');
    const all = await tidegate(['lineages', 'list', '--all', '--json']);
    const found = JSON.parse(all.stdout) as { source_table: string }[];
    expect(new Set(found.map((one) => one.source_table)).size).toBe(7);
    expect((await tidegate(['lineages', 'list', '--limit', '0'])).code).toBe(EXIT.usage);
  });

  it('cannot be made to rewrite the screen by a name that a device chose', async () => {
    await makeLineage(db, device.tenancy, { sourceTable: 'a\u001b[2Jb\u202ec' });
    const { stdout } = await tidegate(['lineages', 'list']);
    expect(stdout).toContain('a\\u001b[2Jb\\u202ec');
  });

  it('show rejected messages, and one can be tried again', async () => {
    await device.sendRaw('{"format_version": 1,');
    const [batch] = JSON.parse((await tidegate(['rejected', 'list', '--json'])).stdout) as { id: string }[];
    const done = await tidegate(['rejected', 'retry', batch?.id ?? '']);
    expect(done.stdout).toMatch(/outcome +rejected/);
  });
});

describe('events', () => {
  it('are listed, and watched from the moment on', async () => {
    await sendRows();
    const { id } = await newestReview(db, device.id);
    const kinds = ['--kind', 'edge_schema_review.*'];
    expect((await tidegate(['events', 'list', ...kinds])).stdout).toContain('edge_schema_review.queued');
    const since = new Date(0).toISOString();
    const watched = tidegate(['events', 'watch', ...kinds, '--since', since, '--count', '3', '--json']);
    await tidegate(['reviews', 'claim', id]);
    await tidegate(['reviews', 'release', id]);
    const { stdout, code } = await watched;
    expect(code).toBe(EXIT.done);
    const told = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(told).toEqual(['queued', 'claimed', 'released'].map((verb) => `edge_schema_review.${verb}`));
  });
});

describe('help and completion', () => {
  it('have help with every command', async () => {
    for (const words of [
      ['reviews'],
      ['reviews', 'approve'],
      ['lineages', 'delete'],
      ['login'],
      ['events', 'watch'],
    ]) {
      const help = await tidegate([...words, '--help']);
      expect(help).toMatchObject({ code: EXIT.done, stderr: '' });
      expect(help.stdout).toContain(`Usage: tidegate ${words.join(' ')}`);
    }
    expect((await tidegate(['reviews', 'approve', '--help'])).stdout).toContain('Examples:');
  });

  it('completes commands and options in bash', async () => {
    const script = join(folder, 'completion');
    writeFileSync(script, (await tidegate(['completion', 'bash'])).stdout);
    const complete = (...words: string[]): string[] =>
      execFileSync(
        'bash',
        [
          '-c',
          `source ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tidegate; echo "\${COMPREPLY[@]}"`,
          '_',
          'tidegate',
          ...words,
        ],
        { encoding: 'utf8' },
      )
        .trim()
        .split(' ');
    expect(complete('rev')).toEqual(['reviews']);
    expect(complete('reviews', 'ap')).toEqual(['approve']);
    expect(complete('reviews', 'approve', '--mir')).toEqual(['--mirror-all']);
    expect(complete('--json', 'lineages', 'sta')).toEqual(['staged']);
    expect((await tidegate(['completion', 'tcsh'])).code).toBe(EXIT.usage);
  });
});
