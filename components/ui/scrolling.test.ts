import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Something on the page scrolls just now. The event's own clock is the machine's: it is set to the test's. */
const scroll = (): boolean =>
  page.dispatchEvent(Object.defineProperty(new Event('scroll'), 'timeStamp', { value: performance.now() }));

/** Waits for `untilScrollRests` in `isOver`. */
async function wait(): Promise<{ isOver: boolean }> {
  const { untilScrollRests } = await import('./scrolling');
  scroll();
  const state = { isOver: false };
  void untilScrollRests().then(() => (state.isOver = true));
  return state;
}

it('waits while something scrolls, and no longer', async () => {
  const state = await wait();
  for (let turn = 0; turn < 20; turn++) {
    await vi.advanceTimersByTimeAsync(100);
    scroll();
  }
  expect(state.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(400);
  expect(state.isOver).toBe(true);
});

it('does not wait for ever on somebody who never stops', async () => {
  const state = await wait();
  for (let turn = 0; turn < 160; turn++) {
    await vi.advanceTimersByTimeAsync(100);
    scroll();
  }
  expect(state.isOver).toBe(true);
});

it('waits for nothing where nothing scrolls', async () => {
  const { untilScrollRests } = await import('./scrolling');
  await expect(untilScrollRests()).resolves.toBeUndefined();
});
