/**
 * Control messages. A control and its effect are on disk before it is acknowledged: killed in between, an agent
 * that had only acknowledged a resume would stay paused for ever. Towards the cloud the order is as the
 * protocol has it: the acknowledgement goes out first, and the table stops or goes on after it.
 */
import { unreachable } from '@/server/lib/assert';
import type { Clock } from '@/server/lib/clock';
import { isUuidV7 } from '@/server/lib/uuid';
import { encodeAck } from '@/server/protocol/ack';
import { parseControl, type ControlMessage } from '@/server/protocol/control';
import { CHANNELS } from '@/server/protocol/topics';
import type { AgentLog } from '@/server/agent/log';
import type { MqttLink } from '@/server/agent/mqtt-link';
import type { AgentState } from '@/server/agent/state';

const CONTROLS_REMEMBERED = 1_000;

export class Controls {
  private paused: ReadonlySet<string>;
  private readonly acking = new Set<string>();

  constructor(
    private readonly state: AgentState,
    private readonly log: AgentLog,
    private readonly clock: Clock,
  ) {
    this.paused = state.pauses();
  }

  isPaused(table: string): boolean {
    return this.paused.has(table);
  }

  /** Takes a control message as it came from the broker. */
  receive(payload: Uint8Array, link: MqttLink): void {
    const parsed = parseControl(payload);
    if (!parsed.ok) {
      this.log.warn('control_not_understood', { problem: parsed.problem, control_id: parsed.controlId });
      if (parsed.controlId !== null) this.acknowledge(parsed.controlId, link);
      return;
    }
    const { message } = parsed;
    const isNew = this.remember(message);
    this.acknowledge(message.controlId, link);
    if (!isNew) return;
    this.paused = this.state.pauses();
    this.report(message);
  }

  /** Acknowledges again what was received and not acknowledged before the connection or the agent ended. */
  acknowledgeOpen(link: MqttLink): void {
    for (const [id] of this.state.db.all('SELECT control_id FROM control WHERE acked = 0 ORDER BY received'))
      this.acknowledge(String(id), link);
  }

  /** Keeps the control with its effect, in one transaction; false where it was received before. */
  private remember(message: ControlMessage): boolean {
    const { db } = this.state;
    return db.write(() => {
      const added = db.run(
        `INSERT OR IGNORE INTO control (control_id, received, payload, acked)
         VALUES (?, (SELECT coalesce(max(received), 0) + 1 FROM control), ?, 0)`,
        [message.controlId, message.kind],
      );
      if (added === 0) return false;
      db.run('DELETE FROM control WHERE acked = 1 AND received <= (SELECT max(received) FROM control) - ?', [
        BigInt(CONTROLS_REMEMBERED),
      ]);
      this.apply(message);
      return true;
    });
  }

  private apply(message: ControlMessage): void {
    if (message.kind !== 'pause_lineage' && message.kind !== 'resume_lineage') return;
    const key = `last_control:${message.sourceTable}`;
    const last = this.state.fact(key);
    if (last !== null && isUuidV7(last) && isUuidV7(message.controlId) && message.controlId < last) return;
    this.state.setFact(key, message.controlId);
    // Of a telemetry table it is a batch seq, and the next batch goes on after it.
    if (message.serverWatermark !== null && this.state.batchSeq(message.sourceTable) !== null)
      this.state.raiseBatchSeq(message.sourceTable, message.serverWatermark);
    if (message.kind === 'resume_lineage') {
      this.state.db.run('DELETE FROM pause WHERE source_table = ?', [message.sourceTable]);
      return;
    }
    this.state.db.run('INSERT OR REPLACE INTO pause (source_table, reason, since) VALUES (?, ?, ?)', [
      message.sourceTable,
      message.reason,
      this.clock.now().toISOString(),
    ]);
  }

  private acknowledge(controlId: string, link: MqttLink): void {
    if (!link.isConnected || this.acking.has(controlId)) return;
    this.acking.add(controlId);
    link.publish(CHANNELS.ingestAck, encodeAck(controlId), (error) => {
      this.acking.delete(controlId);
      if (error === null) this.state.db.run('UPDATE control SET acked = 1 WHERE control_id = ?', [controlId]);
    });
  }

  private report(message: ControlMessage): void {
    const { kind, controlId } = message;
    switch (kind) {
      case 'pause_lineage':
        this.log.warn('table_paused', {
          table: message.sourceTable,
          reason: message.reason,
          server_watermark: message.serverWatermark,
          next: 'changes are kept in the journal until the cloud resumes the table',
        });
        return;
      case 'resume_lineage':
        this.log.info('table_resumed', {
          table: message.sourceTable,
          server_watermark: message.serverWatermark,
        });
        return;
      case 'url_grant':
      case 'state_write':
        this.log.warn('control_not_supported', { kind, control_id: controlId, next: 'nothing was changed' });
        return;
      default:
        unreachable(kind);
    }
  }
}
