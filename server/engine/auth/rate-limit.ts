// How often somebody may try, counted in Postgres so that N web processes allow no more than one. The count is
// taken before the work: counting afterwards would let parallel guesses slip by.
import { createHash } from 'node:crypto';
import type { Db } from '@/server/db/client';
import { only } from '@/server/lib/assert';
import type { Clock } from '@/server/lib/clock';

export interface RateRule {
  /** What the key's values are, e.g. `token`; two rules never share a count. */
  name: string;
  max: number;
  windowMs: number;
}

export interface RateCount {
  db: Db;
  clock: Clock;
  rule: RateRule;
  key: string;
}

export interface Granted {
  /** 0 to what was asked for. */
  granted: number;
  endsAtMs: number;
}

/** What is kept of a key: bounded in length, and no e-mail address lies about. */
const keyOf = ({ rule, key }: RateCount): string =>
  `${rule.name}:${createHash('sha256').update(key).digest('base64url')}`;

/** Takes up to `wanted` of what the key has left in its window; the first take opens the window. */
export async function takeShared(count: RateCount, wanted: number): Promise<Granted> {
  const { db, clock, rule } = count;
  const now = clock.now();
  const ends = new Date(now.getTime() + rule.windowMs).toISOString();
  const row = only(
    await db.sql<{ taken: number; ends_at: string }[]>`
      insert into tidegate.rate_window as w (key, started_at, ends_at, taken)
      values (${keyOf(count)}, ${now.toISOString()}, ${ends}, ${wanted})
      on conflict (key) do update set
        started_at = case when w.ends_at <= excluded.started_at then excluded.started_at else w.started_at end,
        ends_at = case when w.ends_at <= excluded.started_at then excluded.ends_at else w.ends_at end,
        taken = case when w.ends_at <= excluded.started_at then excluded.taken
          else least(w.taken, ${rule.max}::int) + excluded.taken end
      returning taken, ends_at`,
  );
  const granted = Math.max(0, wanted - Math.max(0, row.taken - rule.max));
  return { granted, endsAtMs: Date.parse(row.ends_at) };
}

/** Takes back one, after a success. */
export async function giveBack(count: RateCount): Promise<void> {
  await count.db.sql`
    update tidegate.rate_window set taken = taken - 1 where key = ${keyOf(count)} and taken > 0`;
}

/** Takes back everything counted for the key. */
export async function forgetCount(count: RateCount): Promise<void> {
  await count.db.sql`delete from tidegate.rate_window where key = ${keyOf(count)}`;
}

/** Whole seconds until the window ends, at least one. */
export const secondsUntil = (endsAtMs: number, clock: Clock): number =>
  Math.max(1, Math.ceil((endsAtMs - clock.now().getTime()) / 1000));

/** Removes windows that are over. */
export async function sweepRateWindows({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  await db.sql`delete from tidegate.rate_window where ends_at < ${clock.now().toISOString()}`;
}
