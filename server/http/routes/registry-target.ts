// The two places that a registry is asked for at: a project's, with those of its fleets, and a fleet's own.
import type { RouteCall } from '../contract';

export const PROJECT = '/projects/{project_id}';
export const FLEET = '/projects/{project_id}/fleets/{fleet_id}';

export type Param = RouteCall<unknown, unknown>['param'];

/** A project, or one fleet of it. */
export interface Target {
  projectId: string;
  fleetId?: string;
}

/** What a path below `base` names. */
export const targetOf = (base: string, param: Param): Target => ({
  projectId: param('project_id'),
  ...(base === FLEET ? { fleetId: param('fleet_id') } : {}),
});
