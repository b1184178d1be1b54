import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { EntryList } from '@/components/registry/entry-list';
import { ENTRIES_PATH, fleetTarget, ofFleet } from '@/components/registry/queries';
import { entryParams, loadEntrySearch } from '@/components/registry/registry-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listRegistry } from '@/server/engine/registry/registry-entries';

export const metadata: Metadata = { title: 'Registry versions' };

export default async function EntriesRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/registry/entries');
  const search = await loadEntrySearch(searchParams);
  const params = entryParams(search);
  const state = prefetched([
    {
      key: edgeKey(project.id, ofFleet(search.fleet, ENTRIES_PATH), params),
      read: () => listRegistry({ ctx, projectId: project.id, ...fleetTarget(search.fleet), input: params }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <EntryList />
    </Hydrated>
  );
}
