/** What a browser that was never here loads of scripts, as it comes over the line: bytes, not times. */
import { SCRIPT_KB_MAX, scriptKbOf } from '@/bench/console/scripts';
import { openReviewOf } from './world/conditions';
import { expect, test } from './world/test';

const PAGES = ['/', '/reviews', '/lineages', '/registry', '/devices', '/rejected', '/events', '/bulk'];

test(`no page to begin with loads more than ${SCRIPT_KB_MAX} kB of scripts`, async ({
  place,
  newDevice,
  newPage,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql('create table tanks (id integer primary key); insert into tanks values (1);');
  device.startAgent();
  await openReviewOf(place, 'tanks');
  const loaded: Record<string, number> = { '/sign-in': await scriptKbOf(await newPage(), '/sign-in') };
  const operator = await place.person('operator');
  for (const path of PAGES) loaded[path] = await scriptKbOf(await pageOf(operator), path);
  // A page of which nothing was counted would pass whatever it loads.
  expect(Object.entries(loaded).filter(([, kb]) => kb < 100)).toEqual([]);
  expect(Object.entries(loaded).filter(([, kb]) => kb > SCRIPT_KB_MAX)).toEqual([]);
});
