// One stream of events, kept open: it is opened again whenever it ends, from the event that was heard last, so
// that nothing is missed. EventSource is not used: it hides the status of a refusal, cannot begin from an event
// that another tab heard, and does not notice a connection that is silently gone.
import type { Event } from '@/server/contract/fleet';

/** What is told of a stream. */
export type StreamNews =
  | { type: 'up'; lastId: string | null }
  | { type: 'down' }
  | { type: 'event'; event: Event; lastId: string | null }
  | { type: 'beat'; lastId: string | null };

export interface FollowOptions {
  url: string;
  /** The event to go on from; null begins now. */
  lastId: string | null;
  /** Ends it. */
  signal: AbortSignal;
  tell: (news: StreamNews) => void;
  fetch: typeof fetch;
  /** Waits for `ms`, or less where there is reason to believe that a try would succeed now. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  /** Milliseconds of a clock that only goes on. */
  now: () => number;
}

/** The server says something every 15 s; after this much silence the connection is taken for gone. */
const SILENCE_MS_MAX = 35_000;
const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 10_000;
const REFUSED_MS = 30_000;
const BUSY_MS = 5_000;
const BAD_REQUEST = 400;
/** After a longer absence everything is read again anyway, and what was missed is not worth hearing one by one. */
const GAP_MS_MAX = 10 * 60_000;

interface Message {
  id: string | null;
  event: string;
  data: string;
}

/** Reads one message, without the empty line that ends it. */
export function parseMessage(text: string): Message {
  const message: Message = { id: null, event: 'message', data: '' };
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'id') message.id = value;
    else if (name === 'event') message.event = value;
    else if (name === 'data') message.data = message.data === '' ? value : `${message.data}\n${value}`;
  }
  return message;
}

class Follower {
  private lastId: string | null;
  private tries = 0;
  private heardAtMs: number;

  constructor(private readonly options: FollowOptions) {
    this.lastId = options.lastId;
    this.heardAtMs = options.now();
  }

  async run(): Promise<void> {
    const { signal, tell, pause } = this.options;
    while (!signal.aborted) {
      const status = await this.once().catch(() => null);
      if (signal.aborted) return;
      tell({ type: 'down' });
      await pause(this.delayMs(status), signal);
    }
  }

  /** Opens the stream and reads it to its end; answers the status. Rejects where there was none. */
  private async once(): Promise<number> {
    if (this.options.now() - this.heardAtMs > GAP_MS_MAX) this.lastId = null;
    const attempt = new AbortController();
    const end = () => attempt.abort();
    this.options.signal.addEventListener('abort', end, { once: true });
    let timer = setTimeout(end, SILENCE_MS_MAX);
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS_MAX);
    };
    try {
      const response = await this.options.fetch(this.options.url, {
        signal: attempt.signal,
        cache: 'no-store',
        headers: {
          accept: 'text/event-stream',
          ...(this.lastId === null ? {} : { 'last-event-id': this.lastId }),
        },
      });
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        return response.status;
      }
      await this.read(response.body, heard);
      return response.status;
    } finally {
      clearTimeout(timer);
      attempt.abort();
      this.options.signal.removeEventListener('abort', end);
    }
  }

  private async read(body: ReadableStream<Uint8Array>, heard: () => void): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
    let rest = '';
    let isUp = false;
    for (const chunks = reader.getReader(); ;) {
      const { done, value } = await chunks.read();
      if (done) return;
      heard();
      const parts = (rest + value).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        this.hear(parseMessage(part), isUp);
        isUp = true;
      }
    }
  }

  private hear({ id, event, data }: Message, isUp: boolean): void {
    const { tell } = this.options;
    if (id !== null) this.lastId = id;
    this.heardAtMs = this.options.now();
    const { lastId } = this;
    if (!isUp) {
      this.tries = 0;
      tell({ type: 'up', lastId });
    }
    if (data === '') tell({ type: 'beat', lastId });
    else if (event !== 'closed') tell({ type: 'event', event: JSON.parse(data) as Event, lastId });
  }

  /** How long until the next try after one that ended with `status`. */
  private delayMs(status: number | null): number {
    if (status === BAD_REQUEST) this.lastId = null;
    if (status === 429) return BUSY_MS + this.options.random() * BUSY_MS;
    if (status !== null && status > BAD_REQUEST && status < 500) return REFUSED_MS;
    const most = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** this.tries);
    this.tries += 1;
    return most * (0.5 + this.options.random() / 2);
  }
}

/** Follows the events at `url` until `signal` ends it. */
export const followEvents = (options: FollowOptions): Promise<void> => new Follower(options).run();
