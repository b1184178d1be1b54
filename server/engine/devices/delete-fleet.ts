// Removes a fleet that nothing belongs to any more. What devices have sent never goes with it: a fleet with devices,
// or with something shared in the registry, is refused.
import type { DeletedFleet } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { recordEvent } from '../events/record-event';

interface Use {
  devices: number;
  mirrors: number;
  versions: number;
}

function refuseInUse(name: string, { devices, mirrors, versions }: Use): void {
  const parts = [
    devices === 0 ? [] : [`${devices} registered devices`],
    mirrors === 0 ? [] : [`${mirrors} shared mirror tables`],
    versions === 0 ? [] : [`${versions} schema versions in the registry`],
  ].flat();
  if (parts.length === 0) return;
  throw conflict(
    'fleet_in_use',
    `The fleet "${name}" still has ${parts.join(', ')}. ${
      devices > 0
        ? 'Delete its devices first, or register them in another fleet.'
        : 'What is shared in it stays readable, and keeps the fleet.'
    }`,
    { devices, shared_mirrors: mirrors, registry_versions: versions },
  );
}

/** Deletes an empty fleet with its policy. 409 `fleet_in_use` where anything belongs to it. */
export async function deleteFleet({
  ctx,
  projectId,
  fleetId,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId: string;
}): Promise<DeletedFleet> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const project = await requireProject(ctx, projectId);
  const fleet = await requireFleet(ctx, project, fleetId);
  return inTransaction(ctx, async (tx) => {
    const { sql } = tx.db;
    // Whoever registers a device in it waits here, and then finds no fleet.
    await sql`select from tidegate.fleet where id = ${fleet.id} for update`;
    const [use] = await sql<Use[]>`
      select
        (select count(*)::int from tidegate.device where fleet_id = ${fleet.id}) as devices,
        (select count(*)::int from tidegate.mirror where scope = 'fleet' and scope_id = ${fleet.id}) as mirrors,
        (select count(*)::int from tidegate.registry_entry
          where scope = 'fleet' and scope_id = ${fleet.id}) as versions`;
    if (use !== undefined) refuseInUse(fleet.name, use);
    await sql`delete from tidegate.policy where scope = 'fleet' and scope_id = ${fleet.id}`;
    await sql`delete from tidegate.fleet where id = ${fleet.id}`;
    await recordEvent(tx, {
      kind: 'fleet.deleted',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: fleet.id,
      subject: { kind: 'fleet', id: fleet.id },
      data: { name: fleet.name },
    });
    return { id: fleet.id };
  });
}
