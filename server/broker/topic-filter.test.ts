import { expect, test } from 'vitest';
import { matchesFilter } from '@/server/broker/topic-filter';

test.each([
  ['+/+/sync/rows/batch', 'acme/d1/sync/rows/batch', true],
  ['+/+/sync/rows/batch', '/d1/sync/rows/batch', true],
  ['+/+/sync/rows/batch', 'acme/d1/sync/rows', false],
  ['+/+/sync/rows/batch', 'acme/d1/sync/rows/batch/x', false],
  ['acme/d1/#', 'acme/d1/sync/ingest/control', true],
  ['acme/d1/#', 'acme/d1', true],
  ['acme/d1/#', 'acme/d10/sync', false],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['$SYS/#', '$SYS/x', true],
])('%s on %s is %s', (filter, topic, expected) => {
  expect(matchesFilter(filter, topic)).toBe(expected);
});
