/**
 * Sends a session's queue to its connected client, in order and with a bounded number unacknowledged. It is the
 * only way by which a queued message leaves: a second way (the broker library has one for who is online) is how
 * messages overtake each other, are filtered as duplicates, and reuse a packet id that is still in flight.
 */
import type { Duplex } from 'node:stream';
import { writeToStream } from 'mqtt-packet';
import type { MessageQueue, QueuedMessage } from '@/server/broker/message-queue';

/** Unacknowledged messages and bytes at most; one message may always go. */
const IN_FLIGHT_MAX = 256;
const IN_FLIGHT_BYTES_MAX = 16 * 1024 * 1024;
const READ_MAX = 32;
const PACKET_ID_MAX = 65_535;

export class SessionPump {
  private readonly inFlight = new Map<number, { seq: number; bytes: number }>();
  private inFlightBytes = 0;
  private sentSeq = 0;
  private lastPacketId = 0;
  private running = false;
  private isWanted = false;
  private stopped = false;

  /** `resentUpTo`: what an earlier connection of the session was sent; it is marked as a duplicate. */
  constructor(
    private readonly sessionId: string,
    private readonly connection: Duplex,
    private readonly queue: MessageQueue,
    private readonly resentUpTo: number,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** The highest number sent on this connection. */
  get sentUpTo(): number {
    return Math.max(this.sentSeq, this.resentUpTo);
  }

  /** Sends what there is and may go. Called when the queue grows and at start. */
  wake(): void {
    this.isWanted = true;
    if (this.running || this.stopped) return;
    this.running = true;
    this.run().catch((error: unknown) => {
      this.running = false;
      this.fail(error);
    });
  }

  /** The client has acknowledged this packet id. An id that is not in flight is harmless. */
  acknowledge(packetId: number): void {
    const sent = this.inFlight.get(packetId);
    if (sent === undefined) return;
    this.inFlight.delete(packetId);
    this.inFlightBytes -= sent.bytes;
    this.queue.remove(this.sessionId, sent.seq).catch(this.fail);
    this.wake();
  }

  /** Ends with the connection; what is unacknowledged stays queued. */
  stop(): void {
    this.stopped = true;
  }

  private get hasRoom(): boolean {
    return this.inFlight.size < IN_FLIGHT_MAX && this.inFlightBytes < IN_FLIGHT_BYTES_MAX;
  }

  private async run(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      while (!this.stopped && this.hasRoom) {
        const limit = Math.min(READ_MAX, IN_FLIGHT_MAX - this.inFlight.size);
        const messages = await this.queue.read(this.sessionId, this.sentSeq, limit);
        if (messages.length === 0) break;
        for (const message of messages) {
          if (this.stopped || !this.hasRoom) break;
          if (!this.send(message)) await this.drained();
        }
      }
    }
    // In the same turn as the last look at isWanted: a wake in between would be lost.
    this.running = false;
  }

  private nextPacketId(): number {
    do {
      this.lastPacketId = (this.lastPacketId % PACKET_ID_MAX) + 1;
    } while (this.inFlight.has(this.lastPacketId));
    return this.lastPacketId;
  }

  /** False when the socket wants a pause. */
  private send({ seq, topic, payload }: QueuedMessage): boolean {
    const messageId = this.nextPacketId();
    this.inFlight.set(messageId, { seq, bytes: payload.length });
    this.inFlightBytes += payload.length;
    this.sentSeq = seq;
    const dup = seq <= this.resentUpTo;
    return writeToStream(
      { cmd: 'publish', topic, payload, qos: 1, dup, retain: false, messageId },
      this.connection,
    );
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.connection.off('drain', done).off('close', done);
        resolve();
      };
      this.connection.on('drain', done).on('close', done);
      if (this.connection.destroyed || !this.connection.writableNeedDrain) done();
    });
  }
}
