/**
 * The broker's questions, answered from Postgres. The credential's row is read at every connection, so that a
 * revocation takes effect at once; only the slow hash is remembered. While Postgres is away, a device that was
 * let in before is let in again, and any other is asked to come back.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { BrokerHooks, Denial } from '@/server/broker/broker-hooks';
import { Presence, recordDeviceEvent } from '@/server/broker/presence';
import { VerifiedPasswords } from '@/server/broker/verified-passwords';
import type { Db } from '@/server/db/client';
import { device, deviceCredential } from '@/server/db/schema/tenancy';
import { recordAccess } from '@/server/engine/devices/record-access';
import type { Clock } from '@/server/lib/clock';
import { verifyPassword } from '@/server/lib/password';

/** A match is believed for a day: it only counts against an unchanged row, or while no row can be read. */
const REMEMBERED = { matchMs: 24 * 3_600_000, mismatchMs: 10_000 };
/** One denial per device and kind is recorded in this time: a device that is wrong is wrong all day. */
const DENIAL_EVERY_MS = 60_000;
const DENIALS_KEPT_MAX = 10_000;
const TOPIC_CHARS_MAX = 500;
const ACCESS_OF = {
  connect: 'auth_failed',
  publish: 'publish_denied',
  subscribe: 'subscribe_denied',
} as const;

export class PgHooks implements BrokerHooks {
  private readonly verified: VerifiedPasswords;
  private readonly presence: Presence;
  /** The stored hash that each device was let in by: a connection must not outlive the password it was made with. */
  private readonly letInBy = new Map<string, string>();
  private readonly denials = new Map<string, number>();

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {
    this.verified = new VerifiedPasswords(() => clock.now().getTime(), REMEMBERED);
    this.presence = new Presence(db, clock, log);
    this.presence.start();
  }

  async authenticateDevice(username: string, password: string): Promise<boolean> {
    let stored: string | undefined;
    try {
      stored = await this.storedHash(username);
    } catch (error) {
      if (this.verified.recall(username, password) === true) return true;
      throw error;
    }
    if (stored === undefined) {
      this.verified.forget(username);
      return false;
    }
    const matched = await this.matches(username, password, stored);
    if (matched) this.letInBy.set(username, stored);
    return matched;
  }

  private async matches(username: string, password: string, stored: string): Promise<boolean> {
    const known = this.verified.recall(username, password, stored);
    if (known !== undefined) return known;
    const matched = await verifyPassword(password, stored);
    this.verified.keep(username, password, stored, matched);
    return matched;
  }

  async revokedAmong(usernames: readonly string[]): Promise<string[]> {
    const valid = await this.db.orm
      .select({ username: deviceCredential.username, passwordHash: deviceCredential.passwordHash })
      .from(deviceCredential)
      .where(and(inArray(deviceCredential.username, [...usernames]), isNull(deviceCredential.revokedAt)));
    const hashes = new Map(valid.map((row) => [row.username, row.passwordHash]));
    const revoked = usernames.filter((username) => {
      const stored = hashes.get(username);
      return stored === undefined || stored !== (this.letInBy.get(username) ?? stored);
    });
    for (const username of revoked) {
      this.verified.forget(username);
      this.letInBy.delete(username);
    }
    return revoked;
  }

  deviceConnected(username: string): void {
    this.presence.set(username, true);
  }

  deviceDisconnected(username: string): void {
    this.presence.set(username, false);
  }

  devicesSeen(usernames: readonly string[]): void {
    this.presence.touch(usernames);
  }

  denied(denial: Denial): void {
    const key = `${denial.action} ${denial.username}`;
    const nowMs = this.clock.now().getTime();
    const last = this.denials.get(key);
    if (last !== undefined && nowMs - last < DENIAL_EVERY_MS) return;
    if (this.denials.size >= DENIALS_KEPT_MAX) this.denials.clear();
    this.denials.set(key, nowMs);
    this.recordDenial(denial).catch((error: unknown) => this.log(`cannot record a denial: ${String(error)}`));
  }

  /** Writes what is left to write. */
  async stop(): Promise<void> {
    await this.presence.stop();
  }

  private async storedHash(username: string): Promise<string | undefined> {
    const [row] = await this.db.orm
      .select({ passwordHash: deviceCredential.passwordHash })
      .from(deviceCredential)
      .innerJoin(device, eq(device.id, deviceCredential.deviceId))
      .where(
        and(
          eq(deviceCredential.username, username),
          eq(device.rootTopic, username),
          isNull(deviceCredential.revokedAt),
        ),
      );
    return row?.passwordHash;
  }

  private async recordDenial({ username, action, topic, reason }: Denial): Promise<void> {
    const kind = ACCESS_OF[action];
    await recordAccess({ db: this.db, clock: this.clock }, { kind, username, topic, reason });
    // NUL is not allowed in MQTT, and is the one character that Postgres cannot store.
    const name = username.replaceAll('\0', '');
    const [row] = await this.db.orm.select().from(device).where(eq(device.rootTopic, name));
    this.log(`${action} of ${JSON.stringify(name)} denied: ${reason}`);
    if (row === undefined) return;
    const shown = topic?.replaceAll('\0', '').slice(0, TOPIC_CHARS_MAX) ?? null;
    await recordDeviceEvent(this.db, row, this.clock, 'device.denied', { action, topic: shown, reason });
  }
}
