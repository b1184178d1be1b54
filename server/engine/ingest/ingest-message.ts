// The one way in for everything a device publishes. What comes back is either an effect that is committed,
// or a rejection that is committed too; only then may the caller acknowledge (invariant 1). A throw means
// that nothing happened and that another try is worth it.
import { and, eq } from 'drizzle-orm';
import { parseAck } from '@/server/protocol/ack';
import { parseIngestRequest } from '@/server/protocol/ingest-request';
import { headerOf } from '@/server/protocol/message-reader';
import type { Receipt } from '@/server/protocol/receipt';
import type { Rejection } from '@/server/protocol/rejections';
import { parseRowBatch, type RowBatch } from '@/server/protocol/row-batch';
import { parseSchemaObservation } from '@/server/protocol/schema-observation';
import { parseTelemetryBatch, type TelemetryBatch } from '@/server/protocol/telemetry-batch';
import { CHANNELS, parseTopic, type Channel } from '@/server/protocol/topics';
import { lineage } from '@/server/db/schema/governance';
import { acknowledgeControl } from '../control/acknowledge-control';
import type { Ctx } from '../context/context';
import { observeSchema } from '../governance/observe-schema';
import type { DeviceOfBatch } from '../lineages/open-lineage';
import { BatchRefused } from './capture-conflict';
import { ingestRowBatch, type BatchOutcome } from './ingest-row-batch';
import { ingestTelemetryBatch } from './ingest-telemetry-batch';
import { keepRejected } from './rejection';

export interface Message {
  topic: string;
  payload: Uint8Array;
  /** True for the kept payload of a rejected batch. */
  isRetry?: boolean;
}

export type IngestOutcome =
  | {
      kind: 'accepted';
      rootTopic: string;
      receipt: Receipt | null;
      rows: number;
      duplicates: number;
      staged: number;
    }
  | { kind: 'rejected'; rootTopic: string; receipt: Receipt | null; code: Rejection['code']; detail: string };

/**
 * The registered device of a root topic, or null. The query answers one row whether or not there is a device: an
 * answer without it comes from a connection that was lost, and must not turn a good batch into a rejected one.
 */
export async function deviceOfTopic(ctx: Ctx, rootTopic: string): Promise<DeviceOfBatch | null> {
  const [row] = await ctx.db.sql<{ asked: string; device: DeviceOfBatch | null }[]>`
    select ${rootTopic}::text as asked, (
      select json_build_object('id', d.id, 'orgId', d.org_id, 'projectId', d.project_id, 'fleetId', d.fleet_id,
        'name', d.name)
      from tidegate.device d where d.root_topic = ${rootTopic}) as device`;
  if (row?.asked !== rootTopic) throw new Error('the database gave no answer to who a topic belongs to');
  return row.device;
}

type Handled =
  | { ok: true; receipt: Receipt | null; rows: number; duplicates: number; staged: number }
  | { ok: false; rejection: Rejection };

const NOTHING = { ok: true, receipt: null, rows: 0, duplicates: 0, staged: 0 } as const;

/** A refusal for a reason outside the message; whoever sent it still learns which batch it was. */
const plainRejection = (code: Rejection['code'], detail: string, payload: Uint8Array): Handled => {
  const { batchId, sourceTable, rows = null } = headerOf(payload);
  return { ok: false, rejection: { code, detail, path: null, batchId, sourceTable, rows } };
};

/** Ingests a batch of either kind; a refusal has left nothing behind. */
async function handleBatch(
  batch: RowBatch | TelemetryBatch,
  ingest: () => Promise<BatchOutcome>,
): Promise<Handled> {
  let done: BatchOutcome;
  try {
    done = await ingest();
  } catch (error) {
    if (error instanceof BatchRefused)
      return { ok: false, rejection: { ...error.rejection, rows: batch.rows.length } };
    throw error;
  }
  const receipt: Receipt = {
    outcome: 'accepted',
    batchId: batch.batchId,
    sourceTable: batch.sourceTable,
    rows: done.rows,
    duplicates: done.duplicates,
    serverWatermark: done.watermark,
  };
  return { ok: true, receipt, rows: done.rows, duplicates: done.duplicates, staged: done.staged };
}

