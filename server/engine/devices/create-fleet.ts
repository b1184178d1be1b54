import type { z } from 'zod';
import { createFleetInput, type Fleet } from '@/server/contract/fleet';
import { uuidV4 } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { fleetNameTaken, toFleet, type FleetRow } from './fleet-row';

/** 409 `fleet_name_already_in_use` where the project has a fleet of that name. */
export async function createFleet({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof createFleetInput>;
}): Promise<Fleet> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { name } = parseInput(createFleetInput, input, 'body');
  const project = await requireProject(ctx, projectId);
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.sql<FleetRow[]>`
      insert into tidegate.fleet (id, project_id, name, created_at)
      values (${uuidV4()}, ${project.id}, ${name}, ${tx.clock.now().toISOString()})
      on conflict (project_id, name) do nothing
      returning id, project_id, name, created_at,
        0 as device_count, 0 as connected_count, 0 as silent_count`;
    if (row === undefined) throw fleetNameTaken(name);
    await recordEvent(tx, {
      kind: 'fleet.created',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: row.id,
      subject: { kind: 'fleet', id: row.id },
      data: { name },
    });
    return toFleet(row);
  });
}
