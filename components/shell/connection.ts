'use client';
// Whether the server answers, as every poll finds it. One store for the page: each list would otherwise say
// on its own that it is cut off, or worse, not say it.
import { useSyncExternalStore } from 'react';

export type Lost = 'server' | 'database';

export type Connection =
  | { state: 'up' }
  /** `since` in ms since 1970; `of`: what does not answer, the server itself or the database behind it. */
  | { state: 'lost'; since: number; of: Lost; detail: string }
  | { state: 'signed_out' };

const UP: Connection = { state: 'up' };
let connection: Connection = UP;
const listeners = new Set<() => void>();

const isSame = (a: Connection, b: Connection): boolean =>
  a.state === b.state && (a.state !== 'lost' || b.state !== 'lost' || a.of === b.of);

function set(next: Connection): void {
  if (isSame(next, connection)) return;
  connection = next;
  for (const listener of listeners) listener();
}

/**
 * The server answered, whatever it said. What was asked at `askedAt` (ms since 1970), before the loss, tells nothing of
 * now: its answer may have been on its way.
 */
export function noteAnswer(askedAt: number): void {
  if (connection.state !== 'lost' || askedAt >= connection.since) set(UP);
}

/** The server did not answer, or answered that it cannot. */
export function noteLoss(of: Lost, detail: string): void {
  const since = connection.state === 'lost' ? connection.since : Date.now();
  set({ state: 'lost', since, of, detail });
}

/** The server knows this session no more. */
export const noteSignedOut = (): void => set({ state: 'signed_out' });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The connection as the last request found it. */
export const connectionNow = (): Connection => connection;

/** `connectionNow`, followed. */
export const useConnection = (): Connection => useSyncExternalStore(subscribe, connectionNow, () => UP);
