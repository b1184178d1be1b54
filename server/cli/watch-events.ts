// Follows the audit log: asks for what is newer than the last event seen, again and again. Between two looks more
// can happen than one page holds, so a look walks back by the cursor until it meets what it knows; else events would
// be skipped in silence just when much happens.
import { setTimeout as pause } from 'node:timers/promises';
import type { Shape } from '@/server/client/client';
import { answered, type Session } from './session';

type Event = Shape<'Event'>;

const LOOK_MS = 1000;
const PAGE_ITEMS = 100;

export interface EventFilters {
  kind?: string;
  device_id?: string;
  since?: string;
}

/** Calls `onEvent` for each event in the order in which they happened, and ends after `wanted` of them. */
export async function watchEvents(
  session: Session,
  filters: EventFilters,
  wanted: number,
  onEvent: (event: Event) => void,
): Promise<void> {
  const known = await newest(session, filters);
  let last = filters.since === undefined ? known : undefined;
  for (let told = 0; ;) {
    for (const event of await newerThan(session, filters, last)) {
      onEvent(event);
      last = event.id;
      told += 1;
      if (told >= wanted) return;
    }
    await pause(LOOK_MS);
  }
}

async function page(session: Session, filters: EventFilters, limit: number, cursor?: string) {
  const query = { ...filters, limit, ...(cursor === undefined ? {} : { cursor }) };
  const path = await session.inProject();
  return answered(session.client.GET('/projects/{project_id}/events', { params: { path, query } }));
}

async function newest(session: Session, filters: EventFilters): Promise<string | undefined> {
  return (await page(session, filters, 1)).data[0]?.id;
}

/** Oldest first. Without `last`, all there are. */
async function newerThan(
  session: Session,
  filters: EventFilters,
  last: string | undefined,
): Promise<Event[]> {
  const fresh: Event[] = [];
  let cursor: string | undefined;
  do {
    const { data, meta } = await page(session, filters, PAGE_ITEMS, cursor);
    const index = data.findIndex(({ id }) => id === last);
    fresh.push(...(index < 0 ? data : data.slice(0, index)));
    cursor = index < 0 ? (meta.next_cursor ?? undefined) : undefined;
  } while (cursor !== undefined);
  return fresh.reverse();
}
