// A change that was refused is an event too: who tries doors shows in the audit log, not only who passes them.
// What the caller sent is not repeated, only where it was refused and by which code.
import { isUuid } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import type { Refusal } from '../errors/errors';
import { recordEvent } from './record-event';

export interface RefusedRequest {
  method: string;
  /** The route's pattern, not the path as sent. */
  path: string;
  params: Readonly<Record<string, string>>;
  /** Set where the caller belongs to the project's organisation: a stranger's attempt must not show there. */
  projectId: string | null;
}

/** The statuses that make an event. What was refused for being too much or for an outage makes none. */
export const KEPT_REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 413, 422]);

const PARAM_CHARS_MAX = 100;

/** Writes `request.refused`. */
export async function recordRefusal(ctx: Ctx, request: RefusedRequest, refusal: Refusal): Promise<void> {
  const { method, path, params, projectId } = request;
  const route = `${method} ${path}`;
  const idOf = (name: string): string | null => {
    const value = params[name];
    return projectId !== null && value !== undefined && isUuid(value) ? value : null;
  };
  await recordEvent(ctx, {
    kind: 'request.refused',
    subject: { kind: 'route', id: route },
    projectId,
    fleetId: idOf('fleet_id'),
    deviceId: idOf('device_id'),
    lineageId: idOf('lineage_id'),
    data: {
      status: refusal.status,
      code: refusal.code,
      params: Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, storable(value).slice(0, PARAM_CHARS_MAX)]),
      ),
      ...(refusal.extra.errors === undefined
        ? {}
        : { errors: refusal.extra.errors.map(({ path: at, code }) => ({ path: at, code })) }),
    },
  });
}

const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '');
