import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { EVENTS_PATH } from '@/components/events/queries';
import { JobPage } from '@/components/registry/job-page';
import { consolidationDevicesPath, consolidationPath, trailParams } from '@/components/registry/queries';
import { jobDeviceParams, loadJobSearch } from '@/components/registry/registry-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { getConsolidation, listConsolidationDevices } from '@/server/engine/registry/consolidation-jobs';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Consolidation' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function JobRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/registry/consolidation/${id}`);
  const at = { ctx, projectId: project.id, consolidationId: id };
  const devices = jobDeviceParams(await loadJobSearch(searchParams));
  const state = prefetched([
    { key: edgeKey(project.id, consolidationPath(id)), read: () => getConsolidation(at) },
    {
      key: edgeKey(project.id, consolidationDevicesPath(id), devices),
      read: () => listConsolidationDevices({ ...at, input: devices }),
    },
    {
      key: edgeKey(project.id, EVENTS_PATH, trailParams(id)),
      read: () => listEvents({ ctx, projectId: project.id, input: trailParams(id) }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <JobPage key={id} jobId={id} />
    </Hydrated>
  );
}
