// Wires the sidecar: MQTT consumer, replay, downlink, sweeps, heartbeat. Everything it does is driven by
// tables; a notification only saves the wait for the next poll. Nothing here decides anything.
import type { RootDb } from '@/server/db/client';
import { CHANNELS as BELLS } from '@/server/db/notify';
import { sqlMessage } from '@/server/db/sqlstate';
import { startLoop, type Loop } from '@/server/lib/loop';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import type { Ctx } from '@/server/engine/context/context';
import { dueBulkJobs, runBulkItem } from '@/server/engine/bulk/run-bulk';
import { sampleActivity } from '@/server/engine/diagnosis/sample-activity';
import type { RetentionSettings } from '@/server/engine/retention/retained';
import { runRetention } from '@/server/engine/retention/retain';
import {
  dueConsolidations,
  putOffConsolidation,
  runConsolidationStep,
} from '@/server/engine/registry/run-consolidation';
import { encodeReceipt } from '@/server/protocol/receipt';
import { CHANNELS, parseTopic, topicOf, WORKER_FILTERS } from '@/server/protocol/topics';
import type { IngestOutcome } from '@/server/engine/ingest/ingest-message';
import { AckedConsumer, type ConsumedMessage } from './acked-consumer';
import { sendDueControls, sendOutbox } from './control-loop';
import { WorkerFigures } from './figures';
import { beat, leaveSlot, type BrokerState } from './heartbeat';
import { Ingest } from './ingest-loop';
import { replayRound, sleepUntilStopped } from './replay-loop';
import { sweep } from './sweep';
import { startWebhookLoops, type WebhookSettings } from './webhook-loops';

export interface WorkerOptions {
  db: RootDb;
  clock: Clock;
  mqttUrl: string;
  /** False where the broker knows shared subscriptions, and several workers share the load. */
  isSingleWorker: boolean;
  slot: string;
  version: string;
  retention: RetentionSettings;
  webhooks: WebhookSettings;
  log: WorkerLog;
}

export interface WorkerLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  debug(fields: Record<string, unknown>, message: string): void;
}

export interface Worker {
  /** Stops taking, finishes and acknowledges what is in flight, ends every loop. */
  stop(): Promise<void>;
}

const PENDING_MESSAGES_MAX = 256;
const PENDING_BYTES_MAX = 8 * 1024 * 1024;
const CONCURRENCY = 3;
/** What one transaction takes: beyond this a larger one saves nothing, and holds its rows and locks longer. */
const GROUP = { messagesMax: 64, bytesMax: 256 * 1024, keysMax: 8 };
/** A transaction costs about what these rows add to it; the wait is that of one that is slow to end. */
const GATHERING = { messages: 16, bytes: 64 * 1024, waitMs: 15 };
const CONSOLIDATION_POLL_MS = 5_000;
const BULK_POLL_MS = 5_000;
const CONTROL_POLL_MS = 1_000;
const SWEEP_EVERY_MS = 10_000;
const RETENTION_EVERY_MS = 60_000;
const BEAT_EVERY_MS = 3_000;

