// Events as they happen (SSE). The bell only says when to look; a look comes at the latest after `pollMs`, so a
// lost notification costs seconds and never an event. Nothing is read ahead of the client: a slow one is waited
// for, and holds no memory. Whoever would not be let in any more is shown the door at the next look.
import {
  parsePosition,
  positionId,
  readEventTail,
  startOfTail,
  type EventPosition,
  type TailEvent,
} from '@/server/engine/diagnosis/event-tail';
import type { Ctx } from '@/server/engine/context/context';
import { Refusal } from '@/server/engine/errors/errors';
import type { EventFilter } from '@/server/contract/fleet';
import { refusalOf } from './envelope';
import type { LiveCall } from './contract';

/** A look follows this soon where something is written and not final yet. */
const PENDING_MS = 150;
/** A client that lost its connection comes back after this. */
const RECONNECT_MS = 3_000;

export interface EventStreamInput {
  ctx: Ctx;
  projectId: string;
  filter: EventFilter;
  lastEventId: string | null;
  live: LiveCall;
}

/** The open stream; refuses before it opens, never with half an answer. */
export async function eventStream(input: EventStreamInput): Promise<ReadableStream<Uint8Array>> {
  const { lastEventId, live } = input;
  const from = lastEventId === null ? await startOfTail(input) : parsePosition(lastEventId);
  const stream = new OpenStream(input, from);
  const place = live.streams.enter(live.holder, () => stream.close());
  stream.onEnd(() => place.leave());
  return stream.body;
}

class OpenStream {
  readonly body: ReadableStream<Uint8Array>;
  private readonly ends: (() => void)[] = [];
  private readonly encoder = new TextEncoder();
  private wakeUp: (() => void) | null = null;
  private isWoken = false;
  private isClosed = false;
  private isGreeted = false;
  private checkedAtMs = Date.now();
  private spokenAtMs = Date.now();

  constructor(
    private readonly input: EventStreamInput,
    private position: EventPosition,
  ) {
    const { live, projectId, ctx } = input;
    const { bell } = live.streams;
    const look = () => this.wake();
    const recheck = () => {
      this.checkedAtMs = -Infinity;
      this.wake();
    };
    if (bell !== null) {
      this.ends.push(bell.subscribe(projectId, look));
      const tokenId = ctx.origin?.tokenId ?? null;
      if (tokenId !== null) this.ends.push(bell.subscribe(tokenId, recheck));
    }
    const gone = () => this.close();
    live.signal.addEventListener('abort', gone, { once: true });
    this.ends.push(() => live.signal.removeEventListener('abort', gone));
    this.body = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.next(controller), cancel: () => this.end() },
      { highWaterMark: 0 },
    );
  }

  onEnd(done: () => void): void {
    this.ends.push(done);
    if (this.isClosed) this.end();
  }

  close(): void {
    this.isClosed = true;
    this.end();
    this.wake();
  }

  /** Gives back what the stream holds; more than once does nothing more. */
  private end(): void {
    this.isClosed = true;
    for (const done of this.ends.splice(0)) done();
  }

  private wake(): void {
    this.isWoken = true;
    this.wakeUp?.();
  }

  /** Says the next thing there is to say, however long that takes. */
  private async next(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let text: string | null = null;
    while (text === null && !this.isClosed) text = await this.look();
    if (text === null) {
      controller.close();
      return;
    }
    this.spokenAtMs = Date.now();
    controller.enqueue(this.encoder.encode(text));
  }

  /** One look: what to say, or null after a wait. A database that is away is waited for; a refusal ends it. */
  private async look(): Promise<string | null> {
    const { live } = this.input;
    this.isWoken = false;
    let isPending = false;
    try {
      if (Date.now() - this.checkedAtMs >= live.streams.pollMs) {
        await live.recheck();
        this.checkedAtMs = Date.now();
      }
      if (!this.isGreeted) {
        this.isGreeted = true;
        return `retry: ${RECONNECT_MS}\nid: ${positionId(this.position)}\n\n`;
      }
      const tail = await readEventTail(this.input, this.position);
      this.position = tail.next;
      isPending = tail.isPending;
      if (tail.events.length > 0) return tail.events.map(written).join('');
    } catch (error) {
      if (refusalOf(error)?.status !== 503) {
        this.end();
        return error instanceof Refusal
          ? `event: closed\ndata: ${JSON.stringify({ message: error.code })}\n\n`
          : null;
      }
    }
    const untilBeatMs = this.spokenAtMs + live.streams.heartbeatMs - Date.now();
    if (untilBeatMs <= 0) return `: still here\nid: ${positionId(this.position)}\n\n`;
    await this.wait(Math.min(isPending ? PENDING_MS : live.streams.pollMs, untilBeatMs));
    return null;
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.isWoken || this.isClosed) return resolve();
      const done = () => {
        clearTimeout(timer);
        this.wakeUp = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wakeUp = done;
    });
  }
}

/** `data` is one line: JSON has no line breaks of its own. */
const written = ({ event, position }: TailEvent): string =>
  `id: ${positionId(position)}\nevent: ${event.kind.replaceAll(/[\r\n]/g, ' ')}\ndata: ${JSON.stringify(event)}\n\n`;
