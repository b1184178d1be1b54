import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { MirrorRowsPage } from '@/components/registry/mirror-rows-page';
import { mirrorPath, mirrorRowsPath } from '@/components/registry/queries';
import { firstPage } from '@/components/rows/queries';
import { anchorOf, loadGridSearch, mirrorParams, placeParams } from '@/components/rows/rows-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listCoalescedRows } from '@/server/engine/registry/coalesced-mirrors';
import { getCoalescedMirror } from '@/server/engine/registry/get-coalesced-mirror';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Rows of a shared mirror' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function MirrorRowsRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/registry/mirrors/${id}/rows`);
  const search = await loadGridSearch(searchParams);
  const at = { ctx, projectId: project.id, mirrorId: id };
  const place = placeParams(anchorOf(search));
  const written = { ...mirrorParams(search), ...place };
  const state = prefetched([
    { key: edgeKey(project.id, mirrorPath(id)), read: () => getCoalescedMirror(at) },
    {
      key: edgeKey(project.id, mirrorRowsPath(id), written),
      read: async () => firstPage(await listCoalescedRows({ ...at, input: written }), place),
      optional: true,
    },
  ]);
  return (
    <Hydrated state={state}>
      <MirrorRowsPage key={id} mirrorId={id} />
    </Hydrated>
  );
}
