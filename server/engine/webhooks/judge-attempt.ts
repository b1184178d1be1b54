// What becomes of a delivery after an attempt. Pure.

/** What came of sending once. */
export interface AttemptResult {
  /** Null where no answer came. */
  responseCode: number | null;
  responseExcerpt: string | null;
  /** Why there is no answer; null where there is one. */
  error: string | null;
  durationMs: number;
}

export type Verdict =
  | { status: 'delivered' }
  /** Over: the receiver wants no more, or the last try has failed. */
  | { status: 'failed'; error: string; isGone: boolean }
  | { status: 'pending'; error: string; waitMs: number };

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** The wait after each failed try but the last: a restart of the receiver, its morning, its weekend's first night. */
const WAITS_MS = [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const;

/** How often a message is tried before it is given up. */
export const TRIES_MAX = WAITS_MS.length + 1;

function errorOf({ responseCode, error }: AttemptResult): string | null {
  if (responseCode === null) return error ?? 'No answer came.';
  if (responseCode >= 200 && responseCode < 300) return null;
  if (responseCode >= 300 && responseCode < 400)
    return `The receiver answered ${responseCode}. Redirects are not followed: give the address that it redirects to.`;
  return `The receiver answered ${responseCode}.`;
}

/** `tries` counts this one. */
export function judgeAttempt(result: AttemptResult, tries: number): Verdict {
  const error = errorOf(result);
  if (error === null) return { status: 'delivered' };
  if (result.responseCode === 410) return { status: 'failed', error, isGone: true };
  const waitMs = WAITS_MS[tries - 1];
  return waitMs === undefined
    ? { status: 'failed', error, isGone: false }
    : { status: 'pending', error, waitMs };
}
