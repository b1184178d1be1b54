// One stream for all tabs of a browser: HTTP/1.1 gives a browser six connections to a host, and the seventh tab
// with a stream of its own would load nothing. Whoever holds the lock reads the stream and tells the others; when
// it goes, the next has the lock and goes on from the last event. Without locks (a page that is not served
// securely) each visible tab has its own.
import type { Event } from '@/server/contract/fleet';
import { followEvents, type FollowOptions, type StreamNews } from './follow-events';

/** After this much silence of the tab that reads, its news are not counted on. */
const SILENCE_MS_MAX = 45_000;

export type StreamState = 'up' | 'down';
type Said = StreamNews | { type: 'hello' };

export interface SharedStreamOptions {
  /** Tabs of the same name share a stream: the same person, the same project. */
  name: string;
  url: string;
  onState: (state: StreamState) => void;
  onEvent: (event: Event) => void;
  /** Reads the stream; another in tests. */
  follow?: (options: Pick<FollowOptions, 'url' | 'lastId' | 'signal' | 'tell'>) => Promise<void>;
}

/** Waits for `ms`, or until the network is said to be back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

const followHere: SharedStreamOptions['follow'] = (options) =>
  followEvents({
    ...options,
    fetch: (...args) => fetch(...args),
    pause,
    random: Math.random,
    now: () => performance.now(),
  });

/** A tab's part in the stream, from `start` to `stop`; it can be started again. */
export class SharedStream {
  private lastId: string | null = null;
  private state: StreamState | null = null;
  private ending: AbortController | null = null;
  private channel: BroadcastChannel | null = null;
  private isReader = false;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SharedStreamOptions) {}

  start(): void {
    if (this.ending !== null) return;
    const ending = new AbortController();
    this.ending = ending;
    this.channel = new BroadcastChannel(this.options.name);
    this.channel.addEventListener('message', (message: MessageEvent<Said>) => this.hear(message.data));
    this.post({ type: 'hello' });
    this.whenMine(ending.signal).catch(() => undefined);
  }

  stop(): void {
    this.ending?.abort();
    this.ending = null;
    this.channel?.close();
    this.channel = null;
    this.isReader = false;
    this.state = null;
    this.lastId = null;
    clearTimeout(this.silence);
  }

  /** Reads once the lock is this tab's; rejects where the tab stops before. */
  private async whenMine(signal: AbortSignal): Promise<void> {
    const { locks } = navigator as { locks?: LockManager };
    if (locks === undefined) return this.read(signal);
    await locks.request(this.options.name, { signal }, () => this.read(signal));
  }

  private async read(signal: AbortSignal): Promise<void> {
    this.isReader = true;
    const tell = (news: StreamNews) => {
      if (signal.aborted) return;
      this.post(news);
      this.take(news);
    };
    const follow = this.options.follow ?? followHere;
    await follow?.({ url: this.options.url, lastId: this.lastId, signal, tell });
  }

  private hear(said: Said): void {
    if (said.type !== 'hello') this.take(said);
    else if (this.isReader && this.state === 'up') this.post({ type: 'up', lastId: this.lastId });
  }

  /** That it is up is told once: what is said of it again is a greeting, or that another tab reads it now. */
  private take(news: StreamNews): void {
    clearTimeout(this.silence);
    if (news.type === 'down') {
      this.enter('down');
      return;
    }
    this.lastId = news.lastId ?? this.lastId;
    this.silence = setTimeout(() => this.take({ type: 'down' }), SILENCE_MS_MAX);
    this.enter('up');
    if (news.type === 'event') this.options.onEvent(news.event);
  }

  private enter(state: StreamState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState(state);
  }

  private post(said: Said): void {
    this.channel?.postMessage(said);
  }
}
