/**
 * The messages that wait for each persistent session, on disk. `append` resolves once the message is synced, and
 * only then may its PUBACK go out: what a device has been told is kept must outlive kill -9 and a power cut.
 *
 * One writer numbers and writes in one order. A reader that has seen number n therefore never misses an n-1 that
 * becomes visible later, which is how a message would be skipped until the next reconnect.
 */
import type { BatchOperation, Level } from 'level';

type Store = Level<string, Buffer>;

export interface Message {
  topic: string;
  payload: Buffer;
}

export interface QueuedMessage extends Message {
  /** Ascending within one session's queue. */
  seq: number;
}

interface Append {
  sessionIds: readonly string[];
  message: Message;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

const SEQ_DIGITS = 16;
const APPENDS_PER_WRITE_MAX = 256;
const BYTES_PER_WRITE_MAX = 8 * 1024 * 1024;

// The delimiter is escaped inside an id, so that no session's range reaches into another's.
const rangeOf = (sessionId: string) => {
  const prefix = `queue:${encodeURIComponent(sessionId)}`;
  return { gt: `${prefix}:`, lt: `${prefix};` };
};
const keyOf = (sessionId: string, seq: number): string =>
  rangeOf(sessionId).gt + String(seq).padStart(SEQ_DIGITS, '0');
const seqOf = (key: string): number => Number(key.slice(-SEQ_DIGITS));

function encode({ topic, payload }: Message): Buffer {
  const name = Buffer.from(topic, 'utf8');
  const head = Buffer.alloc(2);
  head.writeUInt16BE(name.length);
  return Buffer.concat([head, name, payload]);
}

function decode(value: Buffer): Message {
  const end = 2 + value.readUInt16BE(0);
  return { topic: value.toString('utf8', 2, end), payload: value.subarray(end) };
}

export class MessageQueue {
  private waiting: Append[] = [];
  private writing: Promise<void> | undefined;
  private readonly lastSeq = new Map<string, number>();
  private listener: (sessionId: string) => void = () => undefined;

  constructor(private readonly store: Store) {}

  /** Calls `listener` with each session that has got something to read. */
  onAppend(listener: (sessionId: string) => void): void {
    this.listener = listener;
  }

  /** Queues `message` for every session; resolves when it is on disk. Rejects when it is not. */
  append(sessionIds: readonly string[], message: Message): Promise<void> {
    if (sessionIds.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ sessionIds, message, resolve, reject });
      this.writing ??= this.writeAll().finally(() => (this.writing = undefined));
    });
  }

  /** At most `limit` messages of a session after number `afterSeq`, in order. */
  async read(sessionId: string, afterSeq: number, limit: number): Promise<QueuedMessage[]> {
    const found: QueuedMessage[] = [];
    const range = { ...rangeOf(sessionId), gt: keyOf(sessionId, afterSeq), limit };
    for await (const [key, value] of this.store.iterator(range)) {
      found.push({ seq: seqOf(key), ...decode(value) });
    }
    return found;
  }

  /** Removes one message that the session has acknowledged. */
  async remove(sessionId: string, seq: number): Promise<void> {
    await this.store.del(keyOf(sessionId, seq));
  }

  /** Removes all that waits for a session, as when it starts clean. */
  async clear(sessionId: string): Promise<void> {
    await this.store.clear(rangeOf(sessionId));
  }

  /** Waits for the writes that have been asked for. */
  async settle(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
  }

  private takeGroup(): Append[] {
    let bytes = 0;
    let count = 0;
    while (count < this.waiting.length && count < APPENDS_PER_WRITE_MAX && bytes < BYTES_PER_WRITE_MAX) {
      const next = this.waiting[count];
      bytes += next === undefined ? 0 : next.message.payload.length * next.sessionIds.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async nextSeq(sessionId: string): Promise<number> {
    let last = this.lastSeq.get(sessionId);
    if (last === undefined) {
      const [key] = await this.store.keys({ ...rangeOf(sessionId), reverse: true, limit: 1 }).all();
      last = key === undefined ? 0 : seqOf(key);
    }
    this.lastSeq.set(sessionId, last + 1);
    return last + 1;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.takeGroup();
      try {
        await this.writeGroup(group);
      } catch (error) {
        for (const { reject } of group) reject(error);
        continue;
      }
      for (const { resolve } of group) resolve();
      for (const sessionId of new Set(group.flatMap((append) => append.sessionIds))) this.listener(sessionId);
    }
  }

  private async writeGroup(group: readonly Append[]): Promise<void> {
    const puts: BatchOperation<Store, string, Buffer>[] = [];
    for (const { sessionIds, message } of group) {
      const value = encode(message);
      for (const sessionId of sessionIds) {
        puts.push({ type: 'put', key: keyOf(sessionId, await this.nextSeq(sessionId)), value });
      }
    }
    await this.store.batch(puts, { sync: true });
  }
}
