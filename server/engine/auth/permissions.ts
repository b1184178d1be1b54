// The one place that says which role may do what, and the one check that verbs call.
import type { Role } from '@/server/contract/roles';
import type { Ctx, Permission } from '../context/context';
import { Refusal } from '../errors/errors';

const BY_ROLE: Record<Role, readonly Permission[]> = {
  viewer: ['PROJECT_CAN_VIEW'],
  operator: ['PROJECT_CAN_VIEW', 'PROJECT_CAN_READ_ROWS', 'PROJECT_CAN_MANAGE_DEVICES'],
  admin: ['PROJECT_CAN_VIEW', 'PROJECT_CAN_READ_ROWS', 'PROJECT_CAN_MANAGE_DEVICES', 'ORG_CAN_ADMIN'],
  owner: ['PROJECT_CAN_VIEW', 'PROJECT_CAN_READ_ROWS', 'PROJECT_CAN_MANAGE_DEVICES', 'ORG_CAN_ADMIN'],
};

/** What a role may do. */
export const permissionsOf = (role: Role): ReadonlySet<Permission> => new Set(BY_ROLE[role]);

/**
 * Refuses with 403 unless the caller holds `permission`.
 * A verb calls this before it reads anything, so that a refusal tells nothing about what exists.
 */
export function requirePermission(ctx: Ctx, permission: Permission): void {
  if (ctx.actor.kind === 'system' || ctx.permissions.has(permission)) return;
  throw new Refusal(
    403,
    'permission_denied',
    `This needs the permission ${permission}, which your role does not have. Ask an administrator of the organisation for the role "${permission === 'ORG_CAN_ADMIN' ? 'admin' : 'operator'}".`,
  );
}

/** Whether the caller may see row contents, which may be personal data. */
export const mayReadRows = (ctx: Ctx): boolean =>
  ctx.actor.kind === 'system' || ctx.permissions.has('PROJECT_CAN_READ_ROWS');
