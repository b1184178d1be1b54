// What is waiting, by device: the messages of one device are handled in their order, those of others meanwhile. A
// group is whatever waits when it begins: at low load it is one message, and as the load rises it grows by itself.
// Beside groups under way another begins only with enough to be worth a transaction, or with what has waited a while:
// otherwise every message would get a transaction of its own, and a machine is full at a third of what it can take.
// Without the bounds one device's backlog would fill a transaction and the memory.

export interface Queued {
  readonly key: string;
  readonly bytes: number;
  /** When it came, on the clock of `performance.now()`. */
  readonly receivedMs: number;
  /** False for a message that cannot be committed together with others. */
  shares: boolean;
}

export interface GroupBounds {
  messagesMax: number;
  /** A group ends with the message that passes this. */
  bytesMax: number;
  keysMax: number;
}

/** What is worth a group of its own beside others, and how long less than that waits for one of them to end. */
export interface Gathering {
  messages: number;
  bytes: number;
  waitMs: number;
}

/** The most that the waiting messages of one key count for. */
export interface KeyBounds {
  messagesMax: number;
  bytesMax: number;
}

export interface Load {
  messages: number;
  bytes: number;
}

export class MessageQueue<T extends Queued> {
  /** What waits, with the messages of each key counted up to its bounds: a device that is held up is one of many. */
  readonly load: Load = { messages: 0, bytes: 0 };
  private readonly loads = new Map<string, Load>();
  private readonly queues = new Map<string, T[]>();
  /** Keys that have a message to hand out and none in hand, the longest waiting first. */
  private readonly ready: string[] = [];

  constructor(private readonly perKey: KeyBounds) {}

  /** Adds a message behind the others of its key. */
  add(message: T): void {
    this.weigh(message.key, 1, message.bytes);
    const queue = this.queues.get(message.key);
    if (queue !== undefined) {
      queue.push(message);
      return;
    }
    this.queues.set(message.key, [message]);
    this.ready.push(message.key);
  }

  /**
   * In how many milliseconds a group may begin beside those under way; 0 for now, null where nothing can be handed
   * out. What goes alone gains nothing by waiting.
   */
  beginsIn(now: number, gathering: Gathering): number | null {
    const [key] = this.ready;
    const head = key === undefined ? undefined : this.queues.get(key)?.[0];
    if (head === undefined) return null;
    if (!head.shares || this.holds(gathering, 1)) return 0;
    return Math.max(0, head.receivedMs + gathering.waitMs - now);
  }

  /** Whether what can be handed out is enough for so many groups. */
  private holds({ messages, bytes }: Gathering, groups: number): boolean {
    let [count, size] = [0, 0];
    for (const key of this.ready) {
      for (const message of this.queues.get(key) ?? []) {
        count += 1;
        size += message.bytes;
        if (count >= messages * groups || size >= bytes * groups) return true;
      }
    }
    return false;
  }

  /**
   * The next messages to handle together; empty where nothing waits. Their keys are held until `release`.
   * @param free other slots that are free too: where there is enough for all of them, keys are left for each.
   */
  take(bounds: GroupBounds, free: number, gathering: Gathering): T[] {
    const group: T[] = [];
    const leave = this.holds(gathering, free + 1) ? free : 0;
    for (let keys = 0; keys < bounds.keysMax; keys++) {
      const [key] = this.ready;
      if (key === undefined || (keys > 0 && this.ready.length <= leave)) break;
      const [head, ...others] = this.queues.get(key) ?? [];
      if (head === undefined || (keys > 0 && !head.shares)) break;
      this.ready.shift();
      group.push(head);
      if (!head.shares) break;
      for (const message of others) {
        if (!message.shares || isFull(group, bounds)) break;
        group.push(message);
      }
      if (isFull(group, bounds)) break;
    }
    return group;
  }

  /** Takes what is done of a key away, and lets its next message be handed out. */
  release(key: string, done: ReadonlySet<T>): void {
    const left = this.remove(key, (message) => done.has(message));
    if (left > 0) this.ready.push(key);
  }

  /** Takes what is done of a key away and holds the key on: for `release`, later. Answers what is left. */
  remove(key: string, isDone: (message: T) => boolean): number {
    const left: T[] = [];
    for (const message of this.queues.get(key) ?? []) {
      if (isDone(message)) this.weigh(key, -1, -message.bytes);
      else left.push(message);
    }
    if (left.length > 0) this.queues.set(key, left);
    else this.queues.delete(key);
    return left.length;
  }

  /** Forgets every message but those `inHand`, and answers the forgotten ones. */
  clear(inHand: ReadonlySet<T>): T[] {
    const gone = [...this.queues.values()].flat().filter((message) => !inHand.has(message));
    for (const key of [...this.queues.keys()]) this.remove(key, (message) => !inHand.has(message));
    this.ready.length = 0;
    return gone;
  }

  private weigh(key: string, messages: number, bytes: number): void {
    const before = this.loads.get(key) ?? { messages: 0, bytes: 0 };
    const after = { messages: before.messages + messages, bytes: before.bytes + bytes };
    const { messagesMax, bytesMax } = this.perKey;
    this.load.messages += Math.min(after.messages, messagesMax) - Math.min(before.messages, messagesMax);
    this.load.bytes += Math.min(after.bytes, bytesMax) - Math.min(before.bytes, bytesMax);
    if (after.messages > 0) this.loads.set(key, after);
    else this.loads.delete(key);
  }
}

function isFull(group: readonly Queued[], { messagesMax, bytesMax }: GroupBounds): boolean {
  return group.length >= messagesMax || group.reduce((sum, { bytes }) => sum + bytes, 0) >= bytesMax;
}
