// What a page does at first without and a person soon needs is fetched once there was a sign of one, a pointer that
// moves, a key, a finger, and the hand rests: a page that is opened and only looked at pays nothing for it, the page
// behind a first click does not wait for it, and a scroll loses no frame to it. A browser that has had it once has it in
// its cache: there it is read as soon as the page is idle.
import { whenIdle } from './when-idle';

const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown'] as const;

/** Longer than the page behind a click takes to come, and than the turns of a wheel are apart. */
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
  for (const run of waiting) whenHandsRest(run);
  waiting.clear();
}

function watch(): void {
  const welcome = () => {
    for (const sign of SIGNS) window.removeEventListener(sign, welcome, true);
    begin();
    whenHandsRest(keepThatSomebodyWasHere);
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

/** Calls `run` once somebody is there and hands rest. */
export function whenSomebodyIsThere(run: () => void): void {
  if (isSomebodyThere) whenHandsRest(run);
  else waiting.add(run);
}

/** Calls `run` once there was no sign of a person for a moment, and the browser is idle. */
export function whenHandsRest(run: () => void): void {
  const waitMs = lastSignAt + RESTS_MS - performance.now();
  if (waitMs > 0) setTimeout(() => whenHandsRest(run), waitMs);
  else whenIdle(run);
}
