// The checks that `npm test` and `npm run verify` run. Each reports how many of its tests passed and failed; a
// static check is one test.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cleanEnvironment, root, say } from './steps.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Runs a program with its output shown; true when it succeeds. */
function shown(name, args, env = {}) {
  const options = {
    cwd: root,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  };
  return spawnSync(bin(name), args, options).status === 0;
}

/** A static check: runs a program with its output held back; one test. */
async function stated(name, args) {
  const child = spawn(bin(name), args, {
    cwd: root,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

async function withFolder(run) {
  const folder = mkdtempSync(join(tmpdir(), 'tidegate-check-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** A run that failed without a failing test (a file that does not load, a crash) has failed once. */
const counted = (succeeded, passed, failed) => ({ passed, failed: succeeded ? failed : Math.max(failed, 1) });

function vitest(project) {
  return withFolder((folder) => {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const succeeded = shown('vitest', ['run', '--project', project, ...reporters]);
    const result = readReport(report);
    return counted(succeeded, result?.numPassedTests ?? 0, result?.numFailedTests ?? 0);
  });
}

async function playwright() {
  const { findBrowser } = await import('./browser.mjs');
  return withFolder((folder) => {
    const report = join(folder, 'report.json');
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_CHROMIUM: findBrowser() ?? '' };
    const reporters = '--reporter=line,json,./e2e/world/every-action.ts';
    const succeeded = shown('playwright', ['test', reporters], env);
    const stats = readReport(report)?.stats;
    return counted(succeeded, stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0));
  });
}

const filesOf = (folder) => readdirSync(folder, { recursive: true }).map(String).sort().join('\n');

/** The committed migrations must lead to the schema in the code: generating from it must add nothing. */
function migrations() {
  return withFolder(async (folder) => {
    const copy = join(folder, 'drizzle');
    cpSync(join(root, 'drizzle'), copy, { recursive: true });
    const before = filesOf(copy);
    const made = await stated('drizzle-kit', [
      'generate',
      '--dialect=postgresql',
      '--schema=./server/db/schema/*.ts',
      `--out=${relative(root, copy)}`,
    ]);
    if (made.failed > 0 || filesOf(copy) === before) return made;
    const differ = 'The schema in server/db/schema and the migrations in drizzle differ: npm run db:generate';
    return { passed: 0, failed: 1, output: `${made.output}${differ}\n` };
  });
}

const SOURCES = ['app', 'components', 'server', 'e2e', 'scripts', 'bench'];

function imports() {
  const folders = SOURCES.filter((name) => existsSync(join(root, name)));
  return stated('depcruise', [...folders, '--config', '.dependency-cruiser.cjs']);
}

/** They use one core each. */
const STATIC_CHECKS = {
  lint: () => stated('eslint', ['.', '--max-warnings', '0']),
  types: () => stated('tsc', ['--noEmit']),
  imports,
  format: () => stated('prettier', ['--check', '--log-level', 'warn', '.']),
  unused: () => stated('knip', []),
  migrations,
};

/** They use all cores, one after the other. */
const TESTS = {
  unit: () => vitest('unit'),
  postgres: () => vitest('pg'),
  browser: playwright,
};

export const CHECKS = { ...STATIC_CHECKS, ...TESTS };

const SIDE_BY_SIDE = 2;

/** Runs the named checks, all of them also after a failure; ends the process with the sum as last line. */
export async function runChecks(names) {
  const total = { passed: 0, failed: 0 };
  const failing = [];
  const add = (name, { passed, failed }) => {
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failing.push(name);
  };
  const waiting = names.filter((name) => name in STATIC_CHECKS);
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const result = await STATIC_CHECKS[name]();
      say(`\n── ${name}\n${result.output}`);
      add(name, result);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  for (const name of names.filter((name) => name in TESTS)) {
    say(`\n── ${name}`);
    add(name, await TESTS[name]());
  }
  if (failing.length > 0) say(`\nFailed: ${failing.join(', ')}`);
  say(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
