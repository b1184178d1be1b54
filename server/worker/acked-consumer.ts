// Takes MQTT messages and acknowledges each only after its handler has resolved (invariant 1), several in
// flight. mqtt.js would hold its whole inbound stream, pings included, while one message is handled, and its
// late callback may acknowledge on another connection. So the callback is answered at once with an error,
// which sends no PUBACK, and the PUBACK is written here, to the very stream that the message came on.
// This leans on mqtt.js 5.16: the version is pinned, and worker.pg.test.ts is its contract.
import { connect, type MqttClient } from 'mqtt';
import { writeToStream } from 'mqtt-packet';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { MessageQueue, type Gathering, type GroupBounds, type KeyBounds, type Queued } from './message-queue';

export interface ConsumedMessage {
  topic: string;
  payload: Uint8Array;
  /** When it came in, on the clock of `performance.now()`. */
  receivedMs: number;
}

export interface ConsumerOptions {
  url: string;
  /** Fixed per worker slot: the broker keeps a dead worker's messages for this id. */
  clientId: string;
  filters: readonly string[];
  /** Messages of one key are handled one after the other. */
  keyOf(topic: string): string;
  /** Whether a message may be committed together with others. */
  sharesCommit(topic: string): boolean;
  /** Answers, for each message, whether everything that it changes is committed. Must not reject. */
  handleTogether(messages: readonly ConsumedMessage[]): Promise<boolean[]>;
  /** Answers null when everything that the message changes is committed, else when to try again. Must not reject. */
  handleAlone(message: ConsumedMessage): Promise<{ retryInMs: number } | null>;
  onState(state: { connected: boolean; detail: string | null }): void;
  /** At this many messages, or bytes, that wait unacknowledged no more is read; brokers send past Receive Maximum. */
  pendingMessagesMax: number;
  pendingBytesMax: number;
  /** What one key counts for at most: a device that is held up must leave room for the others. */
  pendingPerKey: KeyBounds;
  /** Groups handled at the same time. */
  concurrency: number;
  group: GroupBounds;
  gathering: Gathering;
}

interface Task extends Queued {
  stream: Duplex;
  messageId: number | undefined;
  message: ConsumedMessage;
}

/** Says to mqtt.js: no PUBACK from you. */
const ACKED_ELSEWHERE = new Error('acknowledged after the commit');
const KEEPALIVE_S = 60;
/** Memory is bounded whoever is held up: by this many times the bounds. */
const HELD_UP_MAX = 4;

/** An acknowledgement is a few bytes: held back for the peer's own (Nagle), each would cost up to 40 ms. */
const sendAtOnce = (stream: Duplex): void => {
  if (stream instanceof Socket) stream.setNoDelay(true);
};

export class AckedConsumer {
  private readonly client: MqttClient;
  private readonly abort = new AbortController();
  private readonly queue: MessageQueue<Task>;
  private readonly inHand = new Set<Task>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly held: (() => void)[] = [];
  private readonly idle: (() => void)[] = [];
  /** Runs when a message that waits for others has waited long enough. */
  private gathered: NodeJS.Timeout | undefined;
  private running = 0;
  private messages = 0;
  private bytes = 0;

  constructor(private readonly options: ConsumerOptions) {
    this.queue = new MessageQueue(options.pendingPerKey);
    this.client = connect(options.url, {
      clientId: options.clientId,
      clean: false,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: 1000,
      resubscribe: false,
    });
    this.client.handleMessage = (packet, done) => {
      const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
      const receivedMs = performance.now();
      this.take({
        key: options.keyOf(packet.topic),
        bytes: payload.byteLength,
        shares: options.sharesCommit(packet.topic),
        stream: this.client.stream,
        messageId: packet.messageId,
        receivedMs,
        message: { topic: packet.topic, payload, receivedMs },
      });
      const answer = () => done(ACKED_ELSEWHERE);
      if (this.isFull()) this.held.push(answer);
      else answer();
    };
    this.client.on('connect', () => {
      sendAtOnce(this.client.stream);
      this.subscribe();
    });
    this.client.on('close', () => options.onState({ connected: false, detail: null }));
    this.client.on('error', (error) => options.onState({ connected: false, detail: error.message }));
  }

  /** How many messages are held and not yet acknowledged. */
  get pending(): number {
    return this.messages;
  }

