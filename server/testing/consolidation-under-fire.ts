/**
 * Mirrors of single devices are consolidated by a worker process that is killed on the way, while the devices go on
 * sending. For the test and the bench: what ends in the shared mirror is compared row by row with what was written.
 */
import type { RootDb } from '@/server/db/client';
import { classifySqlError } from '@/server/db/sqlstate';
import { consolidate } from '@/server/engine/registry/consolidate';
import { getConsolidation } from '@/server/engine/registry/consolidation-jobs';
import type { RowChangeInput } from '@/server/protocol/row-batch-encode';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevicesIn,
  put,
  remove,
  type TestDevice,
} from './engine';
import type { Phase } from './one-shape';
import { setMode } from './registry';
import { makeTenancy, type TestTenancy } from './tenancy';
import type { WorkerProcess } from './worker-process';

const BATCH_ROWS = 2000;
const LOOK_MS = 20;

export interface Fire {
  devices: number;
  rowsEach: number;
  /** How often the worker is killed, spread over the copying. */
  kills: number;
  startWorker(): WorkerProcess;
  phase?: Phase;
}

export interface FireFacts {
  /** Of the dry run. */
  planned: { devices: number; rows: number; conflicting_devices: number };
  kills: number;
  moved: number;
  skipped: number;
  /** Changes that the devices made while their mirrors were moved. */
  liveChanges: number;
  /** Rows of the shared mirror that are not what was written last, or are missing. */
  wrong: string[];
}

interface Row {
  id: number;
  mode: string;
  setpoint: number;
}

/** One device, and what of its writes must be there in the end. */
class Writer {
  readonly expected = new Map<number, Row>();
  private seq = 1;

  constructor(readonly device: TestDevice) {}

  async fill(rows: number): Promise<void> {
    for (let from = 0; from < rows; from += BATCH_ROWS) {
      const count = Math.min(BATCH_ROWS, rows - from);
      await this.send(Array.from({ length: count }, (_, n) => this.change(from + n, 'before')));
    }
  }

  /** Some rows in newer versions, one that is new, and one that goes. */
  async goOn(round: number): Promise<number> {
    const spread = Math.max(1, this.expected.size);
    const gone = (round * 7919) % spread;
    const changes = [
      this.change((round * 104_729) % spread, `live ${String(round)}`),
      this.change((round * 15_485_863) % spread, `live ${String(round)}`),
      this.change(10_000_000 + round, `new ${String(round)}`),
    ];
    this.expected.delete(gone);
    changes.push(remove(this.seq++, gone));
    await this.send(changes);
    return changes.length;
  }

  private change(id: number, mode: string): RowChangeInput {
    const row = { id, mode, setpoint: this.seq };
    this.expected.set(id, row);
    return put(this.seq++, row);
  }

  /** As the worker takes a batch: what is the database's passing trouble is tried again. */
  private async send(rows: RowChangeInput[]): Promise<void> {
    const outcome = await this.device.send(DEVICE_STATE, rows).catch((error: unknown) => {
      if (classifySqlError(error) === 'transient') return this.device.send(DEVICE_STATE, rows);
      throw error;
    });
    if (outcome.kind !== 'accepted') throw new Error(`a batch was rejected: ${outcome.detail}`);
  }
}

const lookAgain = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/** Runs the job in worker processes to its end, killing one whenever another share of the rows has been copied. */
async function runKilled(
  fire: Fire,
  read: () => Promise<{ done: boolean; copied: number }>,
): Promise<number> {
  const total = fire.devices * fire.rowsEach;
  let kills = 0;
  let worker = fire.startWorker();
  for (;;) {
    const { done, copied } = await read();
    if (done) break;
    if (kills < fire.kills && copied >= (total * (kills + 1)) / (fire.kills + 1)) {
      await worker.kill();
      kills += 1;
      worker = fire.startWorker();
    }
    await lookAgain();
  }
  await worker.stop();
  return kills;
}

async function wrongRows(db: RootDb, tenancy: TestTenancy, writers: readonly Writer[]): Promise<string[]> {
  const missing = new Map(writers.map(({ device, expected }) => [device.id, new Map(expected)]));
  const wrong: string[] = [];
  const [mirror] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${tenancy.fleetId}`;
  const rows = db.sql<(Row & { device_id: string })[]>`
    select device_id, id::float8 as id, mode, setpoint from tidegate_mirror.${db.sql(mirror?.table_name ?? '')}`;
  for await (const page of rows.cursor(5000))
    for (const { device_id: deviceId, ...row } of page) {
      const written = missing.get(deviceId)?.get(row.id);
      if (written?.mode === row.mode && written.setpoint === row.setpoint)
        missing.get(deviceId)?.delete(row.id);
      else wrong.push(`not written: ${deviceId} ${JSON.stringify(row)}`);
    }
  for (const [deviceId, left] of missing)
    for (const row of left.values()) wrong.push(`missing: ${deviceId} ${JSON.stringify(row)}`);
  return wrong;
}

/** `none` to `fleet` for as many mirrors as wanted, from the dry run to the comparison. */
export async function consolidateUnderFire(db: RootDb, fire: Fire): Promise<FireFacts> {
  const { devices: count, rowsEach, phase = (_, __, run) => run() } = fire;
  const tenancy = await makeTenancy(db);
  const devices = await makeDevicesIn(db, tenancy, count, 'pump');
  const writers = devices.map((device) => new Writer(device));
  await phase('mirrors of single devices', count * rowsEach, async () => {
    for (const writer of writers) {
      await writer.fill(1);
      await approveNewest(db, writer.device, DEVICE_STATE);
      await drainReplays(db);
      await writer.fill(rowsEach);
    }
  });
  await setMode(tenancy, 'fleet');
  const target = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId, fleetId: tenancy.fleetId };
  const job = { ...target, sourceTable: DEVICE_STATE.name };
  const plan = await phase('dry run', 0, () => consolidate({ ...job, input: { dry_run: true } }));
  const started = await consolidate({ ...job, input: { dry_run: false } });
  const consolidationId = started.job?.id ?? '';
  let isOver = false;
  let liveChanges = 0;
  const traffic = async () => {
    for (let round = 1; !isOver; round += 1)
      for (const writer of writers) if (!isOver) liveChanges += await writer.goOn(round);
  };
  const flowing = traffic();
  const kills = await phase('consolidation under live traffic', count * rowsEach, () =>
    runKilled(fire, async () => {
      const { status, copied_rows: copied } = await getConsolidation({ ...target, consolidationId });
      return { done: status === 'completed', copied };
    }).finally(() => (isOver = true)),
  );
  await flowing;
  const { moved_devices: moved, skipped_devices: skipped } = await getConsolidation({
    ...target,
    consolidationId,
  });
  const { devices: planned, rows, conflicting_devices } = plan;
  return {
    planned: { devices: planned, rows, conflicting_devices },
    kills,
    moved,
    skipped,
    liveChanges,
    wrong: await wrongRows(db, tenancy, writers),
  };
}
