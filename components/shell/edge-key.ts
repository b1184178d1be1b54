// The key of a query, made alike by the page that prefetches it and the browser that refetches it: two keys
// for one thing would read it twice and flicker. No 'use client' here, or the server could not call it.
import type { QueryKey } from '@tanstack/react-query';
import type { Params } from './api';

/** The key of what `path` of a project answers to `params`. */
export const edgeKey = (projectId: string, path: string, params: Params = {}): QueryKey => [
  projectId,
  path,
  Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  ),
];
