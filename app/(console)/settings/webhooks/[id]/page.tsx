import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import {
  deliveriesPath,
  deliveryParams,
  loadDeliverySearch,
  webhookPath,
} from '@/components/webhooks/queries';
import { WebhookPage } from '@/components/webhooks/webhook-page';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getWebhook } from '@/server/engine/webhooks/get-webhook';
import { listDeliveries } from '@/server/engine/webhooks/list-deliveries';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Webhook' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function WebhookRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/settings/webhooks/${id}`);
  const input = deliveryParams(await loadDeliverySearch(searchParams));
  const state = prefetched([
    {
      key: edgeKey(project.id, webhookPath(id)),
      read: () => getWebhook({ ctx, projectId: project.id, webhookId: id }),
      optional: true,
    },
    {
      key: edgeKey(project.id, deliveriesPath(id), input),
      read: () => listDeliveries({ ctx, projectId: project.id, webhookId: id, input }),
      optional: true,
    },
  ]);
  return (
    <Hydrated state={state}>
      <WebhookPage webhookId={id} />
    </Hydrated>
  );
}
