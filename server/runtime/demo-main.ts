/**
 * The demo fleet: devices that are plainly named demo, each with an ordinary SQLite file, a writer that knows
 * nothing of Tidegate, and the real agent as its own process. It ends by itself once an operator has removed its
 * devices, and brings none back.
 */
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { createDb, type RootDb } from '@/server/db/client';
import { DemoChild } from '@/server/runtime/demo-child';
import { DEMO_DEVICES } from '@/server/runtime/demo-devices';
import { DemoRegistry, type DemoDevice } from '@/server/runtime/demo-registry';
import { loadEnv, type Env } from '@/server/runtime/env';
import { partLog } from '@/server/runtime/installation';
import { writePrivate } from '@/server/runtime/private-file';

const DIST = dirname(fileURLToPath(import.meta.url));
const CHECK_EVERY_MS = 15_000;
const FLUSH_MS = 2_000;

/** Where devices reach the broker, without the worker's own username and password. */
function brokerUrlOf(env: Env): string {
  if (env.mqttUrl === undefined) return `mqtt://127.0.0.1:${env.mqttPort}`;
  const url = new URL(env.mqttUrl);
  url.username = '';
  url.password = '';
  return url.toString();
}

/** Writes the agent's settings as an integrator would, and returns their path. */
function writeAgentYaml(folder: string, name: string, device: DemoDevice, brokerUrl: string): string {
  const path = join(folder, 'agent.yaml');
  const { username, password, clientId, rootTopic } = device;
  const settings = {
    device: name,
    root_topic: rootTopic,
    source_db: join(folder, 'source.db'),
    state_db: join(folder, 'state.db'),
    mqtt: { url: brokerUrl, username, password, client_id: clientId },
    flush_ms: FLUSH_MS,
    receipts: 'required',
  };
  writePrivate(path, stringify(settings));
  return path;
}

class DemoFleet {
  private readonly agents = new Map<string, DemoChild>();
  private writer: DemoChild | null = null;
  private readonly aborted = new AbortController();

  constructor(
    private readonly env: Env,
    private readonly registry: DemoRegistry,
  ) {}

  abort(): void {
    this.aborted.abort();
  }

  /** Runs until it is aborted or no device is left. */
  async run(): Promise<void> {
    const { signal } = this.aborted;
    const devices = new Map<string, DemoDevice>();
    for (const { name } of DEMO_DEVICES) {
      const device = signal.aborted ? null : await this.registry.ensureDevice(name);
      if (device !== null) devices.set(name, device);
    }
    this.write([...devices.keys()]);
    for (const [name, device] of devices) this.startAgent(name, device);
    while (!signal.aborted && this.agents.size > 0) {
      await sleep(CHECK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.stopRemoved();
    }
    await Promise.all([this.writer?.stop(), ...[...this.agents.values()].map((agent) => agent.stop())]);
  }

  private write(names: readonly string[]): void {
    if (names.length === 0) return;
    const log = partLog(this.env.dataDir, 'demo-writer');
    const args = [join(DIST, 'demo-writer.mjs'), this.registry.folder, ...names];
    this.writer = new DemoChild(args, (text) => log.write(text));
  }

  private startAgent(name: string, device: DemoDevice): void {
    const log = partLog(this.env.dataDir, name);
    const yaml = writeAgentYaml(this.registry.folderOf(name), name, device, brokerUrlOf(this.env));
    this.agents.set(
      name,
      new DemoChild([join(DIST, 'agent.mjs'), '--config', yaml], (text) => log.write(text)),
    );
  }

  private async stopRemoved(): Promise<void> {
    // While the database cannot be reached nothing is known to be removed.
    const left = await this.registry.remaining([...this.agents.keys()]).catch(() => null);
    if (left === null || left.length === this.agents.size) return;
    await this.writer?.stop();
    for (const [name, agent] of this.agents) {
      if (left.includes(name)) continue;
      await agent.stop();
      this.agents.delete(name);
      process.stdout.write(`The demo device ${name} was removed; its writer and agent have stopped.\n`);
    }
    this.write(left);
  }
}

async function main(): Promise<void> {
  const env = loadEnv();
  if (env.databaseUrl === undefined) throw new Error('the demo needs DATABASE_URL');
  const db: RootDb = createDb(env.databaseUrl, { max: 1, name: 'tidegate-demo' });
  const folder = join(env.dataDir, 'demo');
  const registry = await DemoRegistry.open({ db, folder, brokerUrl: brokerUrlOf(env) });
  const fleet = new DemoFleet(env, registry);
  process.on('SIGTERM', () => fleet.abort());
  process.on('SIGINT', () => fleet.abort());
  await fleet.run();
  await db.end();
}

await main();
