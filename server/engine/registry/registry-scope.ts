// Where a schema is decided together: the project or the fleet, by the mode in force for the lineage. A lineage
// never joins an entry of another scope by accident, since the scope is part of every look-up.
import type { Fragment } from 'postgres';
import type { Db, Sql } from '@/server/db/client';
import type { RegistryScopeKind } from '@/server/db/schema/registry';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import type { MirrorSource } from '../mirror/provision-mirror';
import { effectivePolicy } from '../policy/effective-policy';
import { coalescingModeOf } from '../policy/coalescing-mode';

export interface RegistryScope {
  orgId: string;
  projectId: string;
  /** Null at project scope. */
  fleetId: string | null;
  scope: RegistryScopeKind;
  scopeId: string;
}

/** The scope that decides a lineage's new schemas; null where each device decides for itself. */
export async function scopeInForce(db: Db, lineage: LineageRow): Promise<RegistryScope | null> {
  const { orgId, projectId, fleetId } = lineage;
  const { fields } = await effectivePolicy(db, lineage);
  switch (fields.schema_coalescing_mode) {
    case 'none':
      return null;
    case 'project':
      return { orgId, projectId, fleetId: null, scope: 'project', scopeId: projectId };
    case 'fleet':
      return { orgId, projectId, fleetId, scope: 'fleet', scopeId: fleetId };
  }
}

/** The shared mirror's source. */
export const sharedMirrorSource = (at: RegistryScope & { sourceTable: string }): MirrorSource => ({
  projectId: at.projectId,
  scope: at.scope,
  scopeId: at.scopeId,
  sourceTable: at.sourceTable,
});

/** Which lineages `l` belong to a scope, whatever the mode. */
export const lineagesOfScope = (sql: Sql, { projectId, fleetId }: RegistryScope): Fragment =>
  fleetId === null ? sql`l.project_id = ${projectId}` : sql`l.fleet_id = ${fleetId}`;

/** Which lineages `l` have this scope's mode in force. */
export const modeInForce = (sql: Sql, { scope }: RegistryScope): Fragment =>
  sql`${coalescingModeOf(sql, sql`l.fleet_id`, sql`l.project_id`)} = ${scope}`;

/** What a caller asks about: a whole project with its fleets, or one fleet. */
export interface RegistryPlace {
  projectId: string;
  orgId: string;
  fleetId: string | null;
}

/** The place of a request inside the caller's organisation, or 404. */
export async function requirePlace(ctx: Ctx, at: RegistryTarget): Promise<RegistryPlace> {
  const project = await requireProject(ctx, at.projectId);
  const fleet = at.fleetId === undefined ? null : await requireFleet(ctx, project, at.fleetId);
  return { projectId: project.id, orgId: project.orgId, fleetId: fleet?.id ?? null };
}

/** The path of a request: the project's registry shows both scopes, a fleet's its own. */
export interface RegistryTarget {
  projectId: string;
  fleetId?: string;
}

/** The conditions on a row `r` with the columns of a scope that keep it inside a place (invariant 10). */
export const insidePlace = (sql: Sql, place: RegistryPlace): Fragment[] => [
  sql`r.project_id = ${place.projectId}`,
  ...(place.fleetId === null ? [] : [sql`r.scope = 'fleet'`, sql`r.scope_id = ${place.fleetId}`]),
];

/** The name of the scope of a row `r` that has its columns. */
export const scopeName = (sql: Sql): Fragment => sql`
  case r.scope when 'fleet' then (select f.name from tidegate.fleet f where f.id = r.scope_id)
    else (select p.name from tidegate.project p where p.id = r.scope_id) end`;
