/** A device on the wire, sending row batches of `device_state` and waiting for their receipts. */
import { expect, vi } from 'vitest';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch, type RowChangeInput } from '@/server/protocol/row-batch-encode';
import { CHANNELS } from '@/server/protocol/topics';
import { approveNewest, DEVICE_STATE, hashOf, makeDevice, put, type TestDevice } from './engine';
import { LONG, type Live, type LiveClient } from './live';

export interface LiveDevice extends TestDevice {
  client: LiveClient;
  /** Encodes a batch of this device's journal. */
  batch(rows: readonly RowChangeInput[], batchId?: string): string;
  /** Sends payloads, all at once, and resolves with their receipts once the last has come. */
  deliver(...payloads: string[]): Promise<Record<string, unknown>[]>;
  lineage(): Promise<LineageState>;
  /** The controls that the device has heard, without repeats. */
  controls(): Record<string, unknown>[];
  acknowledge(controlId: unknown): Promise<void>;
}

export interface LineageState {
  id: string;
  causes: string[];
  staged: number;
  stagedBytes: number;
  accepted: number;
  duplicates: number;
  failures: number;
  watermark: number;
}

/** For the receipts of as many batches as a test sends at once. */
const MANY = { ...LONG, timeout: 200_000 };

const batchIdOf = (payload: string): unknown => (JSON.parse(payload) as Record<string, unknown>)['batch_id'];

/** Registers and connects a device. A worker has to be running before it delivers anything. */
export async function liveDevice(place: Live, name: string): Promise<LiveDevice> {
  const device = await makeDevice(place.db, name);
  const client = await place.connect(device);
  const journalEpoch = uuidV7();
  return {
    ...device,
    client,
    batch: (rows, batchId = uuidV7()) =>
      encodeRowBatch({
        batchId,
        journalEpoch,
        sourceTable: DEVICE_STATE.name,
        schemaHash: hashOf(DEVICE_STATE),
        schemaColumns: DEVICE_STATE.columns,
        rows,
      }),
    deliver: async (...payloads) => {
      const ids = payloads.map(batchIdOf);
      const before = client.heard('ingestReceipt').length;
      await Promise.all(payloads.map((payload) => client.publish(CHANNELS.rowsBatch, payload)));
      const receipts = () =>
        client
          .heard('ingestReceipt')
          .slice(before)
          .filter((r) => ids.includes(r['batch_id']));
      await vi.waitFor(() => expect(receipts().length).toBeGreaterThanOrEqual(ids.length), MANY);
      return receipts();
    },
    lineage: () => lineageOf(place, device.id),
    controls: () => [
      ...new Map(client.heard('ingestControl').map((control) => [control['control_id'], control])).values(),
    ],
    acknowledge: (controlId) =>
      client.publish(CHANNELS.ingestAck, JSON.stringify({ format_version: 1, control_id: controlId })),
  };
}

async function lineageOf({ db }: Live, deviceId: string): Promise<LineageState> {
  const [row] = await db.sql<LineageState[]>`
    select l.id, staged_rows::float8 as staged, staged_bytes::float8 as "stagedBytes",
      accepted_rows::float8 as accepted, duplicate_rows::float8 as duplicates, failure_count as failures,
      watermark_seq::float8 as watermark,
      array(select cause from tidegate.pause_cause p where p.lineage_id = l.id order by 1) as causes
    from tidegate.lineage l where l.device_id = ${deviceId}`;
  if (row === undefined) throw new Error('the device has no lineage');
  return row;
}

/** A live device whose first row (id 0, seq 1) has been approved and is in the mirror. */
export async function approvedLiveDevice(place: Live, name: string): Promise<LiveDevice> {
  const device = await liveDevice(place, name);
  await device.deliver(device.batch([put(1, { id: 0, mode: 'first', setpoint: 0 })]));
  await approveNewest(place.db, device, DEVICE_STATE);
  await vi.waitFor(async () => expect(await device.lineage()).toMatchObject({ staged: 0, causes: [] }), LONG);
  return device;
}
