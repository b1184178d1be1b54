// A new MQTT password for a device. The old one is of no use from the commit on; a connection that was made
// with it ends at the broker's next check.
import type { MqttConnection } from '@/server/contract/fleet';
import { hashPassword } from '@/server/lib/password';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import { randomSecret } from '../auth/token-secret';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { holdDevice, requireDevice } from './find-device';
import { mqttOf } from './register-device';

/** The password is in this answer and nowhere else. */
export async function rotateCredentials({
  ctx,
  projectId,
  fleetId,
  deviceId,
  brokerUrl,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId: string;
  deviceId: string;
  brokerUrl: string;
}): Promise<MqttConnection> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const project = await requireProject(ctx, projectId);
  const fleet = await requireFleet(ctx, project, fleetId);
  const device = await requireDevice(ctx, project, deviceId, fleet.id);
  const password = randomSecret(24);
  const passwordHash = await hashPassword(password);
  await inTransaction(ctx, async (tx) => {
    await holdDevice(tx, device.id);
    const now = tx.clock.now().toISOString();
    await tx.db.sql`
      insert into tidegate.device_credential (device_id, username, password_hash, created_at)
      values (${device.id}, ${device.root_topic}, ${passwordHash}, ${now})
      on conflict (device_id) do update
        set password_hash = excluded.password_hash, created_at = excluded.created_at, revoked_at = null`;
    await recordEvent(tx, {
      kind: 'device.credentials_rotated',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: fleet.id,
      deviceId: device.id,
      subject: { kind: 'device', id: device.id },
      data: { name: device.name },
    });
  });
  return mqttOf(device, brokerUrl, password);
}
