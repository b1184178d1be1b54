// A minute's totals of every project, for the charts. The minute is the key: however many workers try, one
// sample is kept, and a worker that comes late to a minute changes nothing.
import type { Ctx } from '../context/context';

const KEPT_DAYS = 31;
const MINUTE_MS = 60_000;

/** Samples the minute that has begun, unless that is done. Answers the milliseconds until the next one begins. */
export async function sampleActivity({ db, clock }: Ctx): Promise<number> {
  const nowMs = clock.now().getTime();
  const minute = new Date(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS).toISOString();
  const [done] = await db.sql`select 1 from tidegate.activity_sample where at = ${minute} limit 1`;
  if (done === undefined) {
    await db.sql`
      insert into tidegate.activity_sample (project_id, at, accepted_rows, staged_rows, staged_bytes)
      select project_id, ${minute}::text::timestamptz, sum(accepted_rows), sum(staged_rows), sum(staged_bytes)
      from tidegate.lineage group by project_id
      on conflict do nothing`;
    await db.sql`
      delete from tidegate.activity_sample
      where at < ${minute}::text::timestamptz - make_interval(days => ${KEPT_DAYS})`;
  }
  return MINUTE_MS - (nowMs % MINUTE_MS);
}
