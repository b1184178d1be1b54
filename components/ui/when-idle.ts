/** Where there is always something more urgent, it is done after this all the same. */
const PATIENCE_MS = 1000;

/** Calls `run` once the browser has nothing more urgent to do; gives back what takes that back. */
export function whenIdle(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const asked = window.requestIdleCallback(run, { timeout: PATIENCE_MS });
    return () => window.cancelIdleCallback(asked);
  }
  const timer = setTimeout(run, 0);
  return () => clearTimeout(timer);
}
