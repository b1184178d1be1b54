// The keys that read a chart value by value. Pure.
const STEPS = new Map([
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['Home', -Infinity],
  ['End', Infinity],
]);

/** Where a key moves the readout from `at`, of `count` values; null where the key is none of the chart's. */
export function movedBy(key: string, at: number | null, count: number): number | null {
  const step = STEPS.get(key);
  return step === undefined ? null : Math.max(0, Math.min(count - 1, (at ?? count) + step));
}
