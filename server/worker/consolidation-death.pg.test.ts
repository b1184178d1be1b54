// A worker is killed while it moves the mirrors of devices that go on sending; another takes the job up.
import { afterEach, expect, it } from 'vitest';
import { consolidateUnderFire } from '@/server/testing/consolidation-under-fire';
import { live } from '@/server/testing/live';

const place = live();
afterEach(() => place.killWorkers());

/** `npm run bench -- consolidate` does the same with fifty mirrors of ten thousand rows. */
it('ends with every row as it was written last, however often the worker dies', async () => {
  const facts = await consolidateUnderFire(place.db, {
    devices: 4,
    rowsEach: 4000,
    kills: 2,
    startWorker: () => place.startWorker(),
  });
  expect(facts).toEqual({
    planned: { devices: 4, rows: 16_000, conflicting_devices: 0 },
    kills: 2,
    moved: 4,
    skipped: 0,
    liveChanges: expect.any(Number) as number,
    wrong: [],
  });
  expect(facts.liveChanges).toBeGreaterThan(0);
}, 240_000);
