/**
 * The embedded MQTT broker. Who a client is follows from its username alone: the username takes the place of the
 * client id, so that equal names in two projects do not throw each other off and no device reaches another's
 * session. Topics are decided by the protocol's two rules, and by nothing else.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Aedes, type AedesPublishPacket, type AuthenticateError, type Client } from 'aedes';
import { Level } from 'level';
import type { BrokerHooks } from '@/server/broker/broker-hooks';
import { MessageQueue } from '@/server/broker/message-queue';
import { PacketGate } from '@/server/broker/packet-gate';
import { SessionPump } from '@/server/broker/session-pump';
import { SessionStore } from '@/server/broker/session-store';
import { matchesFilter } from '@/server/broker/topic-filter';
import { uuidV7 } from '@/server/lib/uuid';
import { mayPublish, maySubscribe, WORKER_FILTERS } from '@/server/protocol/topics';

/** The username of the worker, and the id of its session. No device's root topic is without a slash. */
export const WORKER = 'worker';

/** Above the protocol's 512 KiB, so that a batch that is too large reaches the worker and is kept as rejected. */
const PACKET_BYTES_MAX = 1024 * 1024;
const PACKET_BYTES_MAX_BEFORE_LOGIN = 16 * 1024;
const CHECK_EVERY_MS = 5_000;

const BAD_CREDENTIALS = 4;
const UNAVAILABLE = 3;

export interface BrokerOptions {
  /** A port of 127.0.0.1; 0 takes a free one. */
  port: number;
  /** The installation's folder. */
  dataDir: string;
  workerPassword: string;
  hooks: BrokerHooks;
  log: (line: string) => void;
  /** How often revoked devices are looked for, in milliseconds. */
  checkEveryMs?: number;
}

export interface Broker {
  port: number;
  close(): Promise<void>;
}

/** What the library's client has beyond its types. */
interface Session extends Omit<Client, 'id'> {
  id: string;
  subscriptions: Record<string, { qos: number }>;
  duplicates: object;
}

/** Remembers nothing: the library's filter drops a message that was stored out of order as a repeat. */
const NO_DUPLICATES = new Proxy(Object.create(null) as object, { set: () => true, get: () => undefined });

const allowsFilter = (sessionId: string, filter: string): boolean =>
  sessionId === WORKER || maySubscribe(sessionId, filter);

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

function refusal(message: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(message), { returnCode });
}