function startConsumer(
  options: WorkerOptions,
  broker: BrokerState,
  figures: WorkerFigures,
  onChange: () => void,
): AckedConsumer {
  const { db, clock, log } = options;
  const ingest = new Ingest({ db, clock, warn: (message, fields) => log.warn(fields, message) });
  const consumer: AckedConsumer = new AckedConsumer({
    url: options.mqttUrl,
    clientId: options.slot,
    filters: options.isSingleWorker ? WORKER_FILTERS : WORKER_FILTERS.map((f) => `$share/tidegate/${f}`),
    keyOf: (topic) => parseTopic(topic)?.rootTopic ?? '',
    pendingMessagesMax: PENDING_MESSAGES_MAX,
    pendingBytesMax: PENDING_BYTES_MAX,
    pendingPerKey: { messagesMax: PENDING_MESSAGES_MAX / 4, bytesMax: PENDING_BYTES_MAX / 4 },
    concurrency: CONCURRENCY,
    group: GROUP,
    gathering: GATHERING,
    onState: (state) => {
      if (state.connected !== broker.connected || state.detail !== null) {
        log.info({ ...state }, state.connected ? 'broker connected' : 'broker not connected');
      }
      Object.assign(broker, {
        connected: state.connected,
        detail: state.detail ?? (state.connected ? null : broker.detail),
      });
      onChange();
    },
    sharesCommit: (topic) => parseTopic(topic)?.channel === CHANNELS.rowsBatch,
    handleTogether: async (messages) => {
      const outcomes = await ingest.together(messages);
      for (const [i, outcome] of outcomes.entries()) {
        const message = messages[i];
        if (outcome === null || message === undefined) continue;
        report(log, consumer, message, outcome);
        count(figures, outcome, message);
      }
      return outcomes.map((outcome) => outcome !== null);
    },
    handleAlone: async (message) => {
      const outcome = await ingest.alone(message);
      if ('retryInMs' in outcome) return outcome;
      report(log, consumer, message, outcome);
      count(figures, outcome, message);
      return null;
    },
  });
  return consumer;
}

const systemCtx = ({ db, clock }: WorkerOptions): Ctx => ({
  db,
  clock,
  actor: { kind: 'system', id: 'worker', label: 'worker' },
  orgId: null,
  permissions: new Set(),
  correlationId: uuidV7(),
});

async function retentionRound(options: WorkerOptions, signal: AbortSignal): Promise<number> {
  const done = await runRetention(systemCtx(options), options.retention, signal);
  const { partitionsMade, partitionsDropped, rowsDeleted } = done;
  const rows = Object.values(rowsDeleted).reduce((sum, n) => sum + n, 0);
  if (partitionsMade.length + partitionsDropped.length + rows > 0)
    options.log.info({ partitionsMade, partitionsDropped, ...rowsDeleted }, 'retention');
  return RETENTION_EVERY_MS;
}

/** The wait in the queue counts: it is what grows first when the worker cannot keep up. */
function count(figures: WorkerFigures, outcome: IngestOutcome, { receivedMs }: ConsumedMessage): void {
  const seconds = (performance.now() - receivedMs) / 1000;
  figures.ingested(
    outcome.kind === 'rejected'
      ? { code: outcome.code, rows: 0, duplicates: 0, staged: 0, seconds }
      : { ...outcome, code: null, seconds },
  );
}

/** Logs what became of a message and sends its receipt, after the commit. */
function report(
  log: WorkerLog,
  consumer: AckedConsumer,
  message: ConsumedMessage,
  outcome: IngestOutcome,
): void {
  const fields = { topic: message.topic, bytes: message.payload.byteLength };
  if (outcome.kind === 'rejected')
    log.warn({ ...fields, code: outcome.code, detail: outcome.detail }, 'batch rejected');
  else
    log.debug(
      { ...fields, rows: outcome.rows, duplicates: outcome.duplicates, staged: outcome.staged },
      'ingested',
    );
  if (outcome.receipt === null) return;
  // Not awaited: a receipt is a courtesy that follows the commit, and must not hold up the PUBACK.
  consumer
    .publish(topicOf(outcome.rootTopic, CHANNELS.ingestReceipt), encodeReceipt(outcome.receipt))
    .catch((error: unknown) =>
      log.warn({ error: String(error) }, 'a receipt could not be sent; the device will send its batch again'),
    );
}

/** One step of each consolidation per round; the live traffic takes the lineages' locks between two. */
async function consolidationRound(options: WorkerOptions): Promise<number> {
  const ctx = systemCtx(options);
  let more = false;
  for (const id of await dueConsolidations(ctx)) {
    try {
      more = (await runConsolidationStep(ctx, id)) === 'more' || more;
    } catch (error) {
      options.log.warn({ consolidation: id, error: sqlMessage(error) }, 'a consolidation is put off');
      await putOffConsolidation(ctx, id, sqlMessage(error));
    }
  }
  return more ? 0 : CONSOLIDATION_POLL_MS;
}

