// Events are the audit log, the live stream and the device timeline at once (invariant 6): whoever changes
// governance records it in the same transaction, so an unaudited change cannot exist.
import type { EventKind } from '@/server/contract/event-kinds';
import { CHANNELS } from '@/server/db/notify';
import { uuidV7 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';

/** What the event is about; the ids make it findable from each page. */
export interface EventInput {
  kind: EventKind;
  subject: { kind: string; id: string };
  orgId?: string | null;
  projectId?: string | null;
  fleetId?: string | null;
  deviceId?: string | null;
  lineageId?: string | null;
  /** `before` and `after` where something changed. Never row contents, never secrets. */
  data?: Record<string, unknown>;
}

/** Writes one event in the transaction of `ctx.db`. */
export const recordEvent = (ctx: Ctx, input: EventInput): Promise<void> => recordEvents(ctx, [input]);

/**
 * Writes events in the transaction of `ctx.db`, in their order, and rings each project's bell once: in one statement,
 * since every decision and every control waits for it.
 */
export async function recordEvents(ctx: Ctx, inputs: readonly EventInput[]): Promise<void> {
  if (inputs.length === 0) return;
  const rows = JSON.stringify(inputs.map((input, n) => rowOf(ctx, input, n)));
  await ctx.db.sql`
    with written as (
      insert into tidegate.event (id, kind, at, org_id, project_id, fleet_id, device_id, lineage_id, actor_kind,
        actor_id, actor_label, token_id, address, subject_kind, subject_id, data, correlation_id)
      select id, kind, at, org_id, project_id, fleet_id, device_id, lineage_id, actor_kind,
        actor_id, actor_label, token_id, address, subject_kind, subject_id, data, correlation_id
      from json_to_recordset(${rows}::text::json) as e(n int, id uuid, kind text, at timestamptz, org_id uuid,
        project_id uuid, fleet_id uuid, device_id uuid, lineage_id uuid, actor_kind text, actor_id text,
        actor_label text, token_id uuid, address text, subject_kind text, subject_id text, data jsonb,
        correlation_id text)
      order by n
      returning project_id)
    select pg_notify(${CHANNELS.changed}, project_id::text)
    from (select distinct project_id from written where project_id is not null) as p`;
}

/** A row of the table by its columns' names; `n` is its place. */
const rowOf = (ctx: Ctx, input: EventInput, n: number) => ({
  n,
  id: uuidV7(),
  kind: input.kind,
  at: ctx.clock.now(),
  org_id: input.orgId ?? ctx.orgId,
  project_id: input.projectId,
  fleet_id: input.fleetId,
  device_id: input.deviceId,
  lineage_id: input.lineageId,
  actor_kind: ctx.actor.kind,
  actor_id: ctx.actor.id,
  actor_label: ctx.actor.label,
  token_id: ctx.origin?.tokenId,
  address: ctx.origin?.address,
  subject_kind: input.subject.kind,
  subject_id: input.subject.id,
  data: input.data ?? {},
  correlation_id: ctx.correlationId,
});
