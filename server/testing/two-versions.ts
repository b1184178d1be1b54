/**
 * A fleet in the middle of a rollout: half of it on a schema, half on a wider one, all in one shared mirror, devices
 * going over and back while data flows. For the test and the bench.
 */
import type { RootDb } from '@/server/db/client';
import type { RowChangeInput } from '@/server/protocol/row-batch-encode';
import {
  DEVICE_STATE,
  drainReplays,
  makeDevicesIn,
  put,
  remove,
  type TestDevice,
  type TestTable,
} from './engine';
import { approveShared, setMode, sharedRows } from './registry';
import { makeTenancy, type TestTenancy } from './tenancy';

/** Sends at once; more would only wait for a connection. */
const LANES = 16;
/** How often each device changes its version. */
const CHANGES = 3;
const ROWS = 3;

const WIDER: TestTable = {
  name: DEVICE_STATE.name,
  columns: [
    ...DEVICE_STATE.columns,
    { name: 'fan', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
  ],
};
const VERSIONS = [DEVICE_STATE, WIDER] as const;

export interface RolloutFacts {
  mirrors: number;
  registryReviews: number;
  deviceReviews: number;
  paused: number;
  stagedRows: number;
  /** Rows of the shared mirror that are not what the device wrote last, or are missing. */
  wrong: string[];
}

/** What a device has written, and what of it must be there. */
class Writer {
  readonly expected = new Map<number, object>();
  private seq = 1;
  private sent: { table: TestTable; rows: RowChangeInput[] } | null = null;

  constructor(
    readonly device: TestDevice,
    private version: 0 | 1,
  ) {}

  /** A batch on the version it has now: some rows anew, and one gone. */
  async write(round: number): Promise<void> {
    const table = VERSIONS[this.version];
    const rows = Array.from({ length: ROWS }, (_, n) => {
      const row = {
        id: n + (round % 2),
        mode: `${String(round)} on ${String(this.version)}`,
        setpoint: round,
        ...(this.version === 1 ? { fan: round * 10 } : {}),
      };
      this.expected.set(row.id, { fan: null, ...row });
      return put(this.seq++, row);
    });
    this.expected.delete(0);
    rows.push(remove(this.seq++, 0));
    await this.send(table, rows);
    // What was sent before, on the other version, comes once more and late.
    if (this.sent !== null) await this.send(this.sent.table, this.sent.rows);
    this.sent = { table, rows };
  }

  goOver(): void {
    this.version = this.version === 0 ? 1 : 0;
  }

  private async send(table: TestTable, rows: RowChangeInput[]): Promise<void> {
    const outcome = await this.device.send(table, rows);
    if (outcome.kind !== 'accepted') throw new Error(`a batch was rejected: ${outcome.detail}`);
  }
}

async function each(writers: readonly Writer[], run: (writer: Writer) => Promise<void>): Promise<void> {
  const queue = writers.values();
  const lane = async () => {
    for (const writer of queue) await run(writer);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function wrongRows(db: RootDb, tenancy: TestTenancy, writers: readonly Writer[]): Promise<string[]> {
  const keyOf = (deviceId: unknown, row: object): string =>
    JSON.stringify([deviceId, ...Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))]);
  const missing = new Set(
    writers.flatMap(({ device, expected }) => [...expected.values()].map((row) => keyOf(device.id, row))),
  );
  const rows = await sharedRows(db, tenancy.projectId, DEVICE_STATE.name);
  const unsent = rows
    .map(({ device_id: deviceId, ...row }) => keyOf(deviceId, row))
    .filter((row) => !missing.delete(row));
  return [...unsent.map((row) => `not written: ${row}`), ...[...missing].map((row) => `missing: ${row}`)];
}

/** Half of `size` devices on each version, decided once each; then all go over and back, one by one. */
export async function rollOut(db: RootDb, size: number): Promise<RolloutFacts> {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const devices = await makeDevicesIn(db, tenancy, size, 'pump');
  const writers = devices.map((device, i) => new Writer(device, i % 2 === 0 ? 0 : 1));
  for (const version of [0, 1] as const) {
    await each(
      writers.filter((_, i) => i % 2 === version),
      (writer) => writer.write(0),
    );
    await approveShared(tenancy, VERSIONS[version]);
  }
  // The replays of the approvals run beside what comes in.
  const replays = drainReplays(db);
  for (let round = 1; round <= CHANGES; round += 1) {
    await each(writers, async (writer) => {
      await writer.write(2 * round);
      writer.goOver();
      await writer.write(2 * round + 1);
    });
  }
  await replays;
  await drainReplays(db);
  const [counted] = await db.sql<Omit<RolloutFacts, 'wrong'>[]>`
    select
      (select count(*)::int from tidegate.mirror m where m.project_id = p.id) as mirrors,
      (select count(*)::int from tidegate.registry_review r where r.project_id = p.id) as "registryReviews",
      (select count(*)::int from tidegate.schema_review r where r.project_id = p.id) as "deviceReviews",
      (select count(*)::int from tidegate.pause_cause c join tidegate.lineage l on l.id = c.lineage_id
       where l.project_id = p.id) as paused,
      (select coalesce(sum(l.staged_rows), 0)::int from tidegate.lineage l where l.project_id = p.id) as "stagedRows"
    from tidegate.project p where p.id = ${tenancy.projectId}`;
  if (counted === undefined) throw new Error('the project is gone');
  return { ...counted, wrong: await wrongRows(db, tenancy, writers) };
}
