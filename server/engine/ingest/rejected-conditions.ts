// Which rejected batches a caller asks for, for the list, the groups, the export and the retry of a kind alike.
import type { Fragment } from 'postgres';
import type { RejectedBatchFilter } from '@/server/contract/rows';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { rejectedBatchScope } from './rejected-batch-scope';

const HOUR_MS = 3_600_000;

/** Conditions on `tidegate.rejected_batch b`, the tenant's scope among them. */
export const rejectedConditions = async (
  ctx: Ctx,
  project: ProjectScope,
  filter: RejectedBatchFilter,
): Promise<Fragment[]> => [
  rejectedBatchScope(ctx, project),
  ...(await rejectedNarrowing(ctx, project, filter)),
];

/** What `filter` asks for, without the scope. */
export async function rejectedNarrowing(
  ctx: Ctx,
  project: ProjectScope,
  filter: RejectedBatchFilter,
): Promise<Fragment[]> {
  const { sql } = ctx.db;
  const { code, cause, state, since, source_table: table, device_id: device, within_hours: hours } = filter;
  const deviceId = device === undefined ? undefined : await requireDeviceId(ctx, project, device);
  const sinceHours =
    hours === undefined ? undefined : new Date(ctx.clock.now().getTime() - hours * HOUR_MS).toISOString();
  return [
    ...(code === undefined ? [] : [sql`b.code = ${code}`]),
    ...(cause === undefined ? [] : [sql`b.cause = ${cause}`]),
    ...(table === undefined ? [] : [sql`b.source_table = ${table}`]),
    ...(deviceId === undefined ? [] : [sql`b.device_id = ${deviceId}`]),
    ...(since === undefined ? [] : [sql`b.received_at >= ${since}::text::timestamptz`]),
    ...(sinceHours === undefined ? [] : [sql`b.received_at > ${sinceHours}::text::timestamptz`]),
    ...(state === undefined
      ? []
      : [sql`(b.retry_outcome is not distinct from 'accepted') = ${state === 'accepted'}::boolean`]),
  ];
}
