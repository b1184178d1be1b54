import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { EventList } from '@/components/events/event-list';
import { eventParams, loadEventSearch, oneEventParams } from '@/components/events/event-search';
import { EVENTS_PATH } from '@/components/events/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listEvents } from '@/server/engine/diagnosis/list-events';

export const metadata: Metadata = { title: 'Events' };

export default async function EventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/events');
  const search = await loadEventSearch(searchParams);
  const state = prefetched(
    [eventParams(search), ...(search.event === '' ? [] : [oneEventParams(search.event)])].map((params) => ({
      key: edgeKey(project.id, EVENTS_PATH, params),
      read: () => listEvents({ ctx, projectId: project.id, input: params }),
      optional: true,
    })),
  );
  return (
    <Hydrated state={state}>
      <EventList />
    </Hydrated>
  );
}
