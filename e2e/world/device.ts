/**
 * A device in the field: a folder with an SQLite file, an application that writes it and knows nothing of Tidegate,
 * and the agent as it is shipped, each a process of its own.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { RegisteredTestDevice } from './place';

interface Writer {
  file: string;
  args: (path: string) => string[];
  probe: string[];
}

const PYTHON =
  'import sqlite3,sys; c=sqlite3.connect(sys.argv[1],timeout=10); c.executescript(sys.stdin.buffer.read().decode()); c.commit()';
const NODE =
  "const D=require('libsql');const d=new D(process.argv[1]);d.pragma('busy_timeout=10000');d.exec(require('fs').readFileSync(0,'utf8'))";

/** Programs that write SQLite files, the least related to Tidegate first; the last one is always there. */
const WRITERS: readonly Writer[] = [
  { file: 'sqlite3', args: (path) => ['-bail', '-cmd', '.timeout 10000', path], probe: ['--version'] },
  { file: 'python3', args: (path) => ['-c', PYTHON, path], probe: ['-c', 'import sqlite3'] },
  {
    file: process.execPath,
    args: (path) => ['--input-type=commonjs', '-e', NODE, path],
    probe: ['--version'],
  },
];

let chosen: Writer | undefined;

function writer(): Writer {
  chosen ??= WRITERS.find(({ file, probe }) => spawnSync(file, probe, { stdio: 'ignore' }).status === 0);
  if (chosen === undefined) throw new Error('no program here can write an SQLite file');
  return chosen;
}

/** The environment without the names that agents take before their file. */
const agentEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OMEGA_')));

export class Device {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tidegate-e2e-device-'));
  private readonly sourcePath = join(this.folder, 'source.db');
  private agent: ChildProcess | undefined;
  private said = '';

  constructor(readonly registered: RegisteredTestDevice) {}

  get name(): string {
    return this.registered.name;
  }

  /** Runs SQL on the device's file in another program, and waits for it. */
  sql(script: string): void {
    const { file, args } = writer();
    execFileSync(file, args(this.sourcePath), { input: script, stdio: ['pipe', 'ignore', 'pipe'] });
  }

  /** Starts the agent; `settings` go over its defaults. */
  startAgent(settings: Record<string, unknown> = { flush_ms: 200, poll_ms: 50 }): void {
    const { mqtt, name } = this.registered;
    const config = join(this.folder, 'agent.yaml');
    const yaml = {
      device: name,
      root_topic: mqtt.root_topic,
      source_db: this.sourcePath,
      state_db: join(this.folder, 'state.db'),
      mqtt: {
        url: mqtt.broker_url,
        username: mqtt.username,
        password: mqtt.password,
        client_id: mqtt.client_id,
      },
      ...settings,
    };
    writeFileSync(config, stringify(yaml), { mode: 0o600 });
    const agent = spawn(process.execPath, ['dist/agent.mjs', '--config', config], {
      env: agentEnvironment() as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [agent.stdout, agent.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.agent = agent;
  }

  /** What the agent has said, for a failure's report. */
  get agentLog(): string {
    return this.said;
  }

  async stopAgent(): Promise<void> {
    const agent = this.agent;
    this.agent = undefined;
    if (agent === undefined || agent.exitCode !== null || agent.signalCode !== null) return;
    const ended = once(agent, 'exit');
    agent.kill('SIGTERM');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stopAgent();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
