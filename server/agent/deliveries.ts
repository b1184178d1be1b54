/**
 * Batches that were cut and are not yet delivered: at most one per table, the same bytes at every attempt. Its
 * journal entries may go only when `complete` is called; doing so on anything weaker than the receipt (where
 * the cloud sends receipts) trusts a broker's memory with the only copy.
 */
import { backoffMs } from '@/server/lib/backoff';
import type { Clock } from '@/server/lib/clock';
import { parseReceipt, type Receipt } from '@/server/protocol/receipt';
import { CHANNELS } from '@/server/protocol/topics';
import type { AgentConfig } from '@/server/agent/config';
import type { AgentLog } from '@/server/agent/log';
import type { MqttLink } from '@/server/agent/mqtt-link';
import { PUBACK_SETTLED, type AgentState, type Inflight } from '@/server/agent/state';

/** The waits of one agent, in milliseconds; tests shorten them. */
export interface DeliveryTimes {
  readonly resendBaseMs: number;
  readonly resendCapMs: number;
  readonly rejectedBaseMs: number;
  readonly rejectedCapMs: number;
  /** How long `auto` waits for a cloud's first receipt before it takes the broker's word. */
  readonly firstReceiptMs: number;
}

export const DELIVERY_TIMES: DeliveryTimes = {
  resendBaseMs: 10_000,
  resendCapMs: 300_000,
  rejectedBaseMs: 60_000,
  rejectedCapMs: 3_600_000,
  firstReceiptMs: 120_000,
};

const SEQ_CODES: ReadonlySet<string> = new Set(['duplicate_batch_seq', 'stale_batch_seq']);

interface Attempt {
  batch: Inflight;
  attempts: number;
  rejections: number;
  isPublishing: boolean;
  nextAtMs: number;
  /** When the broker first acknowledged it; null before that. */
  pubackAtMs: number | null;
}

interface Deps {
  readonly state: AgentState;
  readonly config: AgentConfig;
  readonly log: AgentLog;
  readonly clock: Clock;
  readonly times: DeliveryTimes;
}

export class Deliveries {
  private readonly attempts = new Map<string, Attempt>();
  private hasSeenReceipts: boolean;

  constructor(private readonly deps: Deps) {
    this.hasSeenReceipts = deps.state.fact('receipts_seen') !== null;
    for (const batch of deps.state.inflight()) this.track(batch);
  }

  has(table: string): boolean {
    return this.attempts.has(table);
  }

  /** Takes charge of a batch that the state file already holds. */
  track(batch: Inflight): void {
    this.attempts.set(batch.sourceTable, {
      batch,
      attempts: 0,
      rejections: 0,
      isPublishing: false,
      nextAtMs: 0,
      pubackAtMs: null,
    });
  }

  /** Sends what is due. Nothing of a paused table is sent, but what was already sent may still be answered. */
  send(link: MqttLink, isPaused: (table: string) => boolean): void {
    const now = this.nowMs();
    for (const attempt of this.attempts.values()) {
      this.settleWithoutReceipt(attempt);
      // A clock that was set back must not hold a batch up for longer than the longest wait.
      const isDue = now >= attempt.nextAtMs || attempt.nextAtMs - now > this.longestWaitMs;
      if (isDue && !attempt.isPublishing && link.isConnected && !isPaused(attempt.batch.sourceTable))
        this.publish(attempt, link);
    }
  }

  /** Takes a receipt; one of a batch that is no longer open changes nothing. */
  receive(payload: Uint8Array): void {
    const receipt = parseReceipt(payload);
    if (receipt === null) {
      this.deps.log.warn('receipt_not_understood', { bytes: payload.length });
      return;
    }
    if (!this.hasSeenReceipts) {
      this.deps.state.setFact('receipts_seen', this.deps.clock.now().toISOString());
      this.hasSeenReceipts = true;
    }
    const attempt = [...this.attempts.values()].find(({ batch }) => batch.batchId === receipt.batchId);
    if (attempt === undefined) return;
    if (receipt.outcome === 'rejected') this.rejected(attempt, receipt);
    else
      this.complete(attempt, { duplicates: receipt.duplicates, server_watermark: receipt.serverWatermark });
  }

