import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { EVENTS_PATH } from '@/components/events/queries';
import { EntryPage } from '@/components/registry/entry-page';
import {
  ENTRIES_PATH,
  entryDevicesPath,
  entryPath,
  entryReviewsParams,
  entryTrail,
  siblingParams,
  trailParams,
} from '@/components/registry/queries';
import { deviceParams, loadEntryPageSearch } from '@/components/registry/registry-search';
import { REGISTRY_REVIEWS_PATH } from '@/components/reviews/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { found, prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { listRegistryDevices } from '@/server/engine/registry/list-registry-devices';
import { listRegistryReviews } from '@/server/engine/registry/list-registry-reviews';
import { getRegistryEntry, listRegistry } from '@/server/engine/registry/registry-entries';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Registry version' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EntryRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/registry/${id}`);
  const at = { ctx, projectId: project.id };
  const entry = await found(() => getRegistryEntry({ ...at, registryId: id }));
  const devices = deviceParams(await loadEntryPageSearch(searchParams));
  const reviews = await listRegistryReviews({ ...at, input: entryReviewsParams(id) });
  const trail = trailParams(...entryTrail(id, reviews.items));
  const state = prefetched([
    { key: edgeKey(project.id, entryPath(id)), read: () => Promise.resolve(entry) },
    {
      key: edgeKey(project.id, ENTRIES_PATH, siblingParams(entry)),
      read: () => listRegistry({ ...at, input: siblingParams(entry) }),
    },
    {
      key: edgeKey(project.id, entryDevicesPath(id), devices),
      read: () => listRegistryDevices({ ...at, registryId: id, input: devices }),
    },
    {
      key: edgeKey(project.id, REGISTRY_REVIEWS_PATH, entryReviewsParams(id)),
      read: () => Promise.resolve(reviews),
    },
    {
      key: edgeKey(project.id, EVENTS_PATH, trail),
      read: () => listEvents({ ctx, projectId: project.id, input: trail }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <EntryPage key={id} registryId={id} />
    </Hydrated>
  );
}
