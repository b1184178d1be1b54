'use client';
// Rows by cursor, page after page as one scrolls, in both directions from an anchor; far pages are let go, so that
// a long scroll holds no more than a short one. Only what begins at the beginning is polled: rows elsewhere would
// move under the reader.
import { keepPreviousData, useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PageMeta } from '@/server/contract/common';
import type { MirrorRows, StagedRow } from '@/server/contract/rows';
import { getObjectPage, getPage, projectPath, type Params } from '@/components/shell/api';
import { edgeKey } from '@/components/shell/edge-key';
import { pollMs } from '@/components/shell/poll-rate';
import { useStreamUp } from '@/components/shell/stream-state';
import { onScreen } from '@/components/ui/on-screen';
import type { MirrorPage, StagedPage } from './queries';
import { placeParams } from './rows-search';
import { sharedPages } from './shared-pages';

const POLLED_PAGES_MAX = 2;
const KEPT_PAGES_MAX = 10;
/** Most of what a page costs the server is the same for any number of rows: who reads on gets more at a time. */
const READ_ON = { limit: 200 } as const;
/** With one of these rows are looked through until so many are found, and for so long: more would not come at all. */
const FILTERS = ['where', 'staging_reason', 'op', 'schema_hash'];

interface Source {
  projectId: string;
  /** Below the project. */
  path: string;
  params: Params;
  /** A row's id, `end`, or empty for the beginning. */
  anchor: string;
  /** How often reading began anew: from the same anchor on, too, it reads again. */
  begun: number;
}

/** Without its first page, which turned out to be empty: nothing comes before the second. */
function withoutFirst<P extends { meta: PageMeta }>(held: InfiniteData<P, Params>): InfiniteData<P, Params> {
  const [, second, ...rest] = held.pages;
  if (second === undefined) return held;
  const begins = { ...second, meta: { ...second.meta, previous_cursor: null } };
  return { pages: [begins, ...rest], pageParams: held.pageParams.slice(1) };
}

function usePages<P extends { meta: PageMeta }>(
  { projectId, path, params, anchor, begun }: Source,
  read: (url: string, signal: AbortSignal) => Promise<P>,
  rowsOf: (page: P) => readonly unknown[],
) {
  const isStreamUp = useStreamUp();
  const client = useQueryClient();
  const place = placeParams(anchor) as Params;
  const queryKey = edgeKey(projectId, path, {
    ...params,
    ...place,
    ...(begun === 0 ? {} : { begun }),
  });
  const readOn = FILTERS.some((name) => name in params) ? {} : READ_ON;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      await onScreen();
      return read(projectPath(projectId, path, { ...params, ...pageParam }), signal);
    },
    initialPageParam: place,
    getNextPageParam: ({ meta: { next_cursor: cursor } }): Params | null =>
      cursor === null ? null : { cursor, ...readOn },
    getPreviousPageParam: ({ meta: { previous_cursor: cursor } }): Params | null =>
      cursor === null || cursor === undefined ? null : { cursor, direction: 'backward', ...readOn },
    maxPages: KEPT_PAGES_MAX,
    placeholderData: keepPreviousData,
    structuralSharing: (was, now) =>
      sharedPages(was as InfiniteData<P, Params> | undefined, now as InfiniteData<P, Params>),
    retry: false,
    refetchOnWindowFocus: false,
    refetchInterval: (query) =>
      anchor === '' &&
      (query.state.data?.pages.length ?? 0) <= POLLED_PAGES_MAX &&
      query.state.status !== 'error'
        ? pollMs(isStreamUp, null)
        : false,
  });
  // An empty page at the head would be where the next reading anew begins, and ends: nothing follows it.
  useEffect(() => {
    const [first, second] = query.data?.pages ?? [];
    if (first === undefined || second === undefined || rowsOf(first).length > 0) return;
    client.setQueryData<InfiniteData<P, Params>>(queryKey, (held) =>
      held === undefined ? held : withoutFirst(held),
    );
  });
  return query;
}

/** Staged rows. */
export const useStagedPages = (source: Source) =>
  usePages<StagedPage>(
    source,
    (url, signal) => getPage<StagedRow>(url, signal),
    ({ items }) => items,
  );

/** Rows of a mirror table, of one device or of all. */
export const useMirrorPages = (source: Source) =>
  usePages<MirrorPage>(
    source,
    (url, signal) => getObjectPage<MirrorRows>(url, signal),
    ({ rows }) => rows,
  );
