// What this process's open streams share: one LISTEN connection for all of them, a bound on how many there are,
// and their end. A stream that nobody closes at shutdown would keep the server from ending at all.
import type { RootDb } from '@/server/db/client';
import { CHANNELS } from '@/server/db/notify';
import { Refusal } from '@/server/engine/errors/errors';

/** Open streams of one token or person, in this process. */
const PER_CALLER_MAX = 20;
/** Open streams from one address, in this process: a control room of people is behind one. */
const PER_ADDRESS_MAX = 500;
const RETRY_AFTER_SECONDS = 5;

/** Tells who waits that something may have changed for a key: a project, or a token. */
export interface Bell {
  subscribe(key: string, wake: () => void): () => void;
}

export interface StreamHolder {
  /** A token's id, or a person's. */
  caller: string;
  address: string;
}

export interface StreamHost {
  bell: Bell | null;
  /** Longest wait between two looks, whether the bell rings or not. */
  pollMs: number;
  heartbeatMs: number;
  /** Counts one more for the holder; 429 `too_many_streams`. Call `leave` when it ends. */
  enter(holder: StreamHolder, close: () => void): { leave(): void };
  /** Ends all that are open, and every later one at once. */
  closeAll(): void;
}

/** Listens from the first subscriber on; postgres.js connects again by itself, and polling bridges the gap. */
export function bellOf({ root }: RootDb): Bell {
  const waiting = new Map<string, Set<() => void>>();
  let listening = false;
  const ring = (key: string) => waiting.get(key)?.forEach((wake) => wake());
  const ringAll = () => waiting.forEach((wakes) => wakes.forEach((wake) => wake()));
  const listen = () => {
    if (listening) return;
    listening = true;
    root.listen(CHANNELS.changed, ring, ringAll).catch(() => (listening = false));
  };
  return {
    subscribe: (key, wake) => {
      listen();
      const wakes = waiting.get(key) ?? new Set();
      waiting.set(key, wakes.add(wake));
      return () => {
        wakes.delete(wake);
        if (wakes.size === 0) waiting.delete(key);
      };
    },
  };
}

/** The streams of one process. */
export function streamHost({
  bell,
  pollMs = 5_000,
  heartbeatMs = 15_000,
  perCallerMax = PER_CALLER_MAX,
  perAddressMax = PER_ADDRESS_MAX,
}: {
  bell: Bell | null;
  pollMs?: number;
  heartbeatMs?: number;
  perCallerMax?: number;
  perAddressMax?: number;
}): StreamHost {
  const counts = new Map<string, number>();
  const open = new Set<() => void>();
  let isClosed = false;
  const add = (holder: string, n: number) => {
    const count = (counts.get(holder) ?? 0) + n;
    if (count > 0) counts.set(holder, count);
    else counts.delete(holder);
  };
  return {
    bell,
    pollMs,
    heartbeatMs,
    enter: ({ caller, address }, close) => {
      const places: [string, number][] = [
        [`caller ${caller}`, perCallerMax],
        [`address ${address}`, perAddressMax],
      ];
      for (const [holder, max] of places) if ((counts.get(holder) ?? 0) >= max) throw tooMany(max);
      for (const [holder] of places) add(holder, 1);
      open.add(close);
      if (isClosed) close();
      return {
        leave: () => {
          if (!open.delete(close)) return;
          for (const [holder] of places) add(holder, -1);
        },
      };
    },
    closeAll: () => {
      isClosed = true;
      for (const close of open) close();
    },
  };
}

const tooMany = (max: number): Refusal =>
  new Refusal(
    429,
    'too_many_streams',
    `There are ${max} open streams of this token or address already. Close one, and share one stream per project.`,
    { data: { retry_after_seconds: RETRY_AFTER_SECONDS } },
  );
