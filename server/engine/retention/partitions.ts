// Time partitions: made ahead, and dropped whole once everything in them is past its retention. What no partition
// is made for lands in the default one, at once, and moves when its partition is made. Without the move Postgres
// refuses the partition; without the default a device with a wrong clock could not deliver at all.
import type { Db } from '@/server/db/client';
import { quoteIdentifier } from '@/server/db/identifier';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import type { Ctx } from '../context/context';
import { alone, inChunks } from './alone';
import { nextPeriod, partitionName, periodStart, type Period } from './periods';

/** A table of the schema `tidegate` that is partitioned by time. */
export interface TimePartitioned {
  table: string;
  /** The partition of everything else. */
  other: string;
  column: string;
  period: Period;
}

export const TELEMETRY_VALUES: TimePartitioned = {
  table: 'telemetry_data_point_value',
  other: 'telemetry_data_point_value_other',
  column: 'ts',
  period: 'month',
};

export const BATCH_LEDGER: TimePartitioned = {
  table: 'batch_ledger',
  other: 'batch_ledger_other',
  column: 'received_at',
  period: 'week',
};

/** How many periods after the current one have their partition. */
const PERIODS_AHEAD = 2;
const ROWS_PER_CHUNK = 5_000;

export interface TimePartition {
  name: string;
  /** The moment from which on it holds nothing; null for the default partition. */
  end: Date | null;
}

const qualified = (name: string): string => `tidegate.${quoteIdentifier(name)}`;

/** The partitions of a table; null where it is no partitioned table but a hypertable of the extension. */
export async function partitionsOf(db: Db, { table }: TimePartitioned): Promise<TimePartition[] | null> {
  const rows = await db.sql<{ kind: string; name: string | null; end: string | null }[]>`
    select p.relkind as kind, c.relname as name,
      (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$TO \\('([^']+)'\\)$$))[1]::timestamptz as end
    from pg_class p
    left join pg_inherits i on i.inhparent = p.oid
    left join pg_class c on c.oid = i.inhrelid
    where p.oid = to_regclass(${`tidegate.${table}`}::text)
    order by 3, 2`;
  if (rows[0]?.kind !== 'p') return null;
  return rows.flatMap(({ name, end }) =>
    name === null ? [] : [{ name, end: end === null ? null : new Date(rfc3339(end)) }],
  );
}

/**
 * Makes the partitions of this period and the next ones, and those of everything since `floor` that waits in the
 * default partition. Returns the names of those made.
 */
export async function makePartitions(
  ctx: Ctx,
  of: TimePartitioned,
  floor: Date,
  signal: AbortSignal,
): Promise<string[]> {
  const there = await partitionsOf(ctx.db, of);
  if (there === null) return [];
  const names = new Set(there.map(({ name }) => name));
  const made: string[] = [];
  for (const start of await wantedPeriods(ctx, of, floor)) {
    const name = partitionName(of.table, start);
    if (signal.aborted) break;
    if (names.has(name)) continue;
    const isMade = await alone(ctx, async ({ db }) => {
      // Another worker may have made it since.
      if ((await partitionsOf(db, of))?.some((p) => p.name === name) === true) return false;
      await makePartition(db, of, name, start);
      return true;
    });
    if (isMade === true) made.push(name);
  }
  return made;
}

async function wantedPeriods(ctx: Ctx, of: TimePartitioned, floor: Date): Promise<Date[]> {
  const wanted = new Map<number, Date>();
  let start = periodStart(ctx.clock.now(), of.period);
  for (let i = 0; i <= PERIODS_AHEAD; i += 1) {
    wanted.set(start.getTime(), start);
    start = nextPeriod(start, of.period);
  }
  const end = start;
  let from = floor;
  while (from < end) {
    const [waiting] = await ctx.db.sql.unsafe<{ first: string | null }[]>(
      `select min(${of.column}) as first from ${qualified(of.other)} where ${of.column} >= $1 and ${of.column} < $2`,
      [from.toISOString(), end.toISOString()],
    );
    const first = rfc3339OrNull(waiting?.first ?? null);
    if (first === null) break;
    const period = periodStart(new Date(first), of.period);
    wanted.set(period.getTime(), period);
    from = nextPeriod(period, of.period);
  }
  return [...wanted.values()];
}

/** Makes one partition and moves into it what waits in the default one. Bounds are our own dates, never text from outside. */
async function makePartition(db: Db, of: TimePartitioned, name: string, start: Date): Promise<void> {
  const [from, to] = [start, nextPeriod(start, of.period)].map((at) => `'${at.toISOString()}'`);
  // From here to the commit nobody writes to the default partition: a row written between the move and the
  // attachment would make it fail.
  await db.sql.unsafe(`lock table ${qualified(of.other)} in access exclusive mode`);
  await db.sql.unsafe(
    `create table ${qualified(name)} (like ${qualified(of.table)} including defaults including constraints including storage)`,
  );
  await db.sql.unsafe(
    `with moved as (delete from ${qualified(of.other)} where ${of.column} >= ${from} and ${of.column} < ${to} returning *)
     insert into ${qualified(name)} select * from moved`,
  );
  await db.sql.unsafe(
    `alter table ${qualified(of.table)} attach partition ${qualified(name)} for values from (${from}) to (${to})`,
  );
}

/** Drops the partitions that end by `floor`, and deletes what is older from the default one. */
export async function dropOldPartitions(
  ctx: Ctx,
  of: TimePartitioned,
  floor: Date,
  signal: AbortSignal,
): Promise<{ dropped: string[]; strayRows: number }> {
  const there = await partitionsOf(ctx.db, of);
  if (there === null) return dropChunks(ctx, of, floor);
  const dropped: string[] = [];
  for (const { name, end } of there) {
    if (end === null || end > floor || signal.aborted) continue;
    const isGone = await alone(ctx, async ({ db }) => {
      await db.sql.unsafe(`drop table if exists ${qualified(name)}`);
      return true;
    });
    if (isGone === true) dropped.push(name);
  }
  const strayRows = await inChunks(ctx, signal, ROWS_PER_CHUNK, async ({ db }, rowsMax) => {
    const gone = await db.sql.unsafe(
      `delete from ${qualified(of.other)} where ctid = any(array(
         select ctid from ${qualified(of.other)} where ${of.column} < $1 order by ${of.column} limit ${rowsMax}))`,
      [floor.toISOString()],
    );
    return gone.count;
  });
  return { dropped, strayRows };
}

/** The same for a hypertable, which makes its chunks by itself. */
async function dropChunks(
  ctx: Ctx,
  of: TimePartitioned,
  floor: Date,
): Promise<{ dropped: string[]; strayRows: number }> {
  const dropped = await alone(ctx, async ({ db }) => {
    const [extension] = await db.sql<{ schema: string }[]>`
      select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'timescaledb'`;
    if (extension === undefined) return [];
    const rows = await db.sql.unsafe<{ name: string }[]>(
      `select ${quoteIdentifier(extension.schema)}.drop_chunks($1::regclass, older_than => $2::timestamptz)::text as name`,
      [`tidegate.${of.table}`, floor.toISOString()],
    );
    return rows.map(({ name }) => name);
  });
  return { dropped: dropped ?? [], strayRows: 0 };
}
