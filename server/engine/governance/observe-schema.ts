// What a device says of a table's schema without sending rows. It is advice: it can bring the columns of a hash
// that a batch has already brought, and is kept so that one can see what the device has now. It opens no lineage,
// no version and no review, so that an observation alone can pause nothing.
import { and, eq } from 'drizzle-orm';
import { lineage, schemaVersion } from '@/server/db/schema/governance';
import type { SchemaObservation } from '@/server/protocol/schema-observation';
import { parseTimestampNs } from '@/server/protocol/timestamp';
import { inTransaction, type Ctx } from '../context/context';
import type { DeviceOfBatch } from '../lineages/open-lineage';
import { storedTime } from '../mirror/cell';
import { learnColumns } from './learn-columns';
import { refreshReviewHold } from './review-hold';

/** A device that makes up table names fills no disk. */
const TABLES_PER_DEVICE_MAX = 2000;
/** A clock that runs ahead by more decides nothing: the order of arrival does. */
const CLOCK_AHEAD_MAX = '5 minutes';

/** Takes a valid observation of a registered device. */
export async function observeSchema(
  ctx: Ctx,
  device: DeviceOfBatch,
  observation: SchemaObservation,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    // The lineage first (invariant 7), since the version below it may change.
    const [locked] = await inner.db.orm
      .select()
      .from(lineage)
      .where(and(eq(lineage.deviceId, device.id), eq(lineage.sourceTable, observation.sourceTable)))
      .for('update');
    await keepNewest(inner, device, observation);
    const { schemaColumns: columns, schemaVerified: verified, schemaHash } = observation;
    if (locked === undefined || columns === null || !verified) return;
    const [version] = await inner.db.orm
      .select()
      .from(schemaVersion)
      .where(and(eq(schemaVersion.lineageId, locked.id), eq(schemaVersion.schemaHash, schemaHash)));
    if (version === undefined || version.verified) return;
    const { changed } = await learnColumns(inner, locked, version, { columns, verified });
    if (changed) await refreshReviewHold(inner, locked);
  });
}

/** Observations may arrive late and out of order: the one that the device made last is what it has now. */
async function keepNewest(
  { db: { sql }, clock }: Ctx,
  device: DeviceOfBatch,
  { sourceTable, schemaHash, schemaColumns, schemaVerified, observedAt }: SchemaObservation,
): Promise<void> {
  const now = clock.now().toISOString();
  const at = storedTime(parseTimestampNs(observedAt) ?? 0n) ?? now;
  const columns = schemaVerified ? JSON.stringify(schemaColumns) : null;
  await sql`
    insert into tidegate.schema_observation as o
      (device_id, source_table, schema_hash, columns, observed_at, received_at)
    select ${device.id}, ${sourceTable}, ${schemaHash}, ${columns}::text::jsonb, ${at}::timestamptz, ${now}::timestamptz
    where (select count(*) from tidegate.schema_observation where device_id = ${device.id}) < ${TABLES_PER_DEVICE_MAX}
       or exists (select from tidegate.schema_observation
                  where device_id = ${device.id} and source_table = ${sourceTable})
    on conflict (device_id, source_table) do update set
      -- The same hash without its columns forgets nothing.
      columns = case when excluded.schema_hash = o.schema_hash then coalesce(excluded.columns, o.columns)
                     else excluded.columns end,
      schema_hash = excluded.schema_hash, observed_at = excluded.observed_at, received_at = excluded.received_at
    where excluded.observed_at >= o.observed_at
       or o.observed_at > o.received_at + ${CLOCK_AHEAD_MAX}::interval`;
}
