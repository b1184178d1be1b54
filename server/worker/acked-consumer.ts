// Takes MQTT messages and acknowledges each only after its handler has resolved (invariant 1), several in
// flight. mqtt.js would hold its whole inbound stream, pings included, while one message is handled, and its
// late callback may acknowledge on another connection. So the callback is answered at once with an error,
// which sends no PUBACK, and the PUBACK is written here, to the very stream that the message came on.
// This leans on mqtt.js 5.16: the version is pinned, and acked-consumer.pg.test.ts is its contract.
import { connect, type MqttClient } from 'mqtt';
import { writeToStream } from 'mqtt-packet';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConsumedMessage {
  topic: string;
  payload: Uint8Array;
}

export interface ConsumerOptions {
  url: string;
  /** Fixed per worker slot: the broker keeps a dead worker's messages for this id. */
  clientId: string;
  filters: readonly string[];
  /** Messages of one key are handled one after the other. */
  keyOf(topic: string): string;
  /** Resolves when everything that the message changes is committed. Must not reject but at `signal`. */
  handle(message: ConsumedMessage, signal: AbortSignal): Promise<void>;
  onState(state: { connected: boolean; detail: string | null }): void;
  /** At most this many messages, and bytes, are held unacknowledged; brokers send past Receive Maximum. */
  pendingMessagesMax: number;
  pendingBytesMax: number;
  /** Keys handled at the same time. */
  concurrency: number;
}

interface Task {
  stream: Duplex;
  messageId: number | undefined;
  message: ConsumedMessage;
}

/** Says to mqtt.js: no PUBACK from you. */
const ACKED_ELSEWHERE = new Error('acknowledged after the commit');
const KEEPALIVE_S = 60;

/** An acknowledgement is a few bytes: held back for the peer's own (Nagle), each would cost up to 40 ms. */
const sendAtOnce = (stream: Duplex): void => {
  if (stream instanceof Socket) stream.setNoDelay(true);
};

export class AckedConsumer {
  private readonly client: MqttClient;
  private readonly abort = new AbortController();
  private readonly queues = new Map<string, Task[]>();
  private readonly ready: string[] = [];
  private readonly held: (() => void)[] = [];
  private readonly idle: (() => void)[] = [];
  private running = 0;
  private messages = 0;
  private bytes = 0;

  constructor(private readonly options: ConsumerOptions) {
    this.client = connect(options.url, {
      clientId: options.clientId,
      clean: false,
      keepalive: KEEPALIVE_S,
      reconnectPeriod: 1000,
      resubscribe: false,
    });
    this.client.handleMessage = (packet, done) => {
      const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
      this.take({
        stream: this.client.stream,
        messageId: packet.messageId,
        message: { topic: packet.topic, payload },
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
    for (const key of [...this.queues.keys()]) this.dropWaiting(key);
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

  private isFull(): boolean {
    return this.messages >= this.options.pendingMessagesMax || this.bytes >= this.options.pendingBytesMax;
  }

  private take(task: Task): void {
    if (this.abort.signal.aborted) return;
    const key = this.options.keyOf(task.message.topic);
    this.messages += 1;
    this.bytes += task.message.payload.byteLength;
    const queue = this.queues.get(key);
    if (queue !== undefined) {
      queue.push(task);
      return;
    }
    this.queues.set(key, [task]);
    this.ready.push(key);
    this.start();
  }

  private start(): void {
    while (this.running < this.options.concurrency) {
      const key = this.ready.shift();
      if (key === undefined) return;
      this.running += 1;
      void this.runOne(key);
    }
  }

  private async runOne(key: string): Promise<void> {
    const task = this.queues.get(key)?.[0];
    if (task !== undefined) {
      await this.work(task);
      this.queues.get(key)?.shift();
      this.settle(task);
    }
    this.running -= 1;
    if ((this.queues.get(key)?.length ?? 0) > 0) this.ready.push(key);
    else this.queues.delete(key);
    this.start();
    if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  private async work(task: Task): Promise<void> {
    // A message of a connection that is gone comes again on the next one.
    if (task.stream !== this.client.stream || this.abort.signal.aborted) return;
    try {
      await this.options.handle(task.message, this.abort.signal);
    } catch {
      return;
    }
    if (task.messageId === undefined || task.stream.destroyed || task.stream !== this.client.stream) return;
    writeToStream({ cmd: 'puback', messageId: task.messageId }, task.stream);
  }

  private settle(task: Task): void {
    this.messages -= 1;
    this.bytes -= task.message.payload.byteLength;
    if (!this.isFull()) for (const answer of this.held.splice(0)) answer();
  }

  private dropWaiting(key: string): void {
    const queue = this.queues.get(key);
    for (const task of queue?.splice(1) ?? []) this.settle(task);
  }
}
