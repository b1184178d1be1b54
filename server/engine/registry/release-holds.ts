// The same as `refreshReviewHold` and `scheduleReplay` for many lineages at once, where a shared decision has
// ended what held them. One by one, a thousand lineages would be held for as long as a thousand times eight
// statements take.
import type { Ctx } from '../context/context';
import { ring } from '@/server/db/notify';
import { uuidV7 } from '@/server/lib/uuid';
import { recordEvents, type EventInput } from '../events/record-event';

interface Freed {
  id: string;
  org_id: string;
  project_id: string;
  fleet_id: string;
  device_id: string;
  staged_rows: string;
  left: string[];
}

export interface ReplayOf {
  actionKind: 'approve' | 'resume';
  actionVersion: number;
  registryReviewId: string | null;
}

/**
 * Ends the hold of those of the locked lineages that nothing holds for their schema any more, and schedules
 * their replays. Answers how many went on, and how many staged rows will be replayed.
 */
export async function releaseHolds(
  ctx: Ctx,
  lineageIds: readonly string[],
  trigger: ReplayOf,
): Promise<{ lineages: number; rows: number }> {
  const freed = await endHolds(ctx, [...lineageIds]);
  const rows = await scheduleReplays(ctx, freed, trigger);
  return { lineages: freed.length, rows };
}

async function endHolds(ctx: Ctx, ids: string[]): Promise<Freed[]> {
  const freed = await ctx.db.sql<Freed[]>`
    with gone as (
      delete from tidegate.pause_cause p
      where p.lineage_id = any(${ids}::uuid[]) and p.cause = 'schema_review'
        and not exists (select from tidegate.schema_review r
                        where r.lineage_id = p.lineage_id and r.status in ('queued', 'in_review'))
        and not exists (select from tidegate.schema_version v
                        join tidegate.registry_review q on q.registry_id = v.registry_entry_id
                        where v.lineage_id = p.lineage_id and v.status = 'pending'
                          and q.status in ('queued', 'in_review'))
        and exists (select from tidegate.lineage l
                    join tidegate.schema_version v on v.lineage_id = l.id and v.schema_hash = l.current_schema_hash
                    where l.id = p.lineage_id and v.status = 'approved')
      returning p.lineage_id
    )
    select l.id, l.org_id, l.project_id, l.fleet_id, l.device_id, l.staged_rows,
      coalesce((select json_agg(p.cause order by p.since, p.cause) from tidegate.pause_cause p
                where p.lineage_id = l.id and p.cause <> 'schema_review'), '[]') as left
    from gone join tidegate.lineage l on l.id = gone.lineage_id order by l.id`;
  await recordEvents(
    ctx,
    freed.map((lineage) => ({
      kind:
        lineage.left.length === 0
          ? 'edge_table_lineage.ingestion_resumed'
          : 'edge_table_lineage.pause_cause_cleared',
      ...placeOf(lineage),
      subject: { kind: 'lineage', id: lineage.id },
      data: { cause: 'schema_review', before: [...lineage.left, 'schema_review'], after: lineage.left },
    })),
  );
  return [...freed];
}

/** A lineage has at most one open intent: this one takes over what another had left to do. */
async function scheduleReplays(ctx: Ctx, freed: readonly Freed[], trigger: ReplayOf): Promise<number> {
  const due = freed.flatMap((lineage) =>
    Number(lineage.staged_rows) === 0 ? [] : [{ ...lineage, intentId: uuidV7() }],
  );
  if (due.length === 0) return 0;
  const { sql } = ctx.db;
  const now = ctx.clock.now().toISOString();
  await sql`
    update tidegate.replay_intent set status = 'completed', finished_at = ${now}, updated_at = ${now},
      last_error = 'taken over by the replay of a later decision'
    where lineage_id = any(${due.map((l) => l.id)}::uuid[]) and status in ('pending', 'running')`;
  await sql`
    insert into tidegate.replay_intent
      (id, lineage_id, registry_review_id, action_kind, action_version, status, total_rows, not_before,
       created_at, updated_at)
    select i.id, i.l, ${trigger.registryReviewId}::uuid, ${trigger.actionKind}, ${trigger.actionVersion}, 'pending',
      i.n, ${now}, ${now}, ${now}
    from json_to_recordset(${JSON.stringify(due.map((l) => ({ id: l.intentId, l: l.id, n: l.staged_rows })))}::text::json)
      as i(id uuid, l uuid, n bigint)`;
  await recordEvents(
    ctx,
    due.map((lineage) => ({
      kind: 'edge_replay.scheduled',
      ...placeOf(lineage),
      subject: { kind: 'replay_intent', id: lineage.intentId },
      data: { total_rows: Number(lineage.staged_rows), action_kind: trigger.actionKind },
    })),
  );
  await ring(ctx.db, 'replay');
  return due.reduce((sum, l) => sum + Number(l.staged_rows), 0);
}

const placeOf = (lineage: Freed): Omit<EventInput, 'kind' | 'subject'> => ({
  orgId: lineage.org_id,
  projectId: lineage.project_id,
  fleetId: lineage.fleet_id,
  deviceId: lineage.device_id,
  lineageId: lineage.id,
});
