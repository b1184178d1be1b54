import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { lineagePath } from '@/components/lineages/queries';
import { firstPage, mirrorPath, stagedPath } from '@/components/rows/queries';
import { RowsPage } from '@/components/rows/rows-page';
import {
  anchorOf,
  loadRowsSearch,
  mirrorParams,
  placeParams,
  stagedParams,
} from '@/components/rows/rows-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getLineage } from '@/server/engine/governance/get-lineage';
import { listMirrorRows } from '@/server/engine/mirror/list-mirror-rows';
import { listStagedRows } from '@/server/engine/staging/list-staged-rows';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Rows' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RowsRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/lineages/${id}/rows`);
  const search = await loadRowsSearch(searchParams);
  const at = { ctx, projectId: project.id, lineageId: id };
  const place = placeParams(anchorOf(search));
  const staged = { ...stagedParams(search), ...place };
  const written = { ...mirrorParams(search), ...place };
  const rows =
    search.source === 'staged'
      ? {
          key: edgeKey(project.id, stagedPath(id), staged),
          read: async () => firstPage(await listStagedRows({ ...at, input: staged }), place),
          optional: true,
        }
      : {
          key: edgeKey(project.id, mirrorPath(id), written),
          read: async () => firstPage(await listMirrorRows({ ...at, input: written }), place),
          optional: true,
        };
  const state = prefetched([{ key: edgeKey(project.id, lineagePath(id)), read: () => getLineage(at) }, rows]);
  return (
    <Hydrated state={state}>
      <RowsPage key={id} lineageId={id} />
    </Hydrated>
  );
}
