// Follows the audit log by the live stream (SSE). The place in the stream moves on only after its event was shown, and
// a lost connection is taken up again from there: else events would be skipped or told twice in silence, just when the
// network is bad. A stream that says nothing, not even that it is still there, is taken for lost.
import { setTimeout as pause } from 'node:timers/promises';
import type { Shape } from '@/server/client/client';
import { CliError, EXIT } from './exit';
import { serverSentEvents } from './server-sent-events';
import { answered, type Session } from './session';

type Event = Shape<'Event'>;

/** The server says that it is still there every 15 s. */
const SILENCE_MS_MAX = 45_000;
const RECONNECT_MS_DEFAULT = 3_000;

export interface EventFilters {
  kind?: string;
  device_id?: string;
  since?: string;
}

interface Watch {
  session: Session;
  filters: EventFilters;
  wanted: number;
  onEvent: (event: Event) => void;
  onLost: (why: string) => void;
}

interface Place {
  lastId: string | null;
  reconnectMs: number;
  told: number;
  /** Whether anything was heard on this connection. */
  isHeard: boolean;
}

/** Calls `onEvent` for each event in the order in which they became final, and ends after `wanted` of them. */
export async function watchEvents(watch: Watch): Promise<void> {
  const place: Place = { lastId: null, reconnectMs: RECONNECT_MS_DEFAULT, told: 0, isHeard: false };
  while (place.told < watch.wanted) {
    const wasHeard = place.isHeard;
    place.isHeard = false;
    try {
      await follow(watch, place);
    } catch (error) {
      if (!isPassing(error) || place.lastId === null) throw error;
      if (wasHeard || place.isHeard) watch.onLost(error instanceof Error ? error.message : String(error));
    }
    // A connection that worked is taken up at once; one that did not come about, after a while.
    if (!place.isHeard) await pause(place.reconnectMs);
  }
}

/** One connection, to its end. */
async function follow({ session, filters, wanted, onEvent }: Watch, place: Place): Promise<void> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error('nothing was heard for too long')), SILENCE_MS_MAX);
  try {
    const stream = await answered(
      session.client.GET('/projects/{project_id}/events/stream', {
        params: { path: await session.inProject(), query: filters },
        headers: place.lastId === null ? {} : { 'last-event-id': place.lastId },
        parseAs: 'stream',
        signal: silence.signal,
      }),
    );
    for await (const { id, event, data, retryMs } of serverSentEvents(stream ?? [])) {
      timer.refresh();
      place.isHeard = true;
      place.reconnectMs = retryMs ?? place.reconnectMs;
      if (event === 'closed') throw closed(data);
      if (data !== '') {
        onEvent(JSON.parse(data) as Event);
        place.told += 1;
      }
      place.lastId = id ?? place.lastId;
      if (place.told >= wanted) return;
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function closed(data: string): CliError {
  const { message } = JSON.parse(data) as { message: string };
  return new CliError(EXIT.auth, 'You may not listen any more.', message);
}

/** Whether the same call can go well later. What is no refusal is the network's. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof CliError) || error.exitCode === EXIT.unreachable || error.code === 'too_many_streams';
