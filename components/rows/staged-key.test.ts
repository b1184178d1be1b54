import { expect, test } from 'vitest';
import type { LineageDetail } from '@/server/contract/governance';
import { keyColumnsOf, keysTyped, whyNoPlace } from './staged-key';

const column = (name: string, affinity: 'INTEGER' | 'TEXT' | 'BLOB', ordinal: number) => ({
  name,
  decl_type_affinity: affinity,
  pk_ordinal: ordinal,
  not_null: false,
});
const SITE = column('site', 'TEXT', 1);
const ID = column('id', 'INTEGER', 2);
const ANY = column('tag', 'BLOB', 1);

test.each([
  [[ID], ['12'], ['{"id":12}']],
  [[ID], ['-0.5e3'], ['{"id":-0.5e3}']],
  // SQLite keeps a text that is no number in a column of numbers.
  [[ID], ['WO-1001'], ['{"id":"WO-1001"}']],
  [[ID], ['007'], ['{"id":"007"}']],
  [[SITE, ID], ['12', '12'], ['{"site":"12","id":12}']],
  [[SITE, ID], [null, '1'], ['{"site":null,"id":1}']],
  [[ANY], ['12'], ['{"tag":12}', '{"tag":"12"}']],
  [[ANY], ['x'], ['{"tag":"x"}']],
])('%j typed as %j is sought as %j', (columns, typed, keys) => {
  expect(keysTyped(columns, typed)).toEqual(keys);
});

test.each(['1042', ' 1042 ', '3-1042-0abf', '-2-7'])('"%s" is a place', (text) => {
  expect(whyNoPlace(text)).toBeUndefined();
});

test.each(['WO-1001', '1.5', '9'.repeat(19)])('"%s" is none, and why is a sentence for people', (text) => {
  expect(whyNoPlace(text)).toMatch(/is no commit seq/);
});

const detailOf = (current: string, watermark: LineageDetail['lineage']['watermark'] = {}) =>
  ({
    lineage: { current_schema_hash: current, watermark },
    schema_versions: [
      { schema_hash: 'c', columns: null },
      { schema_hash: 'b', columns: [column('note', 'TEXT', 0), ID, SITE] },
      { schema_hash: 'a', columns: [{ ...ID, pk_ordinal: 1 }] },
    ],
  }) as unknown as LineageDetail;

test.each([
  ['a', ['id']],
  ['b', ['site', 'id']],
  ['c', ['site', 'id']],
])('of schema %s the key is %j', (hash, names) => {
  expect(keyColumnsOf(detailOf(hash)).map(({ name }) => name)).toEqual(names);
});

test('a telemetry sample has no key of the table', () => {
  expect(keyColumnsOf(detailOf('b', { batch_seq: '4' }))).toEqual([]);
});
