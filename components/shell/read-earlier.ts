import type { DehydratedState } from '@tanstack/react-query';

/**
 * `state` as read `ms` earlier: by the browser's clock where the server's is ahead of it. A page that came a while ago
 * would be taken for fresh otherwise, and not be read again when it opens.
 */
export const readEarlier = (state: DehydratedState, ms: number): DehydratedState =>
  ms === 0
    ? state
    : {
        ...state,
        queries: state.queries.map((query) => ({
          ...query,
          state: { ...query.state, dataUpdatedAt: query.state.dataUpdatedAt - ms },
        })),
      };