/** One item of each bulk job per round, so that a large one does not keep the others waiting. */
async function bulkRound(options: WorkerOptions): Promise<number> {
  const ctx = systemCtx(options);
  let more = false;
  for (const id of await dueBulkJobs(ctx)) {
    try {
      more = (await runBulkItem(ctx, id)) === 'more' || more;
    } catch (error) {
      options.log.warn(
        { bulkJob: id, error: sqlMessage(error) },
        'an item of a bulk job is tried again later',
      );
    }
  }
  return more ? 0 : BULK_POLL_MS;
}

/** Starts a worker. It connects by itself, and again whenever broker or database come back. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { db, clock, log } = options;
  const broker: BrokerState = { connected: false, detail: 'not connected yet' };
  const figures = new WorkerFigures();
  let pendingMessages = () => 0;
  const onError = (error: unknown, name: string) =>
    log.warn({ loop: name, error: sqlMessage(error) }, 'a loop failed and tries again');
  const startedAt = clock.now();
  const heartbeat = startLoop({
    name: 'heartbeat',
    round: async () => {
      const { slot, version } = options;
      const families = figures.families(pendingMessages());
      await beat(db, { slot, version, startedAt, broker, figures: families }, clock.now());
      return BEAT_EVERY_MS;
    },
    onError,
    errorCapMs: BEAT_EVERY_MS,
  });
  const consumer = startConsumer(options, broker, figures, () => heartbeat.wake());
  pendingMessages = () => consumer.pending;
  const publish = (topic: string, payload: string) => consumer.publish(topic, payload);
  const traffic = {
    waiting: () => consumer.pending,
    sleep: sleepUntilStopped,
    warn: (fields: Record<string, unknown>, message: string) => log.warn(fields, message),
  };
  const replay = startLoop({
    name: 'replay',
    round: (signal) => replayRound(systemCtx(options), traffic, signal),
    onError,
  });
  const downlink = startLoop({
    name: 'downlink',
    round: async () => {
      if (!consumer.connected) return CONTROL_POLL_MS;
      const sent = (await sendDueControls(systemCtx(options), publish)) + (await sendOutbox(db, publish));
      return sent > 0 ? 0 : CONTROL_POLL_MS;
    },
    onError,
  });
  const sweeper = startLoop({
    name: 'sweep',
    round: () => sweep(db, clock).then(() => SWEEP_EVERY_MS),
    onError,
  });
  const retention = startLoop({
    name: 'retention',
    round: (signal) => retentionRound(options, signal),
    onError,
    errorCapMs: RETENTION_EVERY_MS,
  });
  const activity = startLoop({ name: 'activity', round: () => sampleActivity(systemCtx(options)), onError });
  const merger = startLoop({ name: 'consolidation', round: () => consolidationRound(options), onError });
  const bulk = startLoop({ name: 'bulk', round: () => bulkRound(options), onError });
  const webhooks = startWebhookLoops(systemCtx(options), options.webhooks, onError);
  const loops: Loop[] = [
    activity,
    replay,
    downlink,
    sweeper,
    retention,
    merger,
    bulk,
    ...webhooks.loops,
    heartbeat,
  ];
  const bells = [
    listenFor(db, BELLS.replay, () => replay.wake()),
    listenFor(db, BELLS.control, () => downlink.wake()),
    listenFor(db, BELLS.consolidation, () => merger.wake()),
    listenFor(db, BELLS.webhook, () => webhooks.wake()),
    listenFor(db, BELLS.bulk, () => bulk.wake()),
  ];
  return {
    stop: async () => {
      await consumer.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(bells.map((bell) => bell.then((b) => b.unlisten()).catch(() => undefined)));
      figures.stop();
      await leaveSlot(db, options.slot).catch(() => undefined);
    },
  };
}

const listenFor = (db: RootDb, channel: string, ring: () => void) => db.root.listen(channel, ring, ring);
