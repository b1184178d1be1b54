/**
 * A database, a broker and workers as processes, for a test that goes the whole way a device goes. `live()` is called
 * once per test file, outside its tests; what it holds is there from the first hook on.
 */
import { afterAll, beforeAll } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { hashPassword } from '@/server/lib/password';
import { CHANNELS, topicOf, type Channel } from '@/server/protocol/topics';
import {
  brokerFolder,
  bundleBroker,
  startBrokerProcess,
  type BrokerFolder,
  type BrokerProcess,
} from './broker-process';
import { createTestDatabase, type TestDatabase } from './database';
import type { TestDevice } from './engine';
import { connectClient, endClients, type TestClient } from './mqtt-client';
import { bundleProgram } from './program';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

const WORKER_PASSWORD = 'made for this test';
const DEVICE_PASSWORD = 'also made for this test';

/** For `expect.poll`: this machine may be slow, and no test is about how fast it is. */
export const LONG = { timeout: 50_000, interval: 50 };

export interface LiveClient extends TestClient {
  /** Resolves when the broker has it. */
  publish(channel: Channel, payload: string | Uint8Array): Promise<void>;
  /** What came on `sync/ingest/receipt` or `sync/ingest/control`, in order. */
  heard(channel: 'ingestReceipt' | 'ingestControl'): Record<string, unknown>[];
}

export interface Live {
  readonly db: RootDb;
  startWorker(): WorkerProcess;
  /** SIGKILL to every worker that is still there. */
  killWorkers(): Promise<void>;
  /** Connects as the device would, with a persistent session that hears both downlink topics. */
  connect(device: Pick<TestDevice, 'id' | 'rootTopic'>): Promise<LiveClient>;
}

interface Parts {
  database: TestDatabase;
  db: RootDb;
  bundles: { broker: string; worker: string };
  folder: BrokerFolder;
  broker: BrokerProcess;
  workers: WorkerProcess[];
  /** One for all devices and connections: a changed one would end the connections made with the old. */
  passwordHash: string;
}

/** Starts everything but a worker before the file's tests, and ends it after them. */
export function live(): Live {
  let parts: Parts | undefined;
  const started = (): Parts => {
    if (parts === undefined) throw new Error('not started yet');
    return parts;
  };
  beforeAll(async () => {
    const database = await createTestDatabase();
    const bundles = { broker: await bundleBroker(), worker: await bundleProgram('worker') };
    const folder = brokerFolder();
    const broker = await startBrokerProcess(bundles.broker, {
      databaseUrl: database.url,
      dataDir: folder.dataDir,
      port: 0,
      workerPassword: WORKER_PASSWORD,
    });
    const passwordHash = await hashPassword(DEVICE_PASSWORD);
    parts = { database, db: createDb(database.url), bundles, folder, broker, workers: [], passwordHash };
  });
  afterAll(async () => {
    const { database, db, folder, broker, workers } = started();
    await endClients();
    await killAll(workers);
    await broker.kill();
    folder.remove();
    await db.end();
    await database.drop();
  });
  return {
    get db() {
      return started().db;
    },
    startWorker: () => startWorker(started()),
    killWorkers: () => killAll(started().workers),
    connect: (device) => connect(started(), device),
  };
}

function startWorker({ database, bundles, folder, broker, workers }: Parts): WorkerProcess {
  const worker = startWorkerProcess(bundles.worker, {
    databaseUrl: database.url,
    mqttUrl: `mqtt://worker:${encodeURIComponent(WORKER_PASSWORD)}@127.0.0.1:${broker.port}`,
    isEmbeddedBroker: true,
    slot: 'worker-1',
    dataDir: folder.dataDir,
  });
  workers.push(worker);
  return worker;
}

const killAll = async (workers: WorkerProcess[]): Promise<void> => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
};

async function connect(
  { db, broker, passwordHash }: Parts,
  { id, rootTopic }: Pick<TestDevice, 'id' | 'rootTopic'>,
): Promise<LiveClient> {
  await db.sql`update tidegate.device_credential set password_hash = ${passwordHash} where device_id = ${id}`;
  const connected = await connectClient(broker.port, {
    clientId: rootTopic,
    username: rootTopic,
    password: DEVICE_PASSWORD,
    clean: false,
  });
  const { client, received } = connected;
  const downlink = [CHANNELS.ingestReceipt, CHANNELS.ingestControl].map((c) => topicOf(rootTopic, c));
  await client.subscribeAsync(downlink, { qos: 1 });
  return {
    ...connected,
    publish: async (channel, payload) => {
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload);
      await client.publishAsync(topicOf(rootTopic, channel), bytes, { qos: 1 });
    },
    heard: (channel) =>
      received
        .filter(({ topic }) => topic === topicOf(rootTopic, CHANNELS[channel]))
        .map(({ payload }) => JSON.parse(payload) as Record<string, unknown>),
  };
}
