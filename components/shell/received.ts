// What a server has read, as the browser takes it over: it may have lain ready for minutes. Pure.
import type { DehydratedState } from '@tanstack/react-query';

/** What was read less than this ago, in ms, is not read again when a component mounts. */
export const FRESH_MS = 1500;

/**
 * `state`, which a server has read, as it is at `nowMs`: by the browser's clock, where the server's is `aheadMs` ahead
 * of it, and what is not fresh is to be read again, also by a query that counts on events. None told this browser of
 * changes while a page lay ready.
 */
export const received = (
  state: DehydratedState,
  { aheadMs, nowMs }: { aheadMs: number; nowMs: number },
): DehydratedState => ({
  ...state,
  queries: state.queries.map((query) => {
    const dataUpdatedAt = query.state.dataUpdatedAt - aheadMs;
    const isInvalidated = query.state.isInvalidated || nowMs - dataUpdatedAt > FRESH_MS;
    return { ...query, state: { ...query.state, dataUpdatedAt, isInvalidated } };
  }),
});