async function handle(
  ctx: Ctx,
  owner: DeviceOfBatch,
  channel: Channel,
  { payload, isRetry }: Message,
): Promise<Handled> {
  switch (channel) {
    case CHANNELS.rowsBatch: {
      const parsed = parseRowBatch(payload);
      if (!parsed.ok) return parsed;
      return handleBatch(parsed.batch, () => ingestRowBatch(ctx, owner, parsed.batch, isRetry));
    }
    case CHANNELS.telemetryBatch: {
      const parsed = parseTelemetryBatch(payload);
      if (!parsed.ok) return parsed;
      return handleBatch(parsed.batch, () => ingestTelemetryBatch(ctx, owner, parsed.batch));
    }
    case CHANNELS.schemaObserve: {
      const parsed = parseSchemaObservation(payload);
      if (!parsed.ok) return parsed;
      await observeSchema(ctx, owner, parsed.observation);
      return NOTHING;
    }
    case CHANNELS.ingestAck: {
      const parsed = parseAck(payload);
      if (!parsed.ok) return parsed;
      await acknowledgeControl(ctx, owner, parsed.ack.controlId);
      return NOTHING;
    }
    case CHANNELS.ingestRequest: {
      const parsed = parseIngestRequest(payload);
      return parsed.ok
        ? plainRejection(
            'invalid_request',
            'uploads are not available in this version; send the rows in batches',
            payload,
          )
        : parsed;
    }
    case CHANNELS.ingestControl:
    case CHANNELS.ingestReceipt:
      return plainRejection(
        'invalid_request',
        'this topic carries messages from the cloud to the device only',
        payload,
      );
  }
}

async function watermarkOf(
  ctx: Ctx,
  owner: DeviceOfBatch | null,
  sourceTable: string | null,
): Promise<bigint | null> {
  if (owner === null || sourceTable === null) return null;
  const [row] = await ctx.db.orm
    .select({ rows: lineage.watermarkSeq, telemetry: lineage.watermarkBatchSeq })
    .from(lineage)
    .where(and(eq(lineage.deviceId, owner.id), eq(lineage.sourceTable, sourceTable)));
  return row?.rows ?? row?.telemetry ?? null;
}

/**
 * What a message does, without keeping it where it is refused: the first half of `ingestMessage`, and the
 * whole of a retry, which already has its kept copy.
 */
export async function tryMessage(ctx: Ctx, owner: DeviceOfBatch | null, message: Message): Promise<Handled> {
  const topic = parseTopic(message.topic);
  if (topic === null || owner === null) {
    return plainRejection(
      'unknown_device',
      `no device is registered for the topic ${JSON.stringify(message.topic)}`,
      message.payload,
    );
  }
  return handle(ctx, owner, topic.channel, message);
}

/** Ingests one message, whatever it holds. */
export async function ingestMessage(ctx: Ctx, message: Message): Promise<IngestOutcome> {
  const rootTopic = parseTopic(message.topic)?.rootTopic ?? '';
  const owner = rootTopic === '' ? null : await deviceOfTopic(ctx, rootTopic);
  const handled = await tryMessage(ctx, owner, message);
  if (handled.ok) {
    const { receipt, rows, duplicates, staged } = handled;
    return { kind: 'accepted', rootTopic, receipt, rows, duplicates, staged };
  }
  return refuse(ctx, owner, message, handled.rejection);
}

/**
 * Refuses a message that is in order, for a fault of Tidegate's own: it must neither come back for ever nor be lost,
 * and its device is told as of any other refusal.
 */
export async function refuseAsFault(ctx: Ctx, message: Message, detail: string): Promise<IngestOutcome> {
  const rootTopic = parseTopic(message.topic)?.rootTopic ?? '';
  const owner = rootTopic === '' ? null : await deviceOfTopic(ctx, rootTopic);
  const { batchId, sourceTable, rows = null } = headerOf(message.payload);
  const rejection = { code: 'ingest_failed' as const, detail, path: null, batchId, sourceTable, rows };
  return refuse(ctx, owner, message, rejection);
}

async function refuse(
  ctx: Ctx,
  owner: DeviceOfBatch | null,
  message: Message,
  rejection: Rejection,
): Promise<IngestOutcome> {
  const { code, detail, batchId, sourceTable } = rejection;
  await keepRejected(ctx, { device: owner, ...message, rejection });
  const receipt: Receipt | null =
    batchId === null
      ? null
      : {
          outcome: 'rejected',
          batchId,
          sourceTable,
          code,
          detail,
          serverWatermark: await watermarkOf(ctx, owner, sourceTable),
        };
  return { kind: 'rejected', rootTopic: parseTopic(message.topic)?.rootTopic ?? '', receipt, code, detail };
}