class EmbeddedBroker {
  private readonly pumps = new Map<object, { sessionId: string; pump: SessionPump }>();
  private readonly sentUpTo = new Map<string, number>();
  private readonly connected = new Map<string, Session>();
  private readonly claimedIds = new WeakMap<object, string>();
  private readonly gates = new WeakMap<object, PacketGate>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly options: BrokerOptions,
    private readonly queue: MessageQueue,
    private readonly store: SessionStore,
  ) {
    queue.onAppend((sessionId) => this.pumpOf(this.connected.get(sessionId))?.wake());
    store.onAcknowledged((client, packetId) => this.pumps.get(client)?.pump.acknowledge(packetId));
  }

  /** The library's broker with every decision wired to this object. */
  async open(): Promise<Aedes> {
    const aedes = await Aedes.createBroker({
      id: uuidV7(),
      persistence: this.store,
      concurrency: 1_000,
      queueLimit: 1_000,
      preConnect: (client, packet, done) => {
        const session = client as unknown as Session;
        Object.defineProperty(session, 'duplicates', { value: NO_DUPLICATES });
        this.claimedIds.set(client, packet.clientId);
        // The protocol has no last will, and one would be published without its sender being asked again.
        delete packet.will;
        // A clean start of the worker would throw away what waits for it.
        if (packet.username === WORKER) packet.clean = false;
        done(null, true);
      },
      authenticate: (client, username, password, done) => {
        this.authenticate(client as unknown as Session, username ?? '', password?.toString() ?? '').then(
          () => done(null, true),
          (error: AuthenticateError) => done(error, false),
        );
      },
      authorizePublish: (client, packet, done) => {
        this.accept(client as unknown as Session | null, packet).then(() => done(null), done);
      },
      authorizeSubscribe: (client, subscription, done) => {
        const allowed = this.allowsSubscribe(client.id, subscription.topic);
        done(null, allowed ? subscription : null);
      },
      authorizeForward: (client, packet) => this.forward(client as unknown as Session, packet),
    });
    aedes.on('clientReady', (client) => this.ready(client as unknown as Session));
    aedes.on('clientDisconnect', (client) => this.gone(client as unknown as Session));
    aedes.on('ping', (_packet, client) => this.heard(client as unknown as Session));
    aedes.on('publish', (_packet, client) => this.heard(client as unknown as Session | null));
    (aedes as NodeJS.EventEmitter).on('error', (error: Error) =>
      this.options.log(`broker: ${error.message}`),
    );
    const filters = WORKER_FILTERS.map((topic) => ({ topic, qos: 1 }));
    // The worker's session exists from the first start on: what comes before its first connection waits for it.
    await this.store.addSubscriptions({ id: WORKER }, filters);
    return aedes;
  }

  /** Bounds what one connection can make the broker hold. */
  guard(socket: Socket, client: object): void {
    const gate = new PacketGate(PACKET_BYTES_MAX_BEFORE_LOGIN);
    this.gates.set(client, gate);
    // With a reader on `readable` this sees each chunk as it is read, and does not set the stream flowing.
    socket.on('data', (chunk: Buffer) => {
      if (!gate.accept(chunk)) socket.destroy(new Error('packet too large'));
    });
  }

  /** Disconnects devices whose credential is gone, and passes on who has been seen. */
  async check(): Promise<void> {
    const seen = [...this.seen].filter((id) => id !== WORKER);
    this.seen.clear();
    if (seen.length > 0) this.options.hooks.devicesSeen(seen);
    const devices = [...this.connected.keys()].filter((id) => id !== WORKER);
    if (devices.length === 0) return;
    for (const username of await this.options.hooks.revokedAmong(devices))
      this.connected.get(username)?.close();
  }

  private pumpOf(session: Session | undefined): SessionPump | undefined {
    return session && this.pumps.get(session)?.pump;
  }

  private async authenticate(session: Session, username: string, password: string): Promise<void> {
    if (username === WORKER) this.authenticateWorker(session, password);
    else await this.authenticateDevice(username, password);
    session.id = username;
    const gate = this.gates.get(session);
    if (gate) gate.bytesMax = PACKET_BYTES_MAX;
  }

  private authenticateWorker(session: Session, password: string): void {
    if (!timingSafeEqual(digest(password), digest(this.options.workerPassword))) {
      throw refusal('wrong worker password', BAD_CREDENTIALS);
    }
    const other = this.connected.get(WORKER);
    if (other && this.claimedIds.get(other) !== this.claimedIds.get(session)) {
      throw refusal('another worker is connected; the embedded broker serves one', UNAVAILABLE);
    }
  }

  private async authenticateDevice(username: string, password: string): Promise<void> {
    let accepted: boolean;
    try {
      accepted = await this.options.hooks.authenticateDevice(username, password);
    } catch (error) {
      this.options.log(`cannot check the password of ${username} now: ${(error as Error).message}`);
      throw refusal('credentials cannot be checked now', UNAVAILABLE);
    }
    if (accepted) return;
    this.options.hooks.denied({
      username,
      action: 'connect',
      topic: null,
      reason: 'wrong username or password',
    });
    throw refusal('wrong username or password', BAD_CREDENTIALS);
  }

  /** Resolves when the PUBACK may go out: the sender may publish here, and the message is on disk. */
  private async accept(
    session: Session | null,
    packet: { topic: string; payload: string | Buffer; qos: number; retain: boolean },
  ): Promise<void> {
    const { topic } = packet;
    const username = session?.id ?? '';
    const allowed = username === WORKER ? !topic.startsWith('$') : mayPublish(username, topic);
    if (!allowed) {
      this.options.hooks.denied({
        username,
        action: 'publish',
        topic,
        reason: 'not under the device’s own root',
      });
      throw new Error(`${username} may not publish to ${topic}`);
    }
    // A retained batch would be delivered anew at every subscription of the worker.
    packet.retain = false;
    if (packet.qos === 0) return;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    await this.queue.append(await this.store.sessionsFor(topic), { topic, payload });
  }

  private allowsSubscribe(username: string, filter: string): boolean {
    if (allowsFilter(username, filter)) return true;
    this.options.hooks.denied({
      username,
      action: 'subscribe',
      topic: filter,
      reason: 'not under the device’s own root',
    });
    return false;
  }

  /** Null where the session's pump delivers; all else the library sends at once. */
  private forward(session: Session, packet: AedesPublishPacket): AedesPublishPacket | null {
    if (session.clean || packet.qos === 0) return packet;
    const isQueued = Object.entries(session.subscriptions).some(
      ([filter, { qos }]) => qos > 0 && matchesFilter(filter, packet.topic),
    );
    return isQueued ? null : packet;
  }

  private ready(session: Session): void {
    const sessionId = session.id;
    this.connected.set(sessionId, session);
    this.seen.add(sessionId);
    if (!session.clean) {
      const fail = (error: unknown) => {
        this.options.log(`session ${sessionId} ends: ${String(error)}`);
        session.close();
      };
      const resentUpTo = this.sentUpTo.get(sessionId) ?? 0;
      const pump = new SessionPump(sessionId, session.conn, this.queue, resentUpTo, fail);
      this.pumps.set(session, { sessionId, pump });
      pump.wake();
    }
    if (sessionId !== WORKER) this.options.hooks.deviceConnected(sessionId);
  }

  /** What comes from a session counts while it is connected; a publish may be done with only after its end. */
  private heard(session: Session | null): void {
    if (session !== null && this.connected.get(session.id) === session) this.seen.add(session.id);
  }

  private gone(session: Session): void {
    const own = this.pumps.get(session);
    if (own) {
      own.pump.stop();
      this.sentUpTo.set(own.sessionId, own.pump.sentUpTo);
      this.pumps.delete(session);
    }
    // Where a newer connection has taken the session over, the device is not gone.
    if (this.connected.get(session.id) !== session) return;
    this.connected.delete(session.id);
    // It was last seen when it went: at the next look it would count as seen then.
    this.seen.delete(session.id);
    if (session.id !== WORKER) this.options.hooks.deviceDisconnected(session.id);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Opens the sessions on disk and listens. Rejects when the folder is in use or the port is taken. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const folder = join(options.dataDir, 'broker');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = new Level<string, Buffer>(folder, { valueEncoding: 'buffer' });
  await db.open();
  const queue = new MessageQueue(db);
  const broker = new EmbeddedBroker(options, queue, new SessionStore(db, queue, allowsFilter));
  const aedes = await broker.open();
  const server = createServer({ noDelay: true }, (socket) => broker.guard(socket, aedes.handle(socket)));
  const port = await listen(server, options.port);
  const timer = setInterval(() => {
    broker
      .check()
      .catch((error: unknown) => options.log(`cannot look for revoked devices: ${String(error)}`));
  }, options.checkEveryMs ?? CHECK_EVERY_MS);
  return {
    port,
    close: async () => {
      clearInterval(timer);
      server.close();
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await queue.settle();
      await db.close();
    },
  };
}
