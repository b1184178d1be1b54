import { describe, expect, it } from 'vitest';
import { EVENT_KINDS, type EventKind } from '@/server/contract/event-kinds';
import type { Event } from '@/server/contract/fleet';
import { isAffected, type LiveQuery } from './event-scope';

const eventOf = (kind: string, more: Partial<Event> = {}): Event => ({
  id: 'e1',
  kind,
  at: '2026-01-01T00:00:00Z',
  actor: { kind: 'user', id: 'u1', label: 'Ada' },
  subject: { kind: 'lineage', id: 'l1' },
  fleet_id: 'f1',
  device_id: 'd1',
  lineage_id: 'l1',
  fleet_name: 'Pumps',
  device_name: 'pump-01',
  source_table: 'readings',
  data: {},
  correlation_id: 'c1',
  token_id: null,
  address: null,
  ...more,
});
const query = (path: string, params: LiveQuery['params'] = {}, data: unknown = undefined): LiveQuery => ({
  path,
  params,
  data,
});

const OF_REVIEW = { subject: { kind: 'schema_review', id: 'r1' } };
const OF_ENTRY = {
  subject: { kind: 'registry_review', id: 'g1' },
  device_id: null,
  lineage_id: null,
} satisfies Partial<Event>;

describe('a claim of a review', () => {
  const claimed = eventOf('edge_schema_review.claimed', OF_REVIEW);

  it.each([
    query('edge/schema-reviews', { status: 'open' }),
    query('edge/schema-reviews/r1'),
    query('edge/lineages/l1'),
    query('edge/lineages', { device_id: 'd1' }),
    query('overview'),
    query('events'),
    query('events', { kind: 'edge_schema_review.*', subject_id: 'r1' }),
  ])('makes $path $params old', (one) => {
    expect(isAffected(one, claimed)).toBe(true);
  });

  it.each([
    query('edge/schema-reviews/r2'),
    query('edge/schema-reviews', { device_id: 'd2' }),
    query('edge/lineages/l2'),
    query('edge/lineages', { fleet_id: 'f2' }),
    query('devices'),
    query('edge/policy'),
    query('edge/registry'),
    query('events', { kind: 'device.*' }),
    query('events', { subject_id: 'r2' }),
    query('events', { lineage_id: 'l2' }),
  ])('leaves $path $params as it is', (one) => {
    expect(isAffected(one, claimed)).toBe(false);
  });
});

describe('other events', () => {
  it('of a replay reach the review that is shown, by the lineage that it is of', () => {
    const done = eventOf('edge_replay.completed', { subject: { kind: 'replay', id: 'i1' } });
    expect(isAffected(query('edge/schema-reviews/r1', {}, { lineage_id: 'l1' }), done)).toBe(true);
    expect(isAffected(query('edge/schema-reviews/r2', {}, { lineage_id: 'l2' }), done)).toBe(false);
    expect(isAffected(query('edge/lineages/l1/mirror-rows', { sort: 'id' }), done)).toBe(true);
  });

  it('of a device reach its lineages, and no other device', () => {
    const gone = eventOf('device.disconnected', { lineage_id: null, subject: { kind: 'device', id: 'd1' } });
    expect(isAffected(query('fleets/f1/devices/d1'), gone)).toBe(true);
    expect(isAffected(query('fleets/f1/devices/d1/mqtt_connection_details'), gone)).toBe(true);
    expect(isAffected(query('fleets/f1/devices/d2'), gone)).toBe(false);
    expect(isAffected(query('mqtt-access-events'), gone)).toBe(true);
    expect(isAffected(query('edge/lineages/l1', {}, { lineage: { device_id: 'd1' } }), gone)).toBe(true);
    expect(isAffected(query('edge/lineages/l2', {}, { lineage: { device_id: 'd2' } }), gone)).toBe(false);
  });

  it('of a shared decision reach whatever may follow it', () => {
    const approved = eventOf('edge_registry_review.approved', OF_ENTRY);
    for (const path of [
      'edge/registry',
      'edge/registry/x1',
      'edge/registry-reviews/g1',
      'fleets/f1/edge/coalesced-mirrors',
      'edge/lineages/l7',
      'edge/lineages/l7/mirror-rows',
      'edge/schema-reviews/r7',
    ])
      expect(isAffected(query(path), approved), path).toBe(true);
    expect(isAffected(query('fleets/f2/edge/registry'), approved)).toBe(false);
    expect(isAffected(query('devices'), approved)).toBe(false);
  });

  it('of a kind that is not known may have changed anything', () => {
    expect(isAffected(query('edge/policy'), eventOf('edge_comet.seen'))).toBe(true);
  });
});

it.each(EVENT_KINDS)('shows %s in the log', (kind: EventKind) => {
  expect(isAffected(query('events', { kind: `${kind.split('.')[0] ?? ''}.*` }), eventOf(kind))).toBe(true);
});
