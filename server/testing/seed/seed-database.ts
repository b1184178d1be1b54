// A fleet at size, consistent as if it had been sent: counters are sums over the rows, a lineage is paused
// exactly while it has a cause, every open review has a version that waits. Two seeds of one size are the same.
import type { RootDb } from '@/server/db/client';
import { seedDataPoints, seedEvents, seedLedger, seedRejectedBatches } from './seed-history';
import { planLineages, seedLineages, seedStagedRows } from './seed-lineages';
import { seedMirrors } from './seed-mirrors';
import { clearSeed, createSeedFunctions, refuseForeignDevices, seedPlaces } from './seed-places';
import { seedEntries, seedRegistryReviews } from './seed-registry';
import { seedControls, seedReviews } from './seed-reviews';
import { partsOf, type SeedSizes } from './sizes';

const REJECTED_PER_DEVICE = 2;

/**
 * Fills a migrated database; what an earlier seed has made there goes. Throws a sentence where the sizes do
 * not fit together, and where the database has devices that no seed has made.
 * @param step is told what begins.
 */
export async function seedDatabase(
  db: RootDb,
  sizes: SeedSizes,
  step: (what: string) => void = () => undefined,
): Promise<void> {
  partsOf(sizes);
  // In one transaction: a seed that was cut off leaves nothing that looks like one.
  await db.transaction(async (tx) => {
    const { sql } = tx;
    await sql`select set_config('work_mem', '256MB', true), set_config('maintenance_work_mem', '512MB', true)`;
    await createSeedFunctions(sql);
    await refuseForeignDevices(sql);
    await clearSeed(tx);
    step('devices');
    const place = await seedPlaces(tx, sizes);
    await planLineages(sql, sizes, place);
    step('staged rows');
    await seedStagedRows(sql);
    step('lineages');
    await seedLineages(sql, place);
    step('mirrors');
    await seedMirrors(tx, place.projectId);
    step('registry');
    await seedEntries(sql, place);
    step('reviews and controls');
    await seedReviews(sql, place);
    await seedRegistryReviews(sql);
    await seedControls(sql);
    step('history');
    await seedLedger(sql);
    await seedRejectedBatches(sql, place, sizes.devices * REJECTED_PER_DEVICE);
    await seedDataPoints(sql);
    await seedEvents(sql, place);
    await sql`
      drop table seed_device, seed_table, seed_lineage, seed_tally, seed_mirror, seed_entry, seed_person, seed_event`;
    await sql`drop function pg_temp.seed_id(text), pg_temp.pick(text, bigint)`;
  });
  step('vacuum analyze');
  await db.root`vacuum (analyze)`;
}
