/**
 * The agent's loop: look at the source, cut what is due, send it, tidy up. SQLite calls are synchronous and
 * short; whatever fails leaves everything as it was on disk and is tried again, so the loop never ends by itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@/server/lib/backoff';
import { systemClock, type Clock } from '@/server/lib/clock';
import { encodeSchemaObservation } from '@/server/protocol/schema-observation';
import { CHANNELS } from '@/server/protocol/topics';
import type { AgentConfig } from '@/server/agent/config';
import { Controls } from '@/server/agent/controls';
import { Cutter } from '@/server/agent/cutter';
import { Deliveries, DELIVERY_TIMES, type DeliveryTimes } from '@/server/agent/deliveries';
import type { AgentLog } from '@/server/agent/log';
import { MqttLink } from '@/server/agent/mqtt-link';
import { SourceWatch } from '@/server/agent/source-watch';
import { obstacleOf } from '@/server/agent/sqlite';
import { openState, type AgentState } from '@/server/agent/state';

const FAILURE_WAIT = { baseMs: 500, capMs: 15_000 };

export interface RunningAgent {
  /** Stops after the step in hand, disconnects and closes both files. */
  stop(): Promise<void>;
}

/** Starts an agent. Throws when the state file cannot be opened; a missing source or broker is waited for. */
export async function startAgent(options: {
  config: AgentConfig;
  log: AgentLog;
  clock?: Clock;
  times?: Partial<DeliveryTimes>;
}): Promise<RunningAgent> {
  const { config, log } = options;
  const clock = options.clock ?? systemClock;
  const state = openState(config.stateDbPath, (movedTo) =>
    log.error('state_file_corrupt', { moved_to: movedTo, next: 'a new one was begun; no data is lost' }),
  );
  const times = { ...DELIVERY_TIMES, ...options.times };
  const agent = new Agent({ config, log, clock, state, times });
  log.info('agent_started', {
    device: config.device,
    source_db: config.sourceDbPath,
    state_db: config.stateDbPath,
  });
  const running = agent.run();
  return {
    stop: async () => {
      agent.abort();
      await running;
      log.info('agent_stopped', { device: config.device });
    },
  };
}

interface Deps {
  readonly config: AgentConfig;
  readonly log: AgentLog;
  readonly clock: Clock;
  readonly state: AgentState;
  readonly times: DeliveryTimes;
}

class Agent {
  private readonly aborted = new AbortController();
  private readonly controls: Controls;
  private readonly deliveries: Deliveries;
  private readonly cutter: Cutter;
  private readonly watch: SourceWatch;
  private readonly link: MqttLink;
  private failures = 0;
  private lastFailure = '';

  constructor(private readonly deps: Deps) {
    const { config, log, clock, state } = deps;
    this.controls = new Controls(state, log, clock);
    this.deliveries = new Deliveries(deps);
    this.cutter = new Cutter({ state, log, clock, flushMs: config.flushMs });
    this.watch = new SourceWatch(deps);
    this.link = new MqttLink(config, log, {
      onConnected: () => this.controls.acknowledgeOpen(this.link),
      onControl: (payload) => this.controls.receive(payload, this.link),
      onReceipt: (payload) => this.deliveries.receive(payload),
    });
  }

  abort(): void {
    this.aborted.abort();
  }

  async run(): Promise<void> {
    const { signal } = this.aborted;
    while (!signal.aborted) {
      const waitMs = this.attempt();
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
    await this.link.close();
    this.watch.close();
    this.deps.state.close();
  }

  /** One round; returns how long to wait before the next. */
  private attempt(): number {
    try {
      this.round();
      this.failures = 0;
      this.lastFailure = '';
      return this.deps.config.pollMs;
    } catch (error) {
      this.failures += 1;
      const obstacle = obstacleOf(error);
      this.reportFailure(obstacle, error instanceof Error ? error.message : String(error));
      const isPassing = obstacle === 'busy' || obstacle === 'schema_changed';
      return isPassing ? this.deps.config.pollMs : backoffMs(this.failures, FAILURE_WAIT);
    }
  }

  /** Says each trouble once; a lock that passes by the next round is not worth a line. */
  private reportFailure(obstacle: ReturnType<typeof obstacleOf>, problem: string): void {
    if (problem === this.lastFailure || (obstacle === 'busy' && this.failures < 4)) return;
    this.lastFailure = problem;
    const next = {
      busy: 'another program holds a lock on the source; trying again',
      disk_full: 'make room on the disk; nothing is lost meanwhile, and it is tried again',
      schema_changed: 'the schema changed meanwhile; reading it again',
      other: 'trying again',
    }[obstacle];
    this.deps.log.error('round_failed', { obstacle, problem, next });
  }

  private round(): void {
    this.deliveries.send(this.link, (table) => this.controls.isPaused(table));
    const journal = this.watch.current();
    if (journal === null) return;
    const isFree = (table: string): boolean => !this.deliveries.has(table) && !this.controls.isPaused(table);
    const batches = this.cutter.cut(journal, isFree);
    if (batches === null) {
      this.watch.renew();
      return;
    }
    for (const batch of batches) this.deliveries.track(batch);
    this.deliveries.send(this.link, (table) => this.controls.isPaused(table));
    this.observe();
    this.watch.advanceSnapshots(isFree);
    this.watch.tidy();
  }

  /** Publishes the schema observations that are due; each stays due until the broker has it. */
  private observe(): void {
    if (!this.link.isConnected) return;
    const { clock } = this.deps;
    for (const change of this.watch.takeObservations()) {
      const text = encodeSchemaObservation({ ...change, observedAt: clock.now() });
      this.link.publish(CHANNELS.schemaObserve, text, (error) => {
        if (error !== null) this.watch.putBackObservation(change);
      });
    }
  }
}
