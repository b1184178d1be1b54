import type { z } from 'zod';
import type { mqttConnectionDetails as shape } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDevice } from './find-device';

const PUBLISHES = ['rows/batch', 'telemetry/batch', 'schema/observe', 'ingest/ack', 'ingest/request'];
const SUBSCRIBES = ['ingest/control', 'ingest/receipt'];

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
  const under = (levels: string): string => `${device.root_topic}/sync/${levels}`;
  return {
    broker_url: brokerUrl,
    client_id: device.name,
    username: device.root_topic,
    root_topic: device.root_topic,
    publish_filters: PUBLISHES.map(under),
    subscribe_filters: SUBSCRIBES.map(under),
    certificate_status: 'none',
  };
}
