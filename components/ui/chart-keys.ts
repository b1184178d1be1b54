// The keys that read a chart value by value. Pure.

/** Where a key moves the readout from `at`, of `count` values; null where the key is none of the chart's. */
export function movedBy(key: string, at: number | null, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, (at ?? count) - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at === null ? last : at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
