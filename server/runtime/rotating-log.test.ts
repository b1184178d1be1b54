import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RotatingLog } from '@/server/runtime/rotating-log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('keeps the newest lines in two files of bounded size', () => {
  const path = join(folder, 'logs', 'web.log');
  const log = new RotatingLog(path, 100);
  for (let i = 0; i < 50; i += 1) log.write(`line ${String(i).padStart(2, '0')}\n`);
  const now = readFileSync(path, 'utf8');
  const before = readFileSync(`${path}.1`, 'utf8');
  expect(readdirSync(join(folder, 'logs'))).toHaveLength(2);
  expect(Math.max(now.length, before.length)).toBeLessThanOrEqual(100);
  expect((before + now).endsWith('line 48\nline 49\n')).toBe(true);
});

test('goes on where an earlier run has stopped', () => {
  const path = join(folder, 'web.log');
  new RotatingLog(path, 100).write('first\n');
  new RotatingLog(path, 100).write('second\n');
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
});
