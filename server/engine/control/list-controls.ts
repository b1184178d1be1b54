import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listControlsInput } from '@/server/contract/control';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { controlColumns, toControl, type Control, type ControlRow } from './control-row';

/** Pending and acknowledged controls of a project, newest first. Overtaken ones are history and left out. */
export async function listControls({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listControlsInput>;
}): Promise<Page<Control>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listControlsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const deviceId =
    query.device_id === undefined ? undefined : await requireDeviceId(ctx, project, query.device_id);
  const { sql } = ctx.db;
  const pending = sql`(c.acknowledged_at is null and c.superseded_at is null)`;
  const acknowledged = sql`c.acknowledged_at is not null`;
  const status =
    query.status === undefined
      ? sql`(${pending} or ${acknowledged})`
      : query.status === 'pending'
        ? pending
        : acknowledged;
  return listPage<ControlRow, Control>({
    db: ctx.db,
    page: query,
    columns: controlColumns(sql),
    from: sql`tidegate.control c join tidegate.device d on d.id = c.device_id`,
    where: [
      sql`d.project_id = ${project.id}`,
      sql`d.org_id = ${project.orgId}`,
      status,
      ...(deviceId === undefined ? [] : [sql`c.device_id = ${deviceId}`]),
      ...(query.lineage_id === undefined ? [] : [sql`c.lineage_id = ${query.lineage_id}`]),
    ],
    order: {
      name: '-created_at',
      descending: true,
      keys: [
        { expression: sql`c.created_at`, type: 'timestamptz' },
        { expression: sql`c.id`, type: 'uuid' },
      ],
    },
    toItem: toControl,
  });
}
