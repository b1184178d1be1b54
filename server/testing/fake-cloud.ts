/**
 * A broker and a worker in one, for tests of agents: it parses every batch with the protocol's own parser, applies
 * rows by version as the mirror does, and sends receipts. A batch that the parser refuses fails the test.
 */
import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { assert } from '@/server/lib/assert';
import { uuidV7Ms } from '@/server/lib/uuid';
import { parseAck } from '@/server/protocol/ack';
import { canonicalJson } from '@/server/protocol/canonical-json';
import { encodeControl, type ControlMessage } from '@/server/protocol/control';
import type { JsonObject } from '@/server/protocol/exact-json';
import { encodeReceipt } from '@/server/protocol/receipt';
import { parseRowBatch, type RowBatch } from '@/server/protocol/row-batch';
import { parseSchemaObservation, type SchemaObservation } from '@/server/protocol/schema-observation';
import { parseTelemetryBatch, type TelemetryBatch } from '@/server/protocol/telemetry-batch';
import { CHANNELS, topicOf } from '@/server/protocol/topics';

interface MirrorRow {
  readonly version: readonly [epochMs: number, seq: bigint];
  /** Null for a tombstone. */
  readonly row: JsonObject | null;
}

/** What the fake worker does with a batch. */
export type Verdict = 'accept' | 'silent' | { readonly code: string; readonly detail: string };

export class FakeCloud {
  readonly batches: RowBatch[] = [];
  /** Payloads as received, in order, by batch id. */
  readonly payloads = new Map<string, Buffer[]>();
  readonly observations: SchemaObservation[] = [];
  readonly acks: string[] = [];
  readonly problems: string[] = [];
  verdict: (batch: RowBatch) => Verdict = () => 'accept';
  readonly telemetry: TelemetryBatch[] = [];
  /** The highest batch seq of a telemetry table; a test may begin with one. */
  readonly batchSeqs = new Map<string, bigint>();
  private readonly sampleRows = new Map<string, Map<string, string>>();
  private readonly mirrors = new Map<string, Map<string, MirrorRow>>();
  private readonly changed = new Set<() => void>();

  private constructor(
    private readonly broker: Aedes,
    private readonly server: Server,
    readonly root: string,
    readonly port: number,
  ) {
    broker.on('publish', (packet, client) => {
      if (client !== null) this.receive(packet.topic, Buffer.from(packet.payload));
    });
  }

