// A rate limit for what comes often. A process takes its share in handfuls and spends them by itself, so that
// not every request is a write; a key that has nothing left costs no statement until its window ends. What is
// left of a handful is lost to the other processes, never spent twice: the limit errs on the strict side.
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { secondsUntil, takeShared, type RateRule } from './rate-limit';

const KEYS_MAX = 50_000;
/** Handfuls in a limit. */
const SHARES = 40;

interface Lease {
  left: number;
  endsAtMs: number;
  isSpent: boolean;
}

export class LeasedRate {
  private readonly leases = new Map<string, Lease>();
  private readonly refilling = new Map<string, Promise<void>>();

  constructor(
    private readonly rule: RateRule,
    private readonly clock: Clock,
  ) {}

  /** Takes one for `key`: 0, or the seconds to wait. */
  async take(db: Db, key: string): Promise<number> {
    for (;;) {
      const lease = this.leases.get(key);
      if (lease !== undefined && lease.endsAtMs > this.clock.now().getTime()) {
        if (lease.left > 0) {
          lease.left -= 1;
          return 0;
        }
        if (lease.isSpent) return secondsUntil(lease.endsAtMs, this.clock);
      }
      await this.refillOnce(db, key);
    }
  }

  /** Those that come together wait for one statement. */
  private refillOnce(db: Db, key: string): Promise<void> {
    const under = this.refilling.get(key);
    if (under !== undefined) return under;
    const started = this.refill(db, key).finally(() => this.refilling.delete(key));
    this.refilling.set(key, started);
    return started;
  }

  private async refill(db: Db, key: string): Promise<void> {
    const wanted = Math.max(1, Math.floor(this.rule.max / SHARES));
    const { granted, endsAtMs } = await takeShared({ db, clock: this.clock, rule: this.rule, key }, wanted);
    this.leases.delete(key);
    this.leases.set(key, { left: granted, endsAtMs, isSpent: granted < wanted });
    for (const oldest of this.leases.keys()) {
      if (this.leases.size <= KEYS_MAX) break;
      this.leases.delete(oldest);
    }
  }
}
