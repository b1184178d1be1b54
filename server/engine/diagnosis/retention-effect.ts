// What shorter retention would delete at its next round, beside what the round would delete anyway. Counting stops at
// a bound: an operator has to know that it is very many, not how many millions.
import type { PolicyEffect, PolicyFieldName } from '@/server/contract/policy-effect';
import { rfc3339OrNull } from '@/server/db/time';
import { Refusal } from '../errors/errors';
import type { Ctx } from '../context/context';
import { boundedRead } from '../paging/bounded-read';
import { differs, type BeforeAfter, type FleetChange } from './policy-change';

const COUNT_MAX = 50_000;
/** Tombstones have no index by age: they are looked through, for so long. */
const TOMBSTONES_MS_MAX = 1_500;

type Days = Extract<PolicyFieldName, `${string}_days`>;

/** Both ends of what shorter days take, per fleet, and of what belongs to no device any more, as JSON rows. */
function spans(name: Days, now: Date, project: BeforeAfter | null, fleets: readonly FleetChange[]): string {
  const at = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
  const rows = [
    ...fleets.map(({ fleetId, before, after }) => ({ fleet_id: fleetId, before, after })),
    ...(project === null ? [] : [{ fleet_id: null, ...project }]),
  ];
  return JSON.stringify(
    rows
      .filter(({ before, after }) => after[name] < before[name])
      .map(({ fleet_id, before, after }) => ({
        fleet_id,
        gone_before: at(before[name]),
        goes_before: at(after[name]),
      })),
  );
}

interface Counted {
  n: number;
  unhandled: number;
  bytes: string | null;
  oldest: string | null;
}

/** Null where the days stay as they are. */
export async function rejectedEffect(
  ctx: Ctx,
  projectId: string,
  project: BeforeAfter | null,
  fleets: readonly FleetChange[],
): Promise<PolicyEffect['rejected_batches']> {
  const name = 'rejected_batch_retention_days';
  const all: BeforeAfter[] = [...fleets, ...(project === null ? [] : [project])];
  if (!all.some((one) => differs(one, [name]))) return null;
  const json = spans(name, ctx.clock.now(), project, fleets);
  const [counted] = await ctx.db.sql<Counted[]>`
    with span as materialized (select * from json_to_recordset(${json}::text::json)
      as s(fleet_id uuid, gone_before timestamptz, goes_before timestamptz)),
    going as (
      select r.bytes, r.received_at, r.retry_outcome
      from tidegate.rejected_batch r left join tidegate.device d on d.id = r.device_id
      join span s on s.fleet_id is not distinct from d.fleet_id
      where r.project_id = ${projectId} and r.received_at < (select max(goes_before) from span)
        and r.received_at < s.goes_before and r.received_at >= s.gone_before
      limit ${COUNT_MAX + 1})
    select count(*)::int as n, sum(bytes) as bytes, min(received_at) as oldest,
      (count(*) filter (where retry_outcome is distinct from 'accepted'))::int as unhandled
    from going`;
  const n = counted?.n ?? 0;
  return {
    dropped: Math.min(n, COUNT_MAX),
    unhandled: Math.min(counted?.unhandled ?? 0, COUNT_MAX),
    bytes: Number(counted?.bytes ?? 0),
    is_at_least: n > COUNT_MAX,
    oldest_at: rfc3339OrNull(counted?.oldest ?? null),
  };
}

/** Null where the days stay as they are. */
export async function tombstoneEffect(
  ctx: Ctx,
  projectId: string,
  fleets: readonly FleetChange[],
): Promise<PolicyEffect['tombstones']> {
  const name = 'tombstone_retention_days';
  if (!fleets.some((fleet) => differs(fleet, [name]))) return null;
  const json = spans(name, ctx.clock.now(), null, fleets);
  if (json === '[]') return { dropped: 0, is_at_least: false };
  const read = boundedRead(
    ctx.db,
    ({ sql }) => sql<{ n: number }[]>`
      select count(*)::int as n from (
        select from json_to_recordset(${json}::text::json)
          as s(fleet_id uuid, gone_before timestamptz, goes_before timestamptz)
        join tidegate.device d on d.fleet_id = s.fleet_id
        join tidegate.mirror_tombstone t on t.device_id = d.id
        join tidegate.mirror m on m.id = t.mirror_id
        where m.project_id = ${projectId} and t.deleted_at < s.goes_before and t.deleted_at >= s.gone_before
        limit ${COUNT_MAX + 1}) going`,
    TOMBSTONES_MS_MAX,
  );
  const [counted] = await read.catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'query_too_slow') return [];
    throw error;
  });
  if (counted === undefined) return { dropped: null, is_at_least: false };
  return { dropped: Math.min(counted.n, COUNT_MAX), is_at_least: counted.n > COUNT_MAX };
}
