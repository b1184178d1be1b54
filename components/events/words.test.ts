import { expect, test } from 'vitest';
import { eventAbout, eventDetail, subjectHref } from './words';

const NOBODY = {
  subject: { kind: 'lineage', id: 's1' },
  lineage_id: null,
  source_table: null,
  device_name: null,
  fleet_name: null,
  data: {},
};
const MIRROR = {
  subject: { kind: 'mirror', id: 's1' },
  data: { mirror_table_name: 'edge_mirror_p1_readings' },
};

test.each([
  [{ source_table: 'readings', device_name: 'pump-01', fleet_name: 'Pumps' }, ['readings', 'pump-01']],
  [{ device_name: 'pump-01', fleet_name: 'Pumps' }, ['pump-01']],
  // What is gone by now is known by what the event kept of it.
  [{ data: { source_table: 'readings', device_name: 'pump-01' } }, ['readings', 'pump-01']],
  [{ data: { name: 'Night shift' }, fleet_name: 'Pumps' }, ['Night shift']],
  [{ fleet_name: 'Pumps' }, ['Pumps']],
  [{}, []],
  // A shared mirror goes by its name, whatever scope it is of.
  [MIRROR, ['edge_mirror_p1_readings']],
  [{ ...MIRROR, fleet_name: 'Mixers' }, ['edge_mirror_p1_readings']],
  [{ ...MIRROR, device_name: 'pump-01' }, ['edge_mirror_p1_readings', 'pump-01']],
  [
    { ...MIRROR, lineage_id: 'l1', source_table: 'readings', device_name: 'pump-01' },
    ['readings', 'pump-01'],
  ],
])('%j is about %j', (known, names) => {
  expect(eventAbout({ ...NOBODY, ...known })).toEqual(names);
});

test('a detail repeats no name', () => {
  const event = {
    ...NOBODY,
    device_name: 'pump-01',
    data: { name: 'pump-01', reason: 'worn', total_rows: 1 },
  };
  expect(eventDetail(event)).toBe('worn · 1 row');
});

test.each([
  ['edge_replay.started', 'replay_intent', 'l1', '/lineages/l1'],
  ['edge_mirror.provisioned', 'mirror', 'l1', '/lineages/l1'],
  ['edge_mirror.evolved', 'mirror', null, '/registry/mirrors/s1'],
  ['edge_table_lineage.created', 'lineage', 'l1', '/lineages/s1'],
  ['edge_table_lineage.deleted', 'lineage', 'l1', null],
  ['auth.signed_in', 'user', null, null],
])('%s of a %s of lineage %s leads to %s', (kind, subject, lineage, href) => {
  expect(subjectHref({ kind, subject: { kind: subject, id: 's1' }, lineage_id: lineage })).toBe(href);
});
