// The checks that `npm test` and `npm run verify` run. Each reports how many of its tests passed and failed; a
// static check is one test.
import { spawnSync } from 'node:child_process';
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

const asOne = (succeeded) => (succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

function withFolder(run) {
  const folder = mkdtempSync(join(tmpdir(), 'tidegate-check-'));
  try {
    return run(folder);
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
  return withFolder((folder) => {
    const copy = join(folder, 'drizzle');
    cpSync(join(root, 'drizzle'), copy, { recursive: true });
    const before = filesOf(copy);
    const args = [
      'generate',
      '--dialect=postgresql',
      '--schema=./server/db/schema/*.ts',
      `--out=${relative(root, copy)}`,
    ];
    const succeeded = shown('drizzle-kit', args) && filesOf(copy) === before;
    if (!succeeded)
      say('The schema in server/db/schema and the migrations in drizzle differ: npm run db:generate');
    return asOne(succeeded);
  });
}

const SOURCES = ['app', 'components', 'server', 'e2e', 'scripts', 'bench'];

function imports() {
  const folders = SOURCES.filter((name) => existsSync(join(root, name)));
  return asOne(shown('depcruise', [...folders, '--config', '.dependency-cruiser.cjs']));
}

export const CHECKS = {
  types: () => asOne(shown('tsc', ['--noEmit'])),
  lint: () => asOne(shown('eslint', ['.', '--max-warnings', '0'])),
  imports,
  format: () => asOne(shown('prettier', ['--check', '--log-level', 'warn', '.'])),
  unused: () => asOne(shown('knip', [])),
  migrations,
  unit: () => vitest('unit'),
  postgres: () => vitest('pg'),
  browser: playwright,
};

/** Runs the named checks in turn, all of them also after a failure; ends the process with the sum as last line. */
export async function runChecks(names) {
  const total = { passed: 0, failed: 0 };
  const failing = [];
  for (const name of names) {
    say(`\n── ${name}`);
    const { passed, failed } = await CHECKS[name]();
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failing.push(name);
  }
  if (failing.length > 0) say(`\nFailed: ${failing.join(', ')}`);
  say(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
