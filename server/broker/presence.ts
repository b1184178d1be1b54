/**
 * Which devices are connected, written to Postgres behind the broker's back. Only the newest state of a device is
 * kept for writing: while Postgres is away the broker serves on, and what is written at last is what is true then.
 */
import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { EventKind } from '@/server/contract/event-kinds';
import type { Db } from '@/server/db/client';
import { ring } from '@/server/db/notify';
import { control } from '@/server/db/schema/downlink';
import { device } from '@/server/db/schema/tenancy';
import type { Ctx } from '@/server/engine/context/context';
import { recordAccess } from '@/server/engine/devices/record-access';
import { recordEvent } from '@/server/engine/events/record-event';
import { backoffMs } from '@/server/lib/backoff';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';

const RETRY = { baseMs: 200, capMs: 10_000 };
const PER_TRANSACTION_MAX = 100;

type DeviceRow = Pick<typeof device.$inferSelect, 'id' | 'name' | 'orgId' | 'projectId' | 'fleetId'>;

/** What an event of a device is recorded with. */
export function deviceContext(db: Db, row: DeviceRow, clock: Clock): Ctx {
  const actor = { kind: 'device', id: row.id, label: row.name } as const;
  return { db, actor, orgId: row.orgId, permissions: new Set(), correlationId: uuidV7(), clock };
}

/** Writes one event of a device in the transaction of `db`. */
export async function recordDeviceEvent(
  db: Db,
  row: DeviceRow,
  clock: Clock,
  kind: EventKind,
  data: Record<string, unknown> = {},
): Promise<void> {
  const { id: deviceId, orgId, projectId, fleetId } = row;
  const subject = { kind: 'device', id: deviceId };
  await recordEvent(deviceContext(db, row, clock), {
    kind,
    subject,
    orgId,
    projectId,
    fleetId,
    deviceId,
    data,
  });
}

export class Presence {
  private readonly wanted = new Map<string, boolean>();
  private readonly seen = new Set<string>();
  private mustReset = true;
  private stopped = false;
  private working: Promise<void> | undefined;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  /** Begins by clearing what a killed broker left: nobody is connected to a broker that has just started. */
  start(): void {
    this.wake();
  }

  /** The device is connected from now on, or not. */
  set(username: string, connected: boolean): void {
    this.wanted.set(username, connected);
    this.wake();
  }

  /** The devices have sent something just now. */
  touch(usernames: readonly string[]): void {
    for (const username of usernames) this.seen.add(username);
    this.wake();
  }

  /** Writes what is left, once, and ends. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.working;
  }

  private get hasWork(): boolean {
    return this.mustReset || this.wanted.size > 0 || this.seen.size > 0;
  }

  private wake(): void {
    if (this.hasWork) this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    // What arrives in this turn of the event loop is written together.
    await new Promise((resolve) => setImmediate(resolve));
    for (let failures = 0; this.hasWork;) {
      try {
        await this.writeSome();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) this.log(`cannot record who is connected, trying again: ${String(error)}`);
        if (this.stopped) return;
        await new Promise((resolve) => setTimeout(resolve, backoffMs(failures, RETRY)));
      }
    }
  }

  private async writeSome(): Promise<void> {
    if (this.mustReset) {
      await this.db.transaction((db) => this.disconnectAll(db));
      this.mustReset = false;
    }
    const changes = [...this.wanted].slice(0, PER_TRANSACTION_MAX);
    const touched = [...this.seen];
    await this.db.transaction(async (db) => {
      for (const [username, connected] of changes) await this.write(db, username, connected);
      if (touched.length > 0) await this.writeSeen(db, touched);
    });
    // A newer state may have come while this one was written; only what was written is taken away.
    for (const [username, connected] of changes) {
      if (this.wanted.get(username) === connected) this.wanted.delete(username);
    }
    for (const username of touched) this.seen.delete(username);
  }

  private async write(db: Db, username: string, connected: boolean): Promise<void> {
    const now = this.clock.now();
    const [row] = await db.orm
      .update(device)
      .set({ connected, lastSeenAt: now, ...(connected ? { connectedAt: now } : {}) })
      .where(and(eq(device.rootTopic, username), ne(device.connected, connected)))
      .returning();
    if (row !== undefined)
      await recordDeviceEvent(db, row, this.clock, connected ? 'device.connected' : 'device.disconnected');
    // It came and went, or went and came, before anybody wrote it down: it was here all the same.
    else await this.writeSeen(db, [username]);
    await recordAccess(
      { db, clock: this.clock },
      { kind: connected ? 'connected' : 'disconnected', username },
    );
    // Also where it was gone so shortly that nobody wrote it down: what it was sent meanwhile may be lost.
    if (connected) await this.makeControlsDue(db, username);
  }

  private async writeSeen(db: Db, usernames: readonly string[]): Promise<void> {
    await db.orm
      .update(device)
      .set({ lastSeenAt: this.clock.now() })
      .where(inArray(device.rootTopic, [...usernames]));
  }

  /** What the device has not acknowledged is sent again at once, not when its delay is over. */
  private async makeControlsDue(db: Db, username: string): Promise<void> {
    const itself = db.orm.select({ id: device.id }).from(device).where(eq(device.rootTopic, username));
    const due = await db.orm
      .update(control)
      .set({ nextSendAt: this.clock.now() })
      .where(
        and(inArray(control.deviceId, itself), isNull(control.acknowledgedAt), isNull(control.supersededAt)),
      )
      .returning({ id: control.id });
    if (due.length > 0) await ring(db, 'control');
  }

  private async disconnectAll(db: Db): Promise<void> {
    const rows = await db.orm
      .update(device)
      .set({ connected: false })
      .where(eq(device.connected, true))
      .returning();
    for (const row of rows) {
      await recordDeviceEvent(db, row, this.clock, 'device.disconnected', {
        reason: 'the broker was restarted',
      });
    }
  }
}
