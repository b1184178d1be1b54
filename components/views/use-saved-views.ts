'use client';
// The person's own saved views. Read once and again when an event tells that they have changed: they are in the
// palette of every page, and must not be polled by each.
import { useQuery } from '@tanstack/react-query';
import type { SavedView } from '@/server/contract/saved-views';
import { pageQuery } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { useDrawn } from '@/components/ui/use-drawn';

const VIEWS_MAX = 200;

/** Every view of the person in the project, by name. Read once the page that shows them is drawn. */
export function useSavedViews(): SavedView[] {
  const { project } = useSession();
  const isDrawn = useDrawn();
  const { data } = useQuery({
    ...pageQuery<SavedView>(project.id, 'saved-views', { limit: VIEWS_MAX }),
    staleTime: Infinity,
    enabled: isDrawn,
  });
  return data?.items ?? [];
}

/** Where a view is seen. */
export const viewHref = ({ page, search }: Pick<SavedView, 'page' | 'search'>): string =>
  `/${page}${search === '' ? '' : `?${search}`}`;
