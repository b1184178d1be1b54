/**
 * What the tests have done: every server action that a page calls, and whether the hand that led to it was on the keys.
 * `every-action.ts` says at the end of a run what none has done.
 */
import { readFileSync } from 'node:fs';
import type { BrowserContext, TestInfo } from '@playwright/test';

const MANIFEST = '.next/server/server-reference-manifest.json';
/** The kind of the annotations that tests carry. */
export const DONE = 'action';

interface Manifest {
  node: Record<string, { exportedName: string }>;
}

/** The server actions of the build, by the ids that the browser calls them with. */
export function serverActions(): Map<string, string> {
  const { node } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [id, exportedName]));
}

declare global {
  interface Window {
    tellAction?: (id: string, by: string) => void;
  }
}

/** In the page: tells of each server action that is called, and of what the hand did last. */
function tellOfActions(): void {
  let by = 'nothing';
  const note = (sign: string, what: string, isHand: boolean) =>
    window.addEventListener(sign, ({ isTrusted }) => (by = isTrusted === isHand ? what : by), true);
  note('pointerdown', 'pointer', true);
  note('keydown', 'keys', true);
  // A change that no hand has made is the test's own.
  note('change', 'script', false);
  const ask = window.fetch.bind(window);
  window.fetch = (input, init) => {
    const id = new Headers(init?.headers).get('next-action');
    if (id !== null) window.tellAction?.(id, by);
    return ask(input, init);
  };
}

/** Notes in `info` what the pages of `context` do. */
export async function noteActions(context: BrowserContext, info: TestInfo): Promise<void> {
  const names = serverActions();
  await context.exposeBinding('tellAction', (_source, id: string, by: string) => {
    const description = `${names.get(id) ?? id} ${by}`;
    if (!info.annotations.some((one) => one.type === DONE && one.description === description))
      info.annotations.push({ type: DONE, description });
  });
  await context.addInitScript(tellOfActions);
}
