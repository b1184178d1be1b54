import type { z } from 'zod';
import type { mqttConnectionDetails as shape } from '@/server/contract/fleet';
import { CHANNELS, topicOf, type Channel } from '@/server/protocol/topics';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDevice } from './find-device';

const { ingestControl, ingestReceipt, ...UPLINK } = CHANNELS;

/** Everything that a device needs to connect, but for its password. */
export async function mqttConnectionDetails({
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
}): Promise<z.infer<typeof shape>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const fleet = await requireFleet(ctx, project, fleetId);
  const device = await requireDevice(ctx, project, deviceId, fleet.id);
  const under = (channel: Channel): string => topicOf(device.root_topic, channel);
  return {
    broker_url: brokerUrl,
    client_id: device.name,
    username: device.root_topic,
    root_topic: device.root_topic,
    publish_filters: Object.values(UPLINK).map(under),
    subscribe_filters: [ingestControl, ingestReceipt].map(under),
    certificate_status: 'none',
  };
}
