import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify } from '@/server/runtime/process-identity';
import { RotatingLog } from '@/server/runtime/rotating-log';
import { SupervisedProcess, type PartDefinition } from '@/server/runtime/supervised-process';

let folder: string;
let said: string[];
let pids: number[];
let part: SupervisedProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-part-'));
  said = [];
  pids = [];
});

afterEach(async () => {
  await part.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(program: string, more: Partial<PartDefinition> = {}): void {
  part = new SupervisedProcess(
    {
      name: 'worker',
      args: ['-e', program],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      log: new RotatingLog(join(folder, 'worker.log'), 10_000),
      stopWithinMs: 10_000,
      ...more,
    },
    { say: (line) => said.push(line), started: (_name, pid) => pids.push(pid) },
  );
  part.start();
}

test('a part that ends is started again, and it is said why with its last words', async () => {
  run('console.error("no database"); process.exit(3)');
  await expect.poll(() => pids.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  expect(said[0]).toContain('The worker has ended (exit code 3); starting it again in 0.5 s.');
  expect(said[0]).toContain('no database');
});

test('a part that is killed is started again', async () => {
  run('setInterval(() => {}, 1000)');
  const [first] = pids;
  process.kill(first ?? 0, 'SIGKILL');
  await expect.poll(() => pids.length, { timeout: 10_000 }).toBe(2);
  expect(said[0]).toContain('(SIGKILL)');
});

test('stop lets the part finish what it does, and does not start it again', async () => {
  run(
    'process.on("SIGTERM", () => { console.log("drained"); process.exit(0) }); setInterval(() => {}, 1000); console.log("up")',
  );
  const log = () => readFileSync(join(folder, 'worker.log'), 'utf8');
  await expect.poll(log).toContain('up');
  await part.stop();
  await expect.poll(log).toContain('drained');
  expect(identify(pids[0] ?? 0)).toBeUndefined();
  expect(said).toEqual([]);
});

test('a part that does not end in its time is killed', async () => {
  run('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")', {
    stopWithinMs: 50,
  });
  await expect.poll(() => readFileSync(join(folder, 'worker.log'), 'utf8')).toContain('up');
  await part.stop();
  expect(identify(pids[0] ?? 0)).toBeUndefined();
});

test('a part that may finish is left alone when it has', async () => {
  run('console.log("done")', { mayFinish: true });
  await expect.poll(() => identify(pids[0] ?? 0)).toBeUndefined();
  await part.stop();
  expect(said).toEqual([]);
  expect(pids).toHaveLength(1);
});
