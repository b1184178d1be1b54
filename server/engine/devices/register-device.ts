// Registers a device with its MQTT credentials in one transaction: a device without them could never
// connect, and the password is known to nobody but this answer.
import type { z } from 'zod';
import { registerDeviceInput, type RegisteredDevice } from '@/server/contract/fleet';
import { sqlState } from '@/server/db/sqlstate';
import { only } from '@/server/lib/assert';
import { hashPassword } from '@/server/lib/password';
import { uuidV4 } from '@/server/lib/uuid';
import { rootTopic as rootTopicOf } from '@/server/protocol/topics';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject, type ProjectScope } from '../auth/project-scope';
import { randomSecret } from '../auth/token-secret';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, unacceptable } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { deviceColumns, toDevice, type DeviceRow } from './device-row';
import { deviceNameProblem } from './device-name';

/** What a caller gives; `isDemo` is for the demo fleet of this program alone. */
export interface RegisterDeviceInput extends z.input<typeof registerDeviceInput> {
  isDemo?: boolean;
}

/** 422 `invalid_device_name`, 409 `device_name_already_in_use` with the device that has it. */
export async function registerDevice({
  ctx,
  projectId,
  fleetId,
  input: { isDemo = false, ...given },
  brokerUrl,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId: string;
  input: RegisterDeviceInput;
  brokerUrl: string;
}): Promise<RegisteredDevice> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { name } = parseInput(registerDeviceInput, given, 'body');
  const problem = deviceNameProblem(name);
  if (problem !== null) {
    throw unacceptable('invalid_device_name', problem, [
      { path: 'name', code: 'invalid_device_name', detail: problem },
    ]);
  }
  const project = await requireProject(ctx, projectId);
  const fleet = await requireFleet(ctx, project, fleetId);
  const password = randomSecret(24);
  const passwordHash = await hashPassword(password);
  const row = await inTransaction(ctx, async (tx) => {
    const device = await insertDevice(tx, project, fleet.id, name, isDemo);
    await tx.db.sql`
      insert into tidegate.device_credential (device_id, username, password_hash, created_at)
      values (${device.id}, ${device.root_topic}, ${passwordHash}, ${tx.clock.now().toISOString()})`;
    await recordEvent(tx, {
      kind: 'device.registered',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: fleet.id,
      deviceId: device.id,
      subject: { kind: 'device', id: device.id },
      data: { name, root_topic: device.root_topic, is_demo: isDemo },
    });
    return device;
  });
  return { device: toDevice(row), mqtt: mqttOf(row, brokerUrl, password) };
}

/** How a device connects with a password. Username and root topic are the same text on purpose. */
export const mqttOf = (device: DeviceRow, brokerUrl: string, password: string): RegisteredDevice['mqtt'] => ({
  broker_url: brokerUrl,
  client_id: device.name,
  username: device.root_topic,
  password,
  root_topic: device.root_topic,
});

async function insertDevice(
  { db, clock }: Ctx,
  project: ProjectScope,
  fleetId: string,
  name: string,
  isDemo: boolean,
): Promise<DeviceRow> {
  const rootTopic = rootTopicOf({ topicSlug: project.topicSlug, deviceName: name });
  try {
    return only(
      await db.savepoint(
        ({ sql }) => sql<DeviceRow[]>`
          insert into tidegate.device as d
            (id, org_id, project_id, fleet_id, name, root_topic, is_demo, created_at)
          values (${uuidV4()}, ${project.orgId}, ${project.id}, ${fleetId}, ${name}, ${rootTopic}, ${isDemo},
            ${clock.now().toISOString()})
          returning ${deviceColumns(sql)}`,
      ),
    );
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
  }
  const [taken] = await db.sql<{ id: string }[]>`
    select id from tidegate.device where project_id = ${project.id} and name = ${name}`;
  if (taken !== undefined) {
    throw conflict(
      'device_name_already_in_use',
      `The project has a device named "${name}" already (${taken.id}). Choose another name, or issue new credentials for that device.`,
      { device_id: taken.id },
    );
  }
  throw conflict(
    'device_name_already_in_use',
    `A device named "${name}" exists in another project without a topic slug, and both would have the same topics. Choose another name, or a project with a topic slug.`,
  );
}
