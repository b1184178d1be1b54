// The loop kit (invariant 8): every loop can be woken, aborted and waited for, and backs off after an error.
// A loop that could not be waited for would outlive the database connection it uses.
import { backoffMs } from './backoff';

export interface LoopOptions {
  name: string;
  /** One round. Resolves to the milliseconds to wait before the next, 0 for at once. */
  round(signal: AbortSignal): Promise<number>;
  /** Told of each failed round; the loop goes on. */
  onError(error: unknown, name: string): void;
  /** Longest wait after repeated errors, in milliseconds. */
  errorCapMs?: number;
}

export interface Loop {
  /** Ends the current wait: there may be work. */
  wake(): void;
  /** Aborts, and resolves when the round under way has ended. */
  stop(): Promise<void>;
}

const ERROR_BASE_MS = 250;

/** Starts a loop at once. */
export function startLoop({ name, round, onError, errorCapMs = 30_000 }: LoopOptions): Loop {
  const abort = new AbortController();
  let woken = false;
  let endWait: (() => void) | null = null;
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (woken || abort.signal.aborted || ms <= 0) return resolve();
      const timer = setTimeout(resolve, ms);
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    let failures = 0;
    while (!abort.signal.aborted) {
      woken = false;
      let delayMs: number;
      try {
        delayMs = await round(abort.signal);
        failures = 0;
      } catch (error) {
        failures += 1;
        onError(error, name);
        delayMs = backoffMs(failures, { baseMs: ERROR_BASE_MS, capMs: errorCapMs });
      }
      await wait(delayMs);
      endWait = null;
    }
  };
  const running = run();
  return {
    wake: () => {
      woken = true;
      endWait?.();
    },
    stop: async () => {
      abort.abort();
      endWait?.();
      await running;
    },
  };
}
