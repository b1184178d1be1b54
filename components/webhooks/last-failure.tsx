'use client';
// Why a webhook fails, on its page: what the newest attempt that did not arrive came to.
import type { WebhookDelivery, WebhookDeliveryDetail } from '@/server/contract/webhooks';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Link } from '@/components/ui/link';
import { TimeAgo } from '@/components/ui/time';
import classes from '@/components/settings/settings.module.css';
import { deliveriesPath, deliveryPath, newestDeliveries } from './queries';
import { outcomeOf } from './words';

function Attempted({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) {
  const { project } = useSession();
  const { data } = useLiveObject<WebhookDeliveryDetail>(project.id, deliveryPath(webhookId, deliveryId));
  const last = data?.attempt_log.findLast(({ finished_at: finished }) => finished !== null);
  if (last === undefined) return 'It is being read.';
  return (
    <>
      {last.response_code === null ? 'No answer' : `Answer ${last.response_code}`},{' '}
      <TimeAgo at={last.started_at} />: {outcomeOf(last)}{' '}
      <Link className={classes.link} href={`/settings/webhooks/${webhookId}?delivery=${deliveryId}`}>
        Every attempt
      </Link>
    </>
  );
}

/** The answer or the error of the last attempt that failed. */
export function LastFailure({ webhookId }: { webhookId: string }) {
  const { project } = useSession();
  const { data } = useLivePage<WebhookDelivery>(project.id, deliveriesPath(webhookId), newestDeliveries);
  if (data === undefined) return 'It is being read.';
  const failed = data.items.find(({ status, attempts }) => status !== 'delivered' && attempts > 0);
  if (failed === undefined) return 'None of the newest messages.';
  return <Attempted key={failed.id} webhookId={webhookId} deliveryId={failed.id} />;
}
