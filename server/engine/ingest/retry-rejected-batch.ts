// Ingests a kept message again, once its cause is gone. It runs as the device's own message would, so a
// second success changes nothing, and the device gets a second receipt.
import { and, eq } from 'drizzle-orm';
import { receiptOutbox, rejectedBatch } from '@/server/db/schema/rows';
import { ring } from '@/server/db/notify';
import { encodeReceipt } from '@/server/protocol/receipt';
import { CHANNELS, parseTopic, topicOf } from '@/server/protocol/topics';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { deviceOfTopic, tryMessage } from './ingest-message';

export interface RetryResult {
  id: string;
  outcome: 'accepted' | 'rejected';
  code: string | null;
  detail: string | null;
}

/** Retries one rejected batch of the project. 404 where there is none such. */
export async function retryRejectedBatch(args: {
  ctx: Ctx;
  projectId: string;
  rejectedBatchId: string;
}): Promise<RetryResult> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { ctx, projectId, rejectedBatchId: id } = args;
  const scope = and(
    eq(rejectedBatch.id, id),
    eq(rejectedBatch.projectId, projectId),
    ctx.orgId === null ? undefined : eq(rejectedBatch.orgId, ctx.orgId),
  );
  const [kept] = await ctx.db.orm.select().from(rejectedBatch).where(scope);
  if (kept === undefined) throw notFound('rejected batch', id);
  const topic = parseTopic(kept.topic);
  const found = topic === null ? null : await deviceOfTopic(ctx, topic.rootTopic);
  // After a deletion another project's device may have taken the topic; the rows are not for its owner.
  const owner = found?.projectId === projectId ? found : null;
  const message = { topic: kept.topic, payload: new Uint8Array(kept.payload) };
  const handled = await tryMessage(
    { ...ctx, actor: { kind: 'system', id: 'retry', label: ctx.actor.label } },
    owner,
    message,
  );
  return inTransaction(ctx, async (inner) => {
    const outcome = handled.ok ? 'accepted' : 'rejected';
    const renewed = handled.ok
      ? {}
      : { code: handled.rejection.code, detail: handled.rejection.detail, path: handled.rejection.path };
    await inner.db.orm
      .update(rejectedBatch)
      .set({ retriedAt: inner.clock.now(), retryOutcome: outcome, ...renewed })
      .where(eq(rejectedBatch.id, id));
    if (handled.ok && handled.receipt !== null && topic !== null) {
      await inner.db.orm.insert(receiptOutbox).values({
        topic: topicOf(topic.rootTopic, CHANNELS.ingestReceipt),
        payload: encodeReceipt(handled.receipt),
      });
      await ring(inner.db, 'control');
    }
    await recordEvent(inner, {
      kind: 'edge_batch.retried',
      subject: { kind: 'rejected_batch', id },
      projectId,
      deviceId: kept.deviceId,
      data: { outcome, code: handled.ok ? null : handled.rejection.code },
    });
    return {
      id,
      outcome,
      code: handled.ok ? null : handled.rejection.code,
      detail: handled.ok ? null : handled.rejection.detail,
    };
  });
}
