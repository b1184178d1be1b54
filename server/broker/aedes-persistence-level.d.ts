declare module 'aedes-persistence-level/asyncPersistence.js' {
  import type { Readable } from 'node:stream';
  import type { Level } from 'level';

  interface SessionClient {
    id: string;
  }

  /** The part of the class that is used here; the package has no types of its own. */
  class AsyncLevelPersistence {
    constructor(db: Level<string, Buffer>);
    setup(broker: unknown): Promise<void>;
    addSubscriptions(client: SessionClient, subscriptions: { topic: string; qos: number }[]): Promise<void>;
    subscriptionsByTopic(topic: string): Promise<{ clientId: string; topic: string; qos: number }[]>;
    createRetainedStreamCombi(patterns: string[]): Readable;
    cleanSubscriptions(client: SessionClient): Promise<void>;
    outgoingEnqueue(subscription: { clientId: string }, packet: unknown): Promise<void>;
    outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: unknown): Promise<void>;
    outgoingUpdate(client: SessionClient, packet: unknown): Promise<void>;
    outgoingClearMessageId(client: SessionClient, packet: { messageId?: number }): Promise<unknown>;
    outgoingStream(client: SessionClient): Readable;
  }
  export { AsyncLevelPersistence as default };
}