  /** Listens on a free port of 127.0.0.1; `root` is the device's root topic. */
  static async start(root: string, port = 0): Promise<FakeCloud> {
    const broker = await Aedes.createBroker();
    const server = createServer(broker.handle);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    assert(typeof address === 'object' && address !== null, 'the server listens');
    return new FakeCloud(broker, server, root, address.port);
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** The rows of a table as the mirror would hold them, as canonical JSON by canonical key. */
  mirror(table: string): Map<string, string> {
    const rows = new Map<string, string>();
    for (const [key, { row }] of this.mirrors.get(table) ?? [])
      if (row !== null) rows.set(key, canonicalJson(row));
    return rows;
  }

  /** The samples of a table, as canonical JSON of their fields by row id. */
  samples(table: string): ReadonlyMap<string, string> {
    return this.sampleRows.get(table) ?? new Map();
  }

  batchesOf(table: string): RowBatch[] {
    return this.batches.filter((batch) => batch.sourceTable === table);
  }

  /** Resolves once `condition` holds; it is looked at again after every message. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.changed.delete(wake);
          resolve();
        };
        this.changed.add(wake);
      });
    }
  }

  async control(message: ControlMessage): Promise<void> {
    await this.publish(CHANNELS.ingestControl, encodeControl(message));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.broker.close(() => resolve()));
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async publish(channel: (typeof CHANNELS)[keyof typeof CHANNELS], payload: string): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.broker.publish(
        {
          cmd: 'publish',
          topic: topicOf(this.root, channel),
          payload: Buffer.from(payload),
          qos: 1,
          retain: false,
          dup: false,
        },
        (error) => (error ? reject(error) : resolve()),
      ),
    );
  }

  private receive(topic: string, payload: Buffer): void {
    if (topic === topicOf(this.root, CHANNELS.rowsBatch)) this.receiveBatch(payload);
    else if (topic === topicOf(this.root, CHANNELS.telemetryBatch)) this.receiveTelemetry(payload);
    else if (topic === topicOf(this.root, CHANNELS.ingestAck)) {
      const parsed = parseAck(payload);
      if (parsed.ok) this.acks.push(parsed.ack.controlId);
      else this.problems.push(JSON.stringify(parsed.rejection));
    } else if (topic === topicOf(this.root, CHANNELS.schemaObserve)) {
      const parsed = parseSchemaObservation(payload);
      if (parsed.ok) this.observations.push(parsed.observation);
      else this.problems.push(JSON.stringify(parsed.rejection));
    } else this.problems.push(`unexpected topic ${topic}`);
    for (const wake of [...this.changed]) wake();
  }

  private receiveBatch(payload: Buffer): void {
    const parsed = parseRowBatch(payload);
    if (!parsed.ok) {
      this.problems.push(JSON.stringify(parsed.rejection));
      return;
    }
    const { batch } = parsed;
    this.payloads.set(batch.batchId, [...(this.payloads.get(batch.batchId) ?? []), payload]);
    this.batches.push(batch);
    const verdict = this.verdict(batch);
    if (verdict === 'silent') return;
    const { batchId, sourceTable } = batch;
    const header = { batchId, sourceTable, serverWatermark: batch.lastCommitSeq };
    if (verdict !== 'accept') {
      void this.publish(
        CHANNELS.ingestReceipt,
        encodeReceipt({ ...header, outcome: 'rejected', ...verdict }),
      );
      return;
    }
    this.apply(batch);
    const rows = batch.rows.length;
    void this.publish(
      CHANNELS.ingestReceipt,
      encodeReceipt({ ...header, outcome: 'accepted', rows, duplicates: 0 }),
    );
  }

  private receiveTelemetry(payload: Buffer): void {
    const parsed = parseTelemetryBatch(payload);
    if (!parsed.ok) {
      this.problems.push(JSON.stringify(parsed.rejection));
      return;
    }
    const { batch } = parsed;
    const { batchId, sourceTable, batchSeq } = batch;
    const isRepeat = this.telemetry.some((known) => known.batchId === batchId);
    const highest = this.batchSeqs.get(sourceTable) ?? null;
    if (!isRepeat && highest !== null && batchSeq <= highest) {
      const code = batchSeq === highest ? 'duplicate_batch_seq' : 'stale_batch_seq';
      const refusal = { batchId, sourceTable, serverWatermark: highest, outcome: 'rejected', code } as const;
      void this.publish(CHANNELS.ingestReceipt, encodeReceipt({ ...refusal, detail: 'had before' }));
      return;
    }
    this.telemetry.push(batch);
    this.batchSeqs.set(sourceTable, batchSeq);
    const rows = this.sampleRows.get(sourceTable) ?? new Map<string, string>();
    this.sampleRows.set(sourceTable, rows);
    for (const row of batch.rows) rows.set(row.rowId ?? row.ts, canonicalJson(row.fields));
    const count = { rows: batch.rows.length, duplicates: 0, serverWatermark: batchSeq };
    void this.publish(
      CHANNELS.ingestReceipt,
      encodeReceipt({ batchId, sourceTable, outcome: 'accepted', ...count }),
    );
  }

  private apply(batch: RowBatch): void {
    const mirror = this.mirrors.get(batch.sourceTable) ?? new Map<string, MirrorRow>();
    this.mirrors.set(batch.sourceTable, mirror);
    const epochMs = uuidV7Ms(batch.journalEpoch);
    for (const change of batch.rows) {
      const key = canonicalJson(change.pk);
      const known = mirror.get(key)?.version;
      const isNewer =
        known === undefined || known[0] < epochMs || (known[0] === epochMs && known[1] < change.commitSeq);
      if (isNewer) mirror.set(key, { version: [epochMs, change.commitSeq], row: change.row });
    }
  }
}
