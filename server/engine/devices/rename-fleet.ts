import type { z } from 'zod';
import { renameFleetInput, type Fleet } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { fleetColumns, fleetNameTaken, toFleet, type FleetRow } from './fleet-row';

/** Gives a fleet another name. 409 `fleet_name_already_in_use` where another fleet of the project has it. */
export async function renameFleet({
  ctx,
  projectId,
  fleetId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId: string;
  input: z.input<typeof renameFleetInput>;
}): Promise<Fleet> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { name } = parseInput(renameFleetInput, input, 'body');
  const project = await requireProject(ctx, projectId);
  const fleet = await requireFleet(ctx, project, fleetId);
  return inTransaction(ctx, async (tx) => {
    const { sql } = tx.db;
    // Whoever makes or renames a fleet of the project waits here, so that no name is given twice.
    await sql`select from tidegate.project where id = ${project.id} for update`;
    const [row] = await sql<FleetRow[]>`
      update tidegate.fleet f set name = ${name}
      where f.id = ${fleet.id} and not exists (
        select from tidegate.fleet o where o.project_id = ${project.id} and o.name = ${name} and o.id <> f.id)
      returning ${fleetColumns(sql, tx.clock.now())}`;
    if (row === undefined) throw fleetNameTaken(name);
    await recordEvent(tx, {
      kind: 'fleet.renamed',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: fleet.id,
      subject: { kind: 'fleet', id: fleet.id },
      data: { name, before: { name: fleet.name }, after: { name } },
    });
    return toFleet(row);
  });
}
