/**
 * Remembers which passwords have been checked, so that ten thousand devices that reconnect at once do not cost ten
 * thousand slow hashes. An entry holds only against the stored hash that it was checked with: a new password or a
 * revocation makes it worthless at the next look at the table. Kept in memory only, under a key of this process.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ENTRIES_MAX = 50_000;

interface Entry {
  storedHash: string;
  digest: Buffer;
  matched: boolean;
  untilMs: number;
}

export class VerifiedPasswords {
  private readonly key = randomBytes(32);
  private readonly entries = new Map<string, Entry>();

  /** `nowMs` gives the time; a match is believed for `matchMs`, a mismatch for `mismatchMs`. */
  constructor(
    private readonly nowMs: () => number,
    private readonly lifetimes: { matchMs: number; mismatchMs: number },
  ) {}

  /**
   * What an earlier check of this password said; undefined when there was none. Without `storedHash` (the table
   * cannot be read now) the last match counts, whatever it was checked against.
   */
  recall(username: string, password: string, storedHash?: string): boolean | undefined {
    const entry = this.entries.get(username);
    if (!entry || entry.untilMs <= this.nowMs()) return undefined;
    if (storedHash !== undefined && entry.storedHash !== storedHash) return undefined;
    if (!timingSafeEqual(entry.digest, this.digest(password))) return undefined;
    return storedHash === undefined && !entry.matched ? undefined : entry.matched;
  }

  /** Keeps the outcome of a check. A mismatch never pushes out a match: a stranger could else cost the device its place. */
  keep(username: string, password: string, storedHash: string, matched: boolean): void {
    const known = this.entries.get(username);
    if (!matched && known?.matched && known.storedHash === storedHash && known.untilMs > this.nowMs()) return;
    this.entries.delete(username);
    const lifetimeMs = matched ? this.lifetimes.matchMs : this.lifetimes.mismatchMs;
    const untilMs = this.nowMs() + lifetimeMs;
    this.entries.set(username, { storedHash, digest: this.digest(password), matched, untilMs });
    if (this.entries.size <= ENTRIES_MAX) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }

  /** Forgets a user, as after a revocation. */
  forget(username: string): void {
    this.entries.delete(username);
  }

  private digest(password: string): Buffer {
    return createHmac('sha256', this.key).update(password).digest();
  }
}
