// Events as they become final, for a live stream. An event's number is given before its transaction commits, so a
// lower one may appear after a higher one; a stream that went by numbers would miss it. This one goes by
// transaction: nothing can appear any more below the oldest transaction that is still open, and only what lies
// below it is told, in the order of (transaction, number). A transaction that stays open holds the stream up and
// never makes it miss anything.
import type { Event, EventFilter } from '@/server/contract/fleet';
import { only } from '@/server/lib/assert';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { join } from '../paging/list-page';
import { eventColumns, eventConditions, toEvent, type EventRow } from './event-query';

const PAGE_ROWS = 200;
const XID8_MAX = 2n ** 64n - 1n;
const SEQ_MAX = 2n ** 63n - 1n;

/** Where a stream stands: everything up to it has been told. */
export interface EventPosition {
  tx: string;
  seq: string;
}

export interface TailEvent {
  event: Event;
  position: EventPosition;
}

export interface EventTail {
  events: TailEvent[];
  /** Where to go on. */
  next: EventPosition;
  /** True where there is more to come without anything new happening: a full page, or one that is not final yet. */
  isPending: boolean;
}

/** `transaction.number`, as it is sent for the id of an event. */
export const positionId = ({ tx, seq }: EventPosition): string => `${tx}.${seq}`;

/** Reads what `positionId` wrote; 400 `invalid_last_event_id`. */
export function parsePosition(id: string): EventPosition {
  const [, tx, seq] = /^(\d{1,20})\.(\d{1,19})$/.exec(id) ?? [];
  if (tx === undefined || seq === undefined || BigInt(tx) > XID8_MAX || BigInt(seq) > SEQ_MAX) {
    throw new Refusal(
      400,
      'invalid_last_event_id',
      'Last-Event-ID is not one that this stream sent. Leave it out to begin now, or give "since".',
    );
  }
  return { tx, seq };
}

interface TailInput {
  ctx: Ctx;
  projectId: string;
  filter: EventFilter;
}

/** Where a stream begins that does not resume: now, or with `since` at the first event. */
export async function startOfTail({ ctx, filter }: TailInput): Promise<EventPosition> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  return filter.since === undefined ? { tx: await horizon(ctx), seq: '0' } : { tx: '0', seq: '0' };
}

/** The next final events after `after`. */
export async function readEventTail(
  { ctx, projectId, filter }: TailInput,
  after: EventPosition,
): Promise<EventTail> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const until = await horizon(ctx);
  const rows = await sql<(EventRow & EventPosition)[]>`
    select ${eventColumns(sql)}, e.tx::text as tx, e.seq::text as seq from tidegate.event e
    where ${join(sql, await eventConditions(ctx, project, filter), sql` and `)}
      and (e.tx, e.seq) > (${after.tx}::text::xid8, ${after.seq}::text::bigint) and e.tx < ${until}::text::xid8
    order by e.tx, e.seq limit ${PAGE_ROWS}`;
  const events = rows.map((row) => ({ event: toEvent(row), position: { tx: row.tx, seq: row.seq } }));
  const last = events.at(-1);
  if (last !== undefined && events.length === PAGE_ROWS) {
    return { events, next: last.position, isPending: true };
  }
  const next = BigInt(until) > BigInt(after.tx) ? { tx: until, seq: '0' } : after;
  const [waiting] = await sql`
    select 1 from tidegate.event where project_id = ${project.id} and tx >= ${until}::text::xid8 limit 1`;
  return { events, next, isPending: waiting !== undefined };
}

/** The oldest transaction that is still open: all below it are settled, for this reader too. */
async function horizon({ db }: Ctx): Promise<string> {
  const rows = await db.sql<{ tx: string }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as tx`;
  return only(rows).tx;
}