  /** Publishes with QoS 1; resolves when the broker has it. */
  async publish(topic: string, payload: string): Promise<void> {
    await this.client.publishAsync(topic, payload, { qos: 1 });
  }

  get connected(): boolean {
    return this.client.connected;
  }

  /** Stops taking, waits for what is in flight and its acknowledgements, then disconnects. */
  async stop(): Promise<void> {
    this.abort.abort();
    for (const timer of this.timers) clearTimeout(timer);
    clearTimeout(this.gathered);
    for (const task of this.queue.clear(this.inHand)) this.settle(task);
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
    await this.client.endAsync();
  }

  private subscribe(): void {
    const { filters, onState } = this.options;
    this.client.subscribe([...filters], { qos: 1 }, (error, granted) => {
      const refused = granted?.find((g) => g.qos >= 0x80);
      if (error === null && refused === undefined) onState({ connected: true, detail: null });
      else
        onState({
          connected: false,
          detail: error?.message ?? `the broker refuses the subscription ${refused?.topic}`,
        });
    });
  }

  /** Reading stops for what is held altogether; what one device is held up with counts up to its share. */
  private isFull(): boolean {
    const { pendingMessagesMax, pendingBytesMax } = this.options;
    const { load } = this.queue;
    if (load.messages >= pendingMessagesMax || load.bytes >= pendingBytesMax) return true;
    return this.messages >= pendingMessagesMax * HELD_UP_MAX || this.bytes >= pendingBytesMax * HELD_UP_MAX;
  }

  private take(task: Task): void {
    if (this.abort.signal.aborted) return;
    this.messages += 1;
    this.bytes += task.bytes;
    this.queue.add(task);
    this.start();
  }

  private start(): void {
    clearTimeout(this.gathered);
    const { concurrency, group: bounds, gathering } = this.options;
    while (this.running < concurrency && !this.abort.signal.aborted) {
      const waitMs = this.running === 0 ? 0 : this.queue.beginsIn(performance.now(), gathering);
      if (waitMs === null) return;
      if (waitMs > 0) {
        this.gathered = setTimeout(() => this.start(), waitMs);
        return;
      }
      const group = this.queue.take(bounds, concurrency - this.running - 1, gathering);
      if (group.length === 0) return;
      this.running += 1;
      void this.run(group);
    }
  }

  private async run(group: readonly Task[]): Promise<void> {
    for (const task of group) this.inHand.add(task);
    // A message of a connection that is gone comes again on the next one.
    const done = new Set(group.filter((task) => task.stream !== this.client.stream));
    const tasks = group.filter((task) => !done.has(task));
    const [first] = tasks;
    let retryInMs: number | null = null;
    if (first?.shares === true) await this.runTogether(tasks, done);
    else if (first !== undefined) {
      retryInMs = (await this.options.handleAlone(first.message))?.retryInMs ?? null;
      if (retryInMs === null) this.finish(first, done);
    }
    for (const task of group) this.inHand.delete(task);
    for (const key of new Set(group.map((task) => task.key))) this.letGo(key, done, retryInMs);
    for (const task of done) this.settle(task);
    this.running -= 1;
    this.start();
    if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private async runTogether(tasks: readonly Task[], done: Set<Task>): Promise<void> {
    const committed = await this.options.handleTogether(tasks.map((task) => task.message));
    for (const [i, task] of tasks.entries()) {
      if (committed[i] === true) this.finish(task, done);
      else task.shares = false;
    }
  }

  /** A device that has to wait keeps no slot: its key comes back when its time has come. */
  private letGo(key: string, done: ReadonlySet<Task>, retryInMs: number | null): void {
    if (this.abort.signal.aborted || retryInMs === null) {
      this.queue.release(key, done);
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.queue.release(key, new Set());
      this.start();
    }, retryInMs);
    this.timers.add(timer);
  }

  private finish(task: Task, done: Set<Task>): void {
    done.add(task);
    if (task.messageId === undefined || task.stream.destroyed || task.stream !== this.client.stream) return;
    writeToStream({ cmd: 'puback', messageId: task.messageId }, task.stream);
  }

  private settle(task: Task): void {
    this.messages -= 1;
    this.bytes -= task.bytes;
    if (!this.isFull()) for (const answer of this.held.splice(0)) answer();
  }
}
