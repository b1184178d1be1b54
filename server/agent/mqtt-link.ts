/**
 * The agent's MQTT session: persistent (clean session off), QoS 1 both ways. The session and the subscription
 * outlive the connection, so that controls and receipts sent while the device was away still arrive.
 */
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type MqttClient } from 'mqtt';
import { backoffMs } from '@/server/lib/backoff';
import { CHANNELS, topicOf, type Channel } from '@/server/protocol/topics';
import type { AgentConfig } from '@/server/agent/config';
import type { AgentLog } from '@/server/agent/log';

const RECONNECT = { baseMs: 500, capMs: 30_000 };
const CLOSE_WAIT_MS = 2_000;

/** A small batch would wait for the acknowledgement of the one before (Nagle), each up to 40 ms. */
const sendAtOnce = (stream: Duplex): void => {
  if (stream instanceof Socket) stream.setNoDelay(true);
};

export interface LinkHandlers {
  onConnected(): void;
  onControl(payload: Uint8Array): void;
  onReceipt(payload: Uint8Array): void;
}

export class MqttLink {
  private readonly client: MqttClient;
  private attempts = 0;
  private lastProblem = '';
  private isReady = false;

  constructor(
    private readonly config: AgentConfig,
    private readonly log: AgentLog,
    private readonly handlers: LinkHandlers,
  ) {
    const { url, username, password, clientId, ca, cert, key } = config.mqtt;
    this.client = connect(url, {
      clientId,
      clean: false,
      protocolVersion: 4,
      keepalive: 30,
      connectTimeout: 10_000,
      reconnectPeriod: RECONNECT.baseMs,
      reconnectOnConnackError: true,
      queueQoSZero: false,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
      ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
      ...(key === undefined ? {} : { key: readFileSync(key) }),
    });
    this.client.on('connect', () => {
      sendAtOnce(this.client.stream);
      this.subscribe();
    });
    this.client.on('close', () => this.closed());
    this.client.on('error', (error) => this.problem(error.message));
    this.client.on('message', (topic, payload) => this.receive(topic, payload));
  }

  /** True while connected and subscribed. */
  get isConnected(): boolean {
    return this.isReady && this.client.connected;
  }

  /** Publishes with QoS 1; `done` is called once the broker has acknowledged it, or when it never will. */
  publish(channel: Channel, payload: Uint8Array | string, done: (error: Error | null) => void): void {
    const body = typeof payload === 'string' ? payload : Buffer.from(payload);
    this.client.publish(topicOf(this.config.rootTopic, channel), body, { qos: 1 }, (error) =>
      done(error ?? null),
    );
  }

  private subscribe(): void {
    const topics = [CHANNELS.ingestControl, CHANNELS.ingestReceipt].map((c) =>
      topicOf(this.config.rootTopic, c),
    );
    this.client.subscribe(topics, { qos: 1 }, (error, granted) => {
      const refused = granted?.filter(({ qos }) => qos === 128).map(({ topic }) => topic) ?? [];
      if (error !== null || refused.length > 0) {
        this.problem(`the broker refused the subscription to ${refused.join(', ') || topics.join(', ')}`);
        return;
      }
      this.attempts = 0;
      this.lastProblem = '';
      this.isReady = true;
      this.log.info('mqtt_connected', {
        url: redacted(this.config.mqtt.url),
        root_topic: this.config.rootTopic,
      });
      this.handlers.onConnected();
    });
  }

  private closed(): void {
    if (this.isReady) this.log.warn('mqtt_disconnected', { url: redacted(this.config.mqtt.url) });
    this.isReady = false;
    this.attempts += 1;
    this.client.options.reconnectPeriod = backoffMs(this.attempts, RECONNECT);
  }

  /** Says what is wrong once, not at every attempt. */
  private problem(message: string): void {
    if (message === this.lastProblem) return;
    this.lastProblem = message;
    this.log.error('mqtt_problem', { url: redacted(this.config.mqtt.url), problem: message });
  }

  private receive(topic: string, payload: Uint8Array): void {
    try {
      if (topic === topicOf(this.config.rootTopic, CHANNELS.ingestReceipt)) this.handlers.onReceipt(payload);
      else if (topic === topicOf(this.config.rootTopic, CHANNELS.ingestControl))
        this.handlers.onControl(payload);
    } catch (error) {
      // The cloud sends an unacknowledged control again, and answers a repeated batch with a receipt again.
      this.log.error('message_not_taken', {
        topic,
        problem: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Disconnects; what the broker has not acknowledged stays in the state file. */
  async close(): Promise<void> {
    const closing = this.client.endAsync(false);
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WAIT_MS).unref());
    await Promise.race([closing, timeout]);
    if (!this.client.disconnected) this.client.end(true);
  }
}

/** The URL without a password that may stand in it. */
function redacted(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
