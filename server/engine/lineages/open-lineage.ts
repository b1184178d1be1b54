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

const naturalOrdinal = (epoch: string): bigint => BigInt(uuidV7Ms(epoch)) * ORDINALS_PER_MS;

/**
 * The ordinal of `epoch` on a locked lineage (storage, "Versions"): in the order of the epochs' own UUIDv7
 * time where they differ, also when the older one arrives last; of arrival otherwise; after `previous` where
 * the device names it, which is then given its place too, since its own batches may arrive later still.
 * An ordinal is taken from the time itself, so an older epoch never needs others renumbered.
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
  const ordinals = new Map(known.map((e) => [e.epoch, BigInt(e.ordinal)]));
  const taken = new Set(ordinals.values());
  const place = async (name: string, from: bigint, step: 1n | -1n): Promise<bigint> => {
    let ordinal = from;
    while (taken.has(ordinal)) ordinal += step;
    taken.add(ordinal);
    await db.sql`
      insert into tidegate.journal_epoch (lineage_id, epoch, ordinal, first_seen_at)
      values (${lineageId}, ${name}, ${ordinal.toString()}, ${now.toISOString()})`;
    return ordinal;
  };
  const there = ordinals.get(epoch);
  let before = previous === null || previous === epoch ? undefined : ordinals.get(previous);
  if (previous !== null && previous !== epoch && before === undefined) {
    const natural = naturalOrdinal(previous);
    const isLater = there !== undefined && natural >= there;
    before = await place(previous, isLater ? there - 1n : natural, isLater ? -1n : 1n);
  }
  if (there !== undefined) return there;
  const natural = naturalOrdinal(epoch);
  return place(epoch, before !== undefined && before >= natural ? before + 1n : natural, 1n);
}
