'use client';
// Rows by cursor, page after page as one scrolls. While only the first pages are loaded they are polled; after
// that a poll would read everything again, and the rows would move under the reader.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { PageMeta } from '@/server/contract/common';
import type { MirrorRows, StagedRow } from '@/server/contract/rows';
import { getObjectPage, getPage, projectPath, type Params } from '@/components/shell/api';
import { edgeKey } from '@/components/shell/edge-key';
import { pollMs } from '@/components/shell/poll-rate';
import { useStreamUp } from '@/components/shell/stream-state';
import { mirrorPath, stagedPath, type MirrorPage, type StagedPage } from './queries';

const POLLED_PAGES_MAX = 2;

interface Source {
  projectId: string;
  lineageId: string;
  params: Params;
  enabled: boolean;
}

function usePages<P extends { meta: PageMeta }>(
  { projectId, params, enabled }: Source,
  path: string,
  read: (url: string, signal: AbortSignal) => Promise<P>,
) {
  const isStreamUp = useStreamUp();
  return useInfiniteQuery({
    queryKey: edgeKey(projectId, path, params),
    queryFn: ({ pageParam, signal }) =>
      read(projectPath(projectId, path, { ...params, cursor: pageParam }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.meta.next_cursor,
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 0) <= POLLED_PAGES_MAX && query.state.status !== 'error'
        ? pollMs(isStreamUp, null)
        : false,
  });
}

/** The staged rows of a lineage. */
export const useStagedPages = (source: Source) =>
  usePages<StagedPage>(source, stagedPath(source.lineageId), (url, signal) =>
    getPage<StagedRow>(url, signal),
  );

/** The rows of a lineage in its mirror table. */
export const useMirrorPages = (source: Source) =>
  usePages<MirrorPage>(source, mirrorPath(source.lineageId), (url, signal) =>
    getObjectPage<MirrorRows>(url, signal),
  );