  private publish(attempt: Attempt, link: MqttLink): void {
    const { batch } = attempt;
    attempt.isPublishing = true;
    attempt.attempts += 1;
    this.deps.log.info('batch_sent', {
      table: batch.sourceTable,
      batch_id: batch.batchId,
      rows: batch.rowCount,
      bytes: batch.payload.length,
      attempt: attempt.attempts,
    });
    const channel = batch.kind === 'rows' ? CHANNELS.rowsBatch : CHANNELS.telemetryBatch;
    link.publish(channel, batch.payload, (error) => {
      attempt.isPublishing = false;
      attempt.nextAtMs = this.nowMs() + this.waitMs(attempt);
      if (error === null) attempt.pubackAtMs ??= this.nowMs();
      this.settleWithoutReceipt(attempt);
    });
  }

  private waitMs({ attempts, rejections }: Attempt): number {
    const { times } = this.deps;
    return rejections > 0
      ? backoffMs(rejections, { baseMs: times.rejectedBaseMs, capMs: times.rejectedCapMs })
      : backoffMs(attempts, { baseMs: times.resendBaseMs, capMs: times.resendCapMs });
  }

  /** Against a cloud that sends no receipts, the broker's acknowledgement has to do. */
  private settleWithoutReceipt(attempt: Attempt): void {
    const { config, state, log, times } = this.deps;
    if (attempt.pubackAtMs === null || config.receipts === 'required' || attempt.rejections > 0) return;
    if (config.receipts === 'puback') return this.complete(attempt, { by: 'puback' });
    if (this.hasSeenReceipts) return;
    const isTrusted = state.fact('puback_trusted') !== null;
    if (!isTrusted && Math.abs(this.nowMs() - attempt.pubackAtMs) < times.firstReceiptMs) return;
    if (!isTrusted) {
      state.setFact('puback_trusted', this.deps.clock.now().toISOString());
      log.warn('no_receipts_from_this_cloud', {
        next: 'the broker acknowledgement is taken for delivery until a receipt arrives; set receipts: required to wait',
      });
    }
    this.complete(attempt, { by: 'puback' });
  }

  private complete({ batch }: Attempt, details: Record<string, string | number | bigint | null>): void {
    if (this.attempts.get(batch.sourceTable)?.batch.batchId !== batch.batchId) return;
    if (details['by'] === 'puback') this.deps.state.setFact(PUBACK_SETTLED, 'yes');
    this.deps.state.complete(batch);
    this.attempts.delete(batch.sourceTable);
    this.deps.log.info('batch_delivered', {
      table: batch.sourceTable,
      batch_id: batch.batchId,
      rows: batch.rowCount,
      ...details,
    });
  }

  private rejected(attempt: Attempt, receipt: Extract<Receipt, { outcome: 'rejected' }>): void {
    const { batch } = attempt;
    if (batch.kind === 'telemetry' && SEQ_CODES.has(receipt.code)) return this.renumber(batch, receipt);
    attempt.rejections += 1;
    attempt.nextAtMs = this.nowMs() + this.waitMs(attempt);
    this.deps.state.markRejected(batch.batchId, receipt.code);
    this.deps.log.error('batch_rejected', {
      table: batch.sourceTable,
      batch_id: batch.batchId,
      code: receipt.code,
      detail: receipt.detail,
      next: `its rows are kept and sent again in ${Math.round((attempt.nextAtMs - this.nowMs()) / 1000)} s; other tables go on`,
    });
  }

  /**
   * The cloud has had this batch seq: from before the state file was lost, or this very batch, so long ago that it
   * has forgotten it. Samples have fixed ids, so what had arrived is not doubled.
   */
  private renumber(batch: Inflight, receipt: Extract<Receipt, { outcome: 'rejected' }>): void {
    this.deps.state.abandon(batch, receipt.serverWatermark);
    this.attempts.delete(batch.sourceTable);
    this.deps.log.warn('batch_renumbered', {
      table: batch.sourceTable,
      batch_id: batch.batchId,
      code: receipt.code,
      server_watermark: receipt.serverWatermark,
      next: 'its samples are sent again under a later batch_seq',
    });
  }

  private get longestWaitMs(): number {
    return Math.max(this.deps.times.resendCapMs, this.deps.times.rejectedCapMs);
  }

  private nowMs(): number {
    return this.deps.clock.now().getTime();
  }
}
