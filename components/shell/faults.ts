'use client';
// What the page shows and could not read again. A list that keeps what it knew looks as live as any other: somebody
// has to say that it is not. Told once for the page, however many of its parts it concerns.
import { useQueryClient, type Query } from '@tanstack/react-query';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { ApiRefusal, FAULT_CODE, isLoss } from './api';

export interface Fault {
  /** When the oldest of what is shown was read, in ms since 1970; 0 where something was never read. */
  since: number;
  detail: string;
}

const SIGNED_OUT = 401;

/** The server failed, or will not give any more what is shown: it is gone, or not this person's. */
function isFaulty(query: Query): boolean {
  const { data, error } = query.state;
  if (!query.isActive() || !(error instanceof ApiRefusal)) return false;
  // The connection's own banner tells of these.
  if (error.status === SIGNED_OUT || isLoss(error.status, error.code)) return false;
  // A part that has nothing else to show says itself what was refused.
  return error.code === FAULT_CODE || data !== undefined;
}

/** The fault of the queries that are on the page now; null where there is none. */
export function faultOf(queries: readonly Query[]): Fault | null {
  const faulty = queries.filter(isFaulty);
  const [first] = faulty;
  if (first === undefined) return null;
  return {
    since: Math.min(...faulty.map((query) => query.state.dataUpdatedAt)),
    detail: first.state.error?.message ?? '',
  };
}

/** The page's fault, followed as it comes and goes. */
export function useFault(): Fault | null {
  const cache = useQueryClient().getQueryCache();
  const follow = useCallback((tell: () => void) => cache.subscribe(tell), [cache]);
  // As text, which is equal for the same fault: an object would draw the banner with every event of the cache.
  const text = useSyncExternalStore(
    follow,
    () => JSON.stringify(faultOf(cache.getAll())),
    () => 'null',
  );
  return useMemo(() => JSON.parse(text) as Fault | null, [text]);
}
