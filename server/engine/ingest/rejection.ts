// A refused message is kept whole: code, place, payload. The broker must not send it for ever, and the rows
// in it must not be lost, so the copy here is committed before the message is acknowledged.
import { rejectedBatch } from '@/server/db/schema/rows';
import { lineage } from '@/server/db/schema/governance';
import { and, eq, sql } from 'drizzle-orm';
import type { Rejection } from '@/server/protocol/rejections';
import { uuidV7 } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { DeviceOfBatch } from '../lineages/open-lineage';

/** Keeps a rejected message. `device` is null where the topic belongs to none: nobody's project then has it. */
export function keepRejected(
  ctx: Ctx,
  input: { device: DeviceOfBatch | null; topic: string; payload: Uint8Array; rejection: Rejection },
): Promise<string> {
  const { device, topic, payload, rejection } = input;
  return inTransaction(ctx, async (inner) => {
    const id = uuidV7();
    await inner.db.orm.insert(rejectedBatch).values({
      id,
      orgId: device?.orgId ?? null,
      projectId: device?.projectId ?? null,
      deviceId: device?.id ?? null,
      topic,
      code: rejection.code,
      detail: rejection.detail,
      path: rejection.path,
      batchId: rejection.batchId,
      sourceTable: rejection.sourceTable,
      payload: Buffer.from(payload),
      bytes: payload.byteLength,
      receivedAt: inner.clock.now(),
    });
    const rows = rejection.rows ?? 0;
    if (device !== null && rejection.sourceTable !== null && rows > 0) {
      await inner.db.orm
        .update(lineage)
        .set({ rejectedRows: sql`${lineage.rejectedRows} + ${rows}` })
        .where(and(eq(lineage.deviceId, device.id), eq(lineage.sourceTable, rejection.sourceTable)));
    }
    await recordEvent(inner, {
      kind: 'edge_batch.rejected',
      subject: { kind: 'rejected_batch', id },
      orgId: device?.orgId ?? null,
      projectId: device?.projectId ?? null,
      fleetId: device?.fleetId ?? null,
      deviceId: device?.id ?? null,
      data: { code: rejection.code, detail: rejection.detail, source_table: rejection.sourceTable },
    });
    return id;
  });
}
