/** The program itself, as it is deployed: killed at any moment, told to stop, given wrong settings. */
import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { AgentFixture } from '@/server/testing/agent-fixture';

// Real files, programs and sockets: on a loaded machine they take longer than a unit test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// Inside node_modules, so that the bundle finds the packages.
const FOLDER = join(ROOT, 'node_modules', `.agent-test-${process.pid}`);
const PROGRAM = join(FOLDER, 'agent.mjs');

type Program = ChildProcessByStdio<null, Readable, Readable>;

let device: AgentFixture;
const running = new Set<Program>();

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['server/agent/cli.ts'],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: 'tsconfig.json',
  });
});

afterAll(() => rmSync(FOLDER, { recursive: true }));

beforeEach(async () => {
  device = await AgentFixture.open();
});

afterEach(async () => {
  for (const program of running) await end(program, 'SIGKILL');
  const { problems } = device.cloud;
  await device.close();
  expect(problems).toEqual([]);
});

function launch(args: readonly string[], env: Record<string, string> = {}): Program {
  const program = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NODE_ENV: 'production', ...env },
  });
  running.add(program);
  return program;
}

async function end(program: Program, signal: NodeJS.Signals): Promise<number | null> {
  running.delete(program);
  if (program.exitCode !== null || program.signalCode !== null) return program.exitCode;
  const ended = new Promise<number | null>((resolve) => program.once('exit', (code) => resolve(code)));
  program.kill(signal);
  return ended;
}

function settings(): string {
  const path = join(device.folder, 'agent.yaml');
  writeFileSync(path, device.yaml('receipts: required'));
  return path;
}

test('killed again and again, and the program that writes with it, nothing is lost', async () => {
  device.sql('PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v, w TEXT UNIQUE);');
  const path = settings();
  for (let round = 0; round < 6; round += 1) {
    const program = launch(['--config', path]);
    const before = device.cloud.batches.length;
    // Killed with the receipt on its way in one round, and with a batch that has had none in the next.
    device.cloud.verdict = () => (round % 2 === 0 ? 'accept' : 'silent');
    const killWriter = device.writer(
      `INSERT OR REPLACE INTO t (id, v, w) VALUES (abs(random()) % 200, random(), abs(random()) % 100);
       DELETE FROM t WHERE id = abs(random()) % 200; UPDATE t SET id = -id WHERE id % 7 = abs(random()) % 7;`,
    );
    await device.cloud.until(() => device.cloud.batches.length > before + (round % 2 === 0 ? 2 : 0));
    await end(program, 'SIGKILL');
    await killWriter();
  }
  device.cloud.verdict = () => 'accept';
  launch(['--config', path]);
  await device.synced('t');
});

test('it stops cleanly when it is told to', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);');
  const program = launch(['--config', settings()]);
  let output = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await device.synced('t');
  expect(await end(program, 'SIGTERM')).toBe(0);
  const events = output
    .trim()
    .split('\n')
    .map((line) => String((JSON.parse(line) as { event: unknown }).event));
  expect(events.at(0)).toBe('agent_started');
  expect(events.at(-1)).toBe('agent_stopped');
});

test('the environment names alone start it', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);');
  launch([], {
    OMEGA_MQTT_BROKER_URL: device.cloud.url,
    OMEGA_DEVICE_ID: 'pump-01',
    OMEGA_ROOT_TOPIC: '/pump-01',
    OMEGA_SOURCE_DB_PATH: device.sourcePath,
    OMEGA_STATE_DB_PATH: device.statePath,
  });
  await device.synced('t');
});

test('wrong settings end it with a sentence that names them', async () => {
  const program = launch([], { OMEGA_DEVICE_ID: 'a/b' });
  let output = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => program.once('close', resolve));
  expect(code).toBe(2);
  expect(output).toContain('device: must be a device name');
  expect(output).toContain('source_db');
});

test('doctor prints its findings, as JSON where asked, and ends with what it found', async () => {
  writeFileSync(join(device.folder, 'agent.yaml'), device.yaml());
  const doctor = (...args: string[]) =>
    new Promise<{ status: number; stdout: string }>((resolve) => {
      const settings = ['doctor', '--config', join(device.folder, 'agent.yaml'), ...args];
      execFile(process.execPath, [PROGRAM, ...settings], (error, stdout) =>
        resolve({ status: Number(error?.code ?? 0), stdout }),
      );
    });
  const missing = await doctor('--json');
  expect(missing.status).toBe(1);
  const { device: name, checks } = JSON.parse(missing.stdout) as { device: string; checks: unknown[] };
  expect([name, checks[0]]).toMatchObject(['pump-01', { check: 'database', status: 'fail' }]);
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY);');
  const text = await doctor();
  expect(text.stdout).toMatch(/WARN {2}triggers/);
  expect(text.status).toBe(0);
});
