// Slows guessing of passwords: so many failures per key and window, then no more answers.
// Counted in this process alone: N webs allow N times as many, still far too few to guess one.
// Bounded in size, so that made-up e-mail addresses cannot fill the memory.
import type { Clock } from '@/server/lib/clock';

const KEYS_MAX = 50_000;

interface Attempts {
  count: number;
  windowStartMs: number;
}

export interface AttemptLimit {
  /** Seconds until `key` may try again; 0 when it may try now. */
  retryAfterSeconds(key: string): number;
  /** Counts one attempt that has just begun: counting first lets parallel guesses not slip by. */
  begin(key: string): void;
  /** Takes back the one attempt, after a success. */
  takeBack(key: string): void;
  /** Takes back everything counted for `key`. */
  forget(key: string): void;
}

/** At most `attemptsMax` attempts per key in `windowMs`. */
export function attemptLimit({
  attemptsMax,
  windowMs,
  clock,
}: {
  attemptsMax: number;
  windowMs: number;
  clock: Clock;
}): AttemptLimit {
  const seen = new Map<string, Attempts>();
  const current = (key: string): Attempts | undefined => {
    const entry = seen.get(key);
    return entry !== undefined && clock.now().getTime() - entry.windowStartMs < windowMs ? entry : undefined;
  };
  return {
    retryAfterSeconds: (key) => {
      const entry = current(key);
      if (entry === undefined || entry.count < attemptsMax) return 0;
      return Math.max(1, Math.ceil((entry.windowStartMs + windowMs - clock.now().getTime()) / 1000));
    },
    begin: (key) => {
      const entry = current(key);
      seen.delete(key);
      seen.set(key, {
        count: (entry?.count ?? 0) + 1,
        windowStartMs: entry?.windowStartMs ?? clock.now().getTime(),
      });
      for (const oldest of seen.keys()) {
        if (seen.size <= KEYS_MAX) break;
        seen.delete(oldest);
      }
    },
    takeBack: (key) => {
      const entry = current(key);
      if (entry !== undefined) entry.count -= 1;
    },
    forget: (key) => void seen.delete(key),
  };
}
