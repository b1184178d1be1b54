// Ingests a kept message again, once its cause is gone. It runs as the device's own message would, so a
// second success changes nothing, and the device gets a second receipt. What belonged to no project, since nobody
// knew its device, belongs with its success to the device's.
import { eq } from 'drizzle-orm';
import { receiptOutbox } from '@/server/db/schema/downlink';
import { rejectedBatch } from '@/server/db/schema/rows';
import { ring } from '@/server/db/notify';
import { isUuid } from '@/server/lib/uuid';
import { encodeReceipt } from '@/server/protocol/receipt';
import { CHANNELS, parseTopic, topicOf } from '@/server/protocol/topics';
import { requirePermission } from '../auth/permissions';
import { requireProject, type ProjectScope } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import type { DeviceOfBatch } from '../lineages/open-lineage';
import { deviceOfTopic, tryMessage } from './ingest-message';
import { rejectedBatchScope } from './rejected-batch-scope';

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
  const kept = await readKept(ctx, await requireProject(ctx, projectId), id);
  const topic = parseTopic(kept.topic);
  const owner = topic === null ? null : await ownerOf(ctx, kept, topic.rootTopic);
  const message = { topic: kept.topic, payload: new Uint8Array(kept.payload), isRetry: true };
  const handled = await tryMessage(
    { ...ctx, actor: { kind: 'system', id: 'retry', label: ctx.actor.label } },
    owner,
    message,
  );
  return inTransaction(ctx, async (inner) => {
    const outcome = handled.ok ? 'accepted' : 'rejected';
    const renewed = handled.ok
      ? { orgId: owner?.orgId ?? null, projectId: owner?.projectId ?? null, deviceId: owner?.id ?? null }
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
      projectId: kept.projectId ?? owner?.projectId ?? projectId,
      deviceId: owner?.id ?? kept.deviceId,
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

interface Kept {
  projectId: string | null;
  deviceId: string | null;
  topic: string;
  payload: Buffer;
}

async function readKept(ctx: Ctx, project: ProjectScope, id: string): Promise<Kept> {
  if (!isUuid(id)) throw notFound('rejected batch', id);
  const [kept] = await ctx.db.sql<Kept[]>`
    select b.project_id as "projectId", b.device_id as "deviceId", b.topic, b.payload
    from tidegate.rejected_batch b where b.id = ${id} and ${rejectedBatchScope(ctx, project)}`;
  if (kept === undefined) throw notFound('rejected batch', id);
  return kept;
}

/**
 * The device that has the kept message's topic now. After a deletion another project's device may have taken it: the
 * rows are not for its owner. What belonged to nobody is for whichever device of the caller's organisation it names.
 */
async function ownerOf(ctx: Ctx, kept: Kept, rootTopic: string): Promise<DeviceOfBatch | null> {
  const found = await deviceOfTopic(ctx, rootTopic);
  const isOwn = kept.projectId === null ? found?.orgId === ctx.orgId : found?.projectId === kept.projectId;
  return isOwn ? found : null;
}
