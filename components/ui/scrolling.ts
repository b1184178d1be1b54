// Whether something scrolls just now, anywhere on the page. A frame of a scroll has its own work to do.

/** Longer than two turns of a wheel are apart. */
export const RESTS_MS = 150;

/** How long what can wait does so, in ms. */
const PATIENCE_MS = 15_000;

/** By the clock of `performance`. */
let lastScrollAt = Number.NEGATIVE_INFINITY;

function note({ timeStamp }: Event): void {
  lastScrollAt = timeStamp;
}

// Scroll events do not bubble; the document sees those of all elements as they come down.
if (typeof document !== 'undefined')
  document.addEventListener('scroll', note, { capture: true, passive: true });

/** True where nothing has scrolled for a moment. */
export const scrollRests = (): boolean => performance.now() - lastScrollAt > RESTS_MS;

/** Resolves once nothing scrolls, at the latest after fifteen seconds. */
export async function untilScrollRests(): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (!scrollRests() && performance.now() < until) await new Promise((wait) => setTimeout(wait, RESTS_MS));
}
