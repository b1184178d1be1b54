import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirInUse, DataDirLock, type LockHolder } from '@/server/runtime/data-dir-lock';
import { identify, isRunning, type ProcessIdentity } from '@/server/runtime/process-identity';

let dataDir: string;
let path: string;
let said: string[];
const say = (line: string) => said.push(line);

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tidegate-lock-'));
  path = join(dataDir, 'tidegate.lock');
  said = [];
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const DEAD: ProcessIdentity = { pid: 2 ** 22 + 1, startedAt: '1' };

function leave(holder: LockHolder): void {
  writeFileSync(path, JSON.stringify(holder));
}

function spawnSleeper(): { identity: ProcessIdentity; kill: () => void } {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw new Error('no process');
  return { identity, kill: () => child.kill('SIGKILL') };
}

test('a second supervisor is told who holds the folder and on which ports', async () => {
  const lock = await DataDirLock.acquire(dataDir, say);
  lock.notePart('web', process.pid, 3000);
  const error = await DataDirLock.acquire(dataDir, say).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DataDirInUse);
  expect((error as DataDirInUse).holder).toMatchObject({
    supervisor: { pid: process.pid },
    ports: { web: 3000 },
  });
});

test('a released folder can be taken again', async () => {
  (await DataDirLock.acquire(dataDir, say)).release();
  expect(existsSync(path)).toBe(false);
  await expect(DataDirLock.acquire(dataDir, say)).resolves.toBeDefined();
});

test('the lock of a killed supervisor is taken over, and its orphans are ended', async () => {
  const orphan = spawnSleeper();
  leave({ supervisor: DEAD, parts: { worker: orphan.identity }, ports: {} });
  await DataDirLock.acquire(dataDir, say);
  expect(isRunning(orphan.identity)).toBe(false);
  expect(said.join()).toContain(
    `worker of an earlier run that was killed is still there (process ${orphan.identity.pid})`,
  );
});

test('a stranger that has got an orphan’s pid is spared', async () => {
  const stranger = spawnSleeper();
  leave({ supervisor: DEAD, parts: { worker: { ...stranger.identity, startedAt: '1' } }, ports: {} });
  await DataDirLock.acquire(dataDir, say);
  expect(isRunning(stranger.identity)).toBe(true);
  stranger.kill();
});

test('a supervisor’s pid that has passed to a stranger does not hold the folder', async () => {
  leave({ supervisor: { pid: process.pid, startedAt: '1' }, parts: {}, ports: {} });
  await expect(DataDirLock.acquire(dataDir, say)).resolves.toBeDefined();
});

test('a lock file that was cut off does not stop the start', async () => {
  writeFileSync(path, '{"supervisor":{"pi');
  await DataDirLock.acquire(dataDir, say);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ supervisor: { pid: process.pid } });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
