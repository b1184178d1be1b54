'use client';
// Live data: read again when an event tells that it has changed, and polled while the page is visible for what no
// event tells (rows). The last known is kept on the screen while the next is fetched. The key of a query is the
// one under which its page prefetched it; two keys for one thing would flicker.
import { keepPreviousData, queryOptions, useQuery, type QueryFunctionContext } from '@tanstack/react-query';
import type { Page } from '@/server/contract/common';
import { onScreen } from '@/components/ui/on-screen';
import { untilScrollRests } from '@/components/ui/scrolling';
import { edgeKey } from './edge-key';
import { getObject, getOrgObject, getOrgPage, getPage, projectPath, type Params } from './api';
import { pollMs } from './poll-rate';
import { useStreamUp } from './stream-state';

/**
 * A query's function that reads by `read`, once the page that asks for it is on the screen. What is known and of which no
 * event has told that it changed is not read again while somebody scrolls.
 */
const afterDrawing =
  <T>(read: (signal: AbortSignal) => Promise<T>) =>
  async ({ client, queryKey, signal }: QueryFunctionContext): Promise<T> => {
    await onScreen();
    const known = client.getQueryState(queryKey);
    if (known?.data !== undefined && !known.isInvalidated) await untilScrollRests();
    return read(signal);
  };

/** How a live query is kept up to date, with events and without. */
function useLive() {
  const isStreamUp = useStreamUp();
  return {
    refetchInterval: (query: { state: { data: unknown } }) => pollMs(isStreamUp, query.state.data),
    placeholderData: keepPreviousData,
  } as const;
}

/** One object at `path` below the project: `edge/lineages/{id}`. */
export const objectQuery = <T>(projectId: string, path: string, params: Params = {}) =>
  queryOptions({
    queryKey: edgeKey(projectId, path, params),
    queryFn: afterDrawing((signal) => getObject<T>(projectPath(projectId, path, params), signal)),
  });

/** One page of the list at `path` below the project. */
export const pageQuery = <T>(projectId: string, path: string, params: Params = {}) =>
  queryOptions({
    queryKey: edgeKey(projectId, path, params),
    queryFn: afterDrawing((signal) => getPage<T>(projectPath(projectId, path, params), signal)),
  });

/** `objectQuery`, live. */
export const useLiveObject = <T>(projectId: string, path: string, params: Params = {}) =>
  useQuery({ ...objectQuery<T>(projectId, path, params), ...useLive() });

/** `pageQuery`, live. */
export const useLivePage = <T>(projectId: string, path: string, params: Params = {}) =>
  useQuery<Page<T>>({ ...pageQuery<T>(projectId, path, params), ...useLive() });

/** One page of a list of the organisation, under the project's key: what changes it reads both again. */
export const useLiveOrgPage = <T>(
  project: { id: string; orgId: string },
  path: string,
  params: Params = {},
) =>
  useQuery<Page<T>>({
    queryKey: edgeKey(project.id, `org/${path}`, params),
    queryFn: afterDrawing((signal) => getOrgPage<T>(project.orgId, path, params, signal)),
    ...useLive(),
  });

/** One object of the organisation, under the project's key. */
export const useLiveOrgObject = <T>(
  project: { id: string; orgId: string },
  path: string,
  params: Params = {},
) =>
  useQuery<T>({
    queryKey: edgeKey(project.id, `org/${path}`, params),
    queryFn: afterDrawing((signal) => getOrgObject<T>(project.orgId, path, params, signal)),
    ...useLive(),
  });
