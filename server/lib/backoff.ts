/** How long to wait before attempt `attempt` (from 1): doubles from `baseMs`, at most `capMs`. */
export function backoffMs(attempt: number, { baseMs, capMs }: { baseMs: number; capMs: number }): number {
  return Math.min(capMs, baseMs * 2 ** Math.min(30, Math.max(0, attempt - 1)));
}
