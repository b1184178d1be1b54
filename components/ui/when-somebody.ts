// What a page does at first without and a person soon needs is fetched soon after the first sign of one: a pointer that
// moves, a key, a finger. It is here before a hand reaches it; a page that is opened and only looked at pays nothing for
// it, and the page behind a first click does not wait for it. A browser that has had it once has it in its cache: there
// it is read as soon as the page is idle.
import { whenIdle } from './when-idle';

const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown'] as const;

/** After the first sign: as long as the page behind a click takes to come. */
const AFTER_SIGN_MS = 400;

/** A hand that rests for this long loses nothing to work of some milliseconds; one that scrolls loses frames. */
const RESTS_MS = 500;

const KEPT = 'tidegate-somebody-was-here';

const waiting = new Set<() => void>();
let isSomebodyThere = false;
/** When the newest sign came, by the clock of `performance`. */
let lastSignAt = Number.NEGATIVE_INFINITY;

/** A browser that keeps nothing knows nobody. */
function wasSomebodyHere(): boolean {
  try {
    return window.localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}

function keepThatSomebodyWasHere(): void {
  try {
    window.localStorage.setItem(KEPT, '1');
  } catch {
    // Then the next page waits for a sign again.
  }
}

function begin(): void {
  isSomebodyThere = true;
  for (const run of waiting) whenIdle(run);
  waiting.clear();
}

function watch(): void {
  const welcome = () => {
    for (const sign of SIGNS) window.removeEventListener(sign, welcome, true);
    setTimeout(() => {
      keepThatSomebodyWasHere();
      begin();
    }, AFTER_SIGN_MS);
  };
  for (const sign of SIGNS) window.addEventListener(sign, welcome, { capture: true, passive: true });
}

function note({ timeStamp }: Event): void {
  lastSignAt = timeStamp;
}

if (typeof window !== 'undefined') {
  for (const sign of SIGNS) window.addEventListener(sign, note, { capture: true, passive: true });
  if (!wasSomebodyHere()) watch();
  else if (document.readyState === 'complete') whenIdle(begin);
  else window.addEventListener('load', () => whenIdle(begin), { once: true });
}

/** Calls `run` once somebody is there and the browser is idle. */
export function whenSomebodyIsThere(run: () => void): void {
  if (isSomebodyThere) whenIdle(run);
  else waiting.add(run);
}

/** Calls `run` once there was no sign of a person for a moment, and the browser is idle. */
export function whenHandsRest(run: () => void): void {
  const waitMs = lastSignAt + RESTS_MS - performance.now();
  if (waitMs > 0) setTimeout(() => whenHandsRest(run), waitMs);
  else whenIdle(run);
}
