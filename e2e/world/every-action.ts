/**
 * At the end of a run of every test: each server action of the console was done in one of them by keys alone. One that
 * is new, and has no journey, fails the run.
 */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter';
import { DONE, serverActions } from './done-actions';

export default class EveryAction implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): Promise<{ status: FullResult['status'] } | undefined> {
    const tests = this.suite?.allTests() ?? [];
    if (!isWhole(tests) || result.status !== 'passed') return Promise.resolve(undefined);
    const done = new Set(tests.flatMap(doneIn));
    const left = [...new Set(serverActions().values())].filter((name) => !done.has(`${name} keys`)).sort();
    if (left.length === 0) return Promise.resolve(undefined);
    console.error(`No journey does these by keys alone: ${left.join(', ')}`);
    return Promise.resolve({ status: 'failed' });
  }

  printsToStdio(): boolean {
    return false;
  }
}

const doneIn = ({ results }: TestCase): string[] =>
  results.flatMap(({ annotations }) =>
    annotations.filter(({ type }) => type === DONE).map(({ description }) => description ?? ''),
  );

/** True where every test of every file ran. */
function isWhole(tests: readonly TestCase[]): boolean {
  const ran = new Set(tests.map(({ location }) => basename(location.file)));
  const isEach = readdirSync('e2e')
    .filter((file) => file.endsWith('.spec.ts'))
    .every((file) => ran.has(file));
  return isEach && tests.every(({ results }) => results.length > 0);
}
