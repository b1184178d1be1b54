// What a round did is kept for a month, so that an operator can see that it runs and what it took away. Rounds that
// took nothing away leave no row each: the newest of them is renewed.
import type { Ctx } from '../context/context';
import type { Retained, RetentionSettings } from './retained';

const KEPT_DAYS = 30;

/** Notes a round; `error` is why a step of it failed. */
export async function noteRound(
  { db: { sql }, clock }: Ctx,
  settings: RetentionSettings,
  { partitionsDropped, rowsDeleted }: Retained,
  error: string | null,
): Promise<void> {
  const at = clock.now().toISOString();
  const deleted = Object.fromEntries(Object.entries(rowsDeleted).filter(([, rows]) => rows > 0));
  const tookAny = partitionsDropped.length > 0 || Object.keys(deleted).length > 0;
  await sql`
    delete from tidegate.retention_round
    where at < ${at}::text::timestamptz - make_interval(days => ${KEPT_DAYS})
      or (not took_any and not ${tookAny}::boolean)`;
  await sql`
    insert into tidegate.retention_round
      (at, telemetry_days, ledger_days, partitions_dropped, rows_deleted, took_any, error)
    values (${at}, ${settings.telemetryDays}, ${settings.ledgerDays}, ${partitionsDropped},
      ${JSON.stringify(deleted)}::text::jsonb, ${tookAny}, ${error})`;
}
