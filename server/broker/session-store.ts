/**
 * Sessions and their subscriptions on disk, for the broker library. Its own outgoing queue is switched off here:
 * messages are queued before the PUBACK and sent by the session's pump, and a second queue would deliver them twice.
 */
import { Readable } from 'node:stream';
import AsyncLevelPersistence from 'aedes-persistence-level/asyncPersistence.js';
import type { Level } from 'level';
import type { MessageQueue } from '@/server/broker/message-queue';

export class SessionStore extends AsyncLevelPersistence {
  private acknowledged: (client: object, packetId: number) => void = () => undefined;

  constructor(
    store: Level<string, Buffer>,
    private readonly queue: MessageQueue,
    private readonly allows: (sessionId: string, filter: string) => boolean,
  ) {
    super(store);
  }

  /** Calls `listener` with each PUBACK of a client. */
  onAcknowledged(listener: (client: object, packetId: number) => void): void {
    this.acknowledged = listener;
  }

  /** The persistent sessions that a message on `topic` is for, each once. */
  async sessionsFor(topic: string): Promise<string[]> {
    const subscriptions = await this.subscriptionsByTopic(topic);
    return [...new Set(subscriptions.map((subscription) => subscription.clientId))];
  }

  /** The library looks at the name of this function's class and wants an async one. */
  override async setup(broker: unknown): Promise<void> {
    await super.setup(broker);
  }

  /** Of several filters in one request the library stores all as soon as one is allowed; here only those go in. */
  override async addSubscriptions(
    client: { id: string },
    subscriptions: { topic: string; qos: number }[],
  ): Promise<void> {
    const allowed = subscriptions.filter(({ topic }) => this.allows(client.id, topic));
    await super.addSubscriptions(client, allowed);
  }

  /** Nothing is retained here. */
  override createRetainedStreamCombi(): Readable {
    return Readable.from([]);
  }

  override async cleanSubscriptions(client: { id: string }): Promise<void> {
    await super.cleanSubscriptions(client);
    await this.queue.clear(client.id);
  }

  override async outgoingEnqueue(): Promise<void> {
    // queued in authorizePublish, before the PUBACK
  }

  override async outgoingEnqueueCombi(): Promise<void> {
    // queued in authorizePublish, before the PUBACK
  }

  override async outgoingUpdate(): Promise<void> {
    // the pump keeps what is in flight
  }

  override outgoingStream(): Readable {
    return Readable.from([]);
  }

  override async outgoingClearMessageId(
    client: { id: string },
    packet: { messageId?: number },
  ): Promise<unknown> {
    if (packet.messageId !== undefined) this.acknowledged(client, packet.messageId);
    return undefined;
  }
}
