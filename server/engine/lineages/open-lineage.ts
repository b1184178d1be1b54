// Finds and locks the lineage of a batch, or makes it: the first accepted batch of a table is what creates
// a lineage. Also gives each journal epoch its place in the order.
import type { Db } from '@/server/db/client';
import { uuidV4, uuidV7Ms } from '@/server/lib/uuid';
import { lineage, type Capture } from '@/server/db/schema/governance';
import { and, eq } from 'drizzle-orm';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from './lineage-row';

export interface DeviceOfBatch {
  id: string;
  orgId: string;
  projectId: string;
  fleetId: string;
  name: string;
}

/** The lineage of `(device, sourceTable)`, locked until the transaction ends; made, of kind `capture`, where there is none. */
export async function openLineage(
  ctx: Ctx,
  device: DeviceOfBatch,
  { sourceTable, schemaHash, capture }: { sourceTable: string; schemaHash: string; capture: Capture },
): Promise<LineageRow> {
  const key = and(eq(lineage.deviceId, device.id), eq(lineage.sourceTable, sourceTable));
  const locked = () => ctx.db.orm.select().from(lineage).where(key).for('update');
  const [there] = await locked();
  if (there !== undefined) return there;
  const now = ctx.clock.now();
  const [made] = await ctx.db.orm
    .insert(lineage)
    .values({
      id: uuidV4(),
      orgId: device.orgId,
      projectId: device.projectId,
      fleetId: device.fleetId,
      deviceId: device.id,
      sourceTable,
      capture,
      currentSchemaHash: schemaHash,
      lastBatchAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (made === undefined) {
    // Another worker made it between the two statements.
    const [other] = await locked();
    if (other === undefined) throw new Error('the lineage vanished while it was being made');
    return other;
  }
  await recordEvent(ctx, {
    kind: 'edge_table_lineage.created',
    subject: { kind: 'lineage', id: made.id },
    orgId: device.orgId,
    projectId: device.projectId,
    fleetId: device.fleetId,
    deviceId: device.id,
    lineageId: made.id,
    data: { device_name: device.name, source_table: sourceTable },
  });
  return made;
}

/** Room for epochs that share a millisecond or follow a clock that was set back. */
const ORDINALS_PER_MS = 1n << 14n;

/**
 * The ordinal of `epoch` on a locked lineage (storage, "Versions"): in the order of the epochs' own UUIDv7
 * time where they differ, also when the older one arrives last; of arrival otherwise; after `previous` where
 * the device names it. It is taken from the time itself, so an older epoch never needs others renumbered.
 */
export async function epochOrdinal(
  db: Db,
  lineageId: string,
  epoch: string,
  previous: string | null,
  now: Date,
): Promise<bigint> {
  const known = await db.sql<{ epoch: string; ordinal: string }[]>`
    select epoch, ordinal from tidegate.journal_epoch where lineage_id = ${lineageId}`;
  const there = known.find((e) => e.epoch === epoch);
  if (there !== undefined) return BigInt(there.ordinal);
  const taken = new Set(known.map((e) => BigInt(e.ordinal)));
  const before = known.find((e) => e.epoch === previous);
  let ordinal = BigInt(uuidV7Ms(epoch)) * ORDINALS_PER_MS;
  if (before !== undefined && BigInt(before.ordinal) >= ordinal) ordinal = BigInt(before.ordinal) + 1n;
  while (taken.has(ordinal)) ordinal += 1n;
  await db.sql`
    insert into tidegate.journal_epoch (lineage_id, epoch, ordinal, first_seen_at)
    values (${lineageId}, ${epoch}, ${ordinal.toString()}, ${now.toISOString()})`;
  return ordinal;
}
