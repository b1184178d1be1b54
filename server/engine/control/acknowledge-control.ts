// A device's word that it has a control message. An ack of an unknown or already acknowledged control is
// harmless, and one device can never acknowledge another's.
import { and, eq, isNull } from 'drizzle-orm';
import { control } from '@/server/db/schema/downlink';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';

/** Marks a control of `device` as acknowledged. False where there was nothing to mark. */
export function acknowledgeControl(
  ctx: Ctx,
  device: { id: string; projectId: string; fleetId: string; orgId: string },
  controlId: string,
): Promise<boolean> {
  return inTransaction(ctx, async (inner) => {
    const [row] = await inner.db.orm
      .update(control)
      .set({ acknowledgedAt: inner.clock.now() })
      .where(and(eq(control.id, controlId), eq(control.deviceId, device.id), isNull(control.acknowledgedAt)))
      .returning();
    if (row === undefined) return false;
    await recordEvent(inner, {
      kind: 'edge_control.acknowledged',
      subject: { kind: 'control', id: row.id },
      orgId: device.orgId,
      projectId: device.projectId,
      fleetId: device.fleetId,
      deviceId: device.id,
      lineageId: row.lineageId,
      data: { control_kind: row.controlKind, source_table: row.sourceTable, attempts: row.attempts },
    });
    return true;
  });
}
