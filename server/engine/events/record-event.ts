// Events are the audit log, the live stream and the device timeline at once (invariant 6): whoever changes
// governance records it in the same transaction, so an unaudited change cannot exist.
import type { EventKind } from '@/server/contract/event-kinds';
import { event } from '@/server/db/schema/operations';
import { ring } from '@/server/db/notify';
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

/** Eighteen parameters each; one statement takes 65,535. */
const EVENTS_PER_STATEMENT = 2000;

/** Writes one event in the transaction of `ctx.db`. */
export const recordEvent = (ctx: Ctx, input: EventInput): Promise<void> => recordEvents(ctx, [input]);

/** Writes events in the transaction of `ctx.db`, in their order; each project's bell rings once. */
export async function recordEvents(ctx: Ctx, inputs: readonly EventInput[]): Promise<void> {
  for (let from = 0; from < inputs.length; from += EVENTS_PER_STATEMENT) {
    const part = inputs.slice(from, from + EVENTS_PER_STATEMENT);
    await ctx.db.orm.insert(event).values(part.map((input) => rowOf(ctx, input)));
  }
  const projects = new Set(inputs.flatMap(({ projectId }) => projectId ?? []));
  for (const projectId of projects) await ring(ctx.db, 'changed', projectId);
}

const rowOf = (ctx: Ctx, input: EventInput): typeof event.$inferInsert => ({
  id: uuidV7(),
  kind: input.kind,
  at: ctx.clock.now(),
  orgId: input.orgId ?? ctx.orgId,
  projectId: input.projectId ?? null,
  fleetId: input.fleetId ?? null,
  deviceId: input.deviceId ?? null,
  lineageId: input.lineageId ?? null,
  actorKind: ctx.actor.kind,
  actorId: ctx.actor.id,
  actorLabel: ctx.actor.label,
  tokenId: ctx.origin?.tokenId ?? null,
  address: ctx.origin?.address ?? null,
  subjectKind: input.subject.kind,
  subjectId: input.subject.id,
  data: input.data ?? {},
  correlationId: ctx.correlationId,
});
