import type { z } from 'zod';
import { listAccessEventsInput, type MqttAccessEvent } from '@/server/contract/access';
import type { Page } from '@/server/contract/common';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { requireDeviceId } from './find-device';

/** What the broker let in and turned away, newest first. */
export async function listAccessEvents({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listAccessEventsInput>;
}): Promise<Page<MqttAccessEvent>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listAccessEventsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { kind, device_id: device, fleet_id: fleet, since } = query;
  const deviceId = device === undefined ? undefined : await requireDeviceId(ctx, project, device);
  const { sql } = ctx.db;
  return listPage<MqttAccessEvent & { seq: string }, MqttAccessEvent>({
    db: ctx.db,
    page: query,
    columns: sql`a.id, a.kind, a.at, a.fleet_id, a.device_id, a.username, a.topic, a.reason`,
    from: sql`tidegate.mqtt_access_event a`,
    where: [
      sql`a.project_id = ${project.id}`,
      ...(kind === undefined ? [] : [sql`a.kind = ${kind}`]),
      ...(deviceId === undefined ? [] : [sql`a.device_id = ${deviceId}`]),
      ...(fleet === undefined ? [] : [sql`a.fleet_id = ${fleet}`]),
      ...(since === undefined ? [] : [sql`a.at >= ${since}::text::timestamptz`]),
    ],
    order: { name: '-seq', descending: true, keys: [{ expression: sql`a.seq`, type: 'bigint' }] },
    toItem: ({ id, kind: what, at, fleet_id, device_id, username, topic, reason }) => ({
      id,
      kind: what,
      at: rfc3339(at),
      fleet_id,
      device_id,
      username,
      topic,
      reason,
    }),
  });
}
