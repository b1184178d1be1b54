import { describe, expect, it } from 'vitest';
import {
  CHANNELS,
  WORKER_FILTERS,
  isDeviceName,
  mayPublish,
  maySubscribe,
  parseTopic,
  rootTopic,
  topicOf,
} from '@/server/protocol/topics';

/** MQTT 3.1.1 matching, written from the standard, to check the rules against. */
function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [i, level] of wanted.entries()) {
    if (level === '#') return true;
    if (i >= levels.length || (level !== '+' && level !== levels[i])) return false;
  }
  return wanted.length === levels.length;
}

describe('topics', () => {
  it.each([
    [{ topicSlug: 'acme', deviceName: 'unit-1' }, 'acme/unit-1'],
    [{ topicSlug: null, deviceName: 'unit-1' }, '/unit-1'],
  ])('the root of %o is %s, and every channel under it is read back', (device, root) => {
    expect(rootTopic(device)).toBe(root);
    for (const channel of Object.values(CHANNELS)) {
      expect(parseTopic(topicOf(root, channel))).toEqual({ ...device, rootTopic: root, channel });
    }
  });

  it.each([
    'acme/unit-1',
    'acme/unit-1/sync/rows',
    'acme/unit-1/sync/rows/batch/x',
    'unit-1/sync/rows/batch',
    'acme//sync/rows/batch',
    'acme/unit 1/sync/rows/batch',
    'acme/+/sync/rows/batch',
    '+/unit-1/sync/rows/batch',
    'a/b/unit-1/sync/rows/batch',
    '',
  ])('%s is no topic of the protocol', (topic) => {
    expect(parseTopic(topic)).toBeNull();
  });

  it('the worker hears every uplink channel, with and without slug, and no downlink', () => {
    const heard = (root: string) =>
      Object.values(CHANNELS).filter((c) => WORKER_FILTERS.some((f) => matches(f, topicOf(root, c))));
    const uplink = [
      'sync/rows/batch',
      'sync/telemetry/batch',
      'sync/schema/observe',
      'sync/ingest/ack',
      'sync/ingest/request',
    ];
    expect(heard('acme/unit-1')).toEqual(uplink);
    expect(heard('/unit-1')).toEqual(uplink);
  });

  it.each([
    ['acme/u', 'acme/u/sync/rows/batch', true],
    ['/u', '/u/sync/rows/batch', true],
    ['acme/u', 'acme/u/sync/ingest/control', false],
    ['acme/u', 'acme/u/sync/ingest/receipt', false],
    ['acme/u', 'acme/u2/sync/rows/batch', false],
    ['acme/u', 'other/u/sync/rows/batch', false],
    ['/u', 'acme/u/sync/rows/batch', false],
    ['acme/u', 'acme/u', false],
    ['acme/u', 'acme/u/+', false],
    ['acme/+', 'acme/+/x', false],
  ])('%s may publish to %s: %s', (root, topic, expected) => {
    expect(mayPublish(root, topic)).toBe(expected);
  });

  it.each([
    ['acme/u', 'acme/u/sync/ingest/control', true],
    ['acme/u', 'acme/u/sync/ingest/+', true],
    ['acme/u', 'acme/u/#', true],
    ['/u', '/u/+/ingest/#', true],
    ['acme/u', '#', false],
    ['acme/u', 'acme/+/sync/ingest/control', false],
    ['acme/u', '+/u/sync/ingest/control', false],
    ['acme/u', 'acme/#', false],
    ['acme/u', 'acme/u2/#', false],
    ['acme/u', 'acme/u#', false],
    ['acme/u', 'acme/u/#/x', false],
    ['acme/u', 'acme/u/a+', false],
    ['acme/u', '$share/g/acme/u/#', false],
    ['+/u', '+/u/sync', false],
  ])('%s may subscribe to %s: %s', (root, filter, expected) => {
    expect(maySubscribe(root, filter)).toBe(expected);
  });

  it.each([
    ['a', true],
    ['x'.repeat(63), true],
    ['\u{1F600}'.repeat(63), true],
    ['Halle-7_b.ä$', true],
    ['', false],
    ['x'.repeat(64), false],
    ['a/b', false],
    ['a+b', false],
    ['a#', false],
    ['a b', false],
    ['a\tb', false],
    ['a\u00a0b', false],
    ['a\u0000', false],
    ['a\ud800', false],
  ])('device name %j: %s', (name, expected) => {
    expect(isDeviceName(name)).toBe(expected);
  });
});
