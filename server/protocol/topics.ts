/**
 * The topic tree: `{slug}/{device}/sync/...`, or `/{device}/sync/...` without a slug. A device's whole
 * authority over MQTT is decided here; a rule that lets one topic too many through lets a device speak or
 * listen for another.
 */
import { DEVICE_NAME_CHARS_MAX } from '@/server/protocol/limits';
import { characterCount, isStorableText } from '@/server/protocol/utf8-order';

/** The topics under a device's root, by what they carry. */
export const CHANNELS = {
  rowsBatch: 'sync/rows/batch',
  telemetryBatch: 'sync/telemetry/batch',
  schemaObserve: 'sync/schema/observe',
  ingestAck: 'sync/ingest/ack',
  ingestRequest: 'sync/ingest/request',
  ingestControl: 'sync/ingest/control',
  ingestReceipt: 'sync/ingest/receipt',
} as const;

export type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

const ALL_CHANNELS: ReadonlySet<string> = new Set(Object.values(CHANNELS));
const DOWNLINK: ReadonlySet<string> = new Set([CHANNELS.ingestControl, CHANNELS.ingestReceipt]);

/** What the worker subscribes to: the five uplink topics of every device, with and without a slug. */
export const WORKER_FILTERS: readonly string[] = Object.values(CHANNELS)
  .filter((channel) => !DOWNLINK.has(channel))
  .map((channel) => `+/+/${channel}`);

const isChannel = (text: string): text is Channel => ALL_CHANNELS.has(text);
const hasWildcard = (text: string): boolean => text.includes('+') || text.includes('#');

/** `slug/name`, or `/name` for a project without a slug. */
export function rootTopic(device: { topicSlug: string | null; deviceName: string }): string {
  return `${device.topicSlug ?? ''}/${device.deviceName}`;
}

/** The full topic of `channel` under a device's root. */
export function topicOf(root: string, channel: Channel): string {
  return `${root}/${channel}`;
}

export interface ParsedTopic {
  readonly topicSlug: string | null;
  readonly deviceName: string;
  readonly rootTopic: string;
  readonly channel: Channel;
}

/** Who speaks on a topic, and on which channel; null where it is not a topic of this protocol. */
export function parseTopic(topic: string): ParsedTopic | null {
  const [slug = '', deviceName = '', ...rest] = topic.split('/');
  const channel = rest.join('/');
  if (!isChannel(channel) || !isDeviceName(deviceName)) return null;
  if (hasWildcard(slug) || !isStorableText(slug)) return null;
  const topicSlug = slug === '' ? null : slug;
  return { topicSlug, deviceName, rootTopic: rootTopic({ topicSlug, deviceName }), channel };
}

/** True when a device with this root may publish to `topic`: under its root, and never downlink. */
export function mayPublish(root: string, topic: string): boolean {
  if (hasWildcard(root) || hasWildcard(topic) || !topic.startsWith(`${root}/`)) return false;
  return !DOWNLINK.has(topic.slice(root.length + 1));
}

/** True when a device with this root may subscribe: whatever the filter can match lies under its root. */
export function maySubscribe(root: string, filter: string): boolean {
  if (hasWildcard(root) || !filter.startsWith(`${root}/`)) return false;
  const levels = filter.slice(root.length + 1).split('/');
  return levels.every(
    (level, i) => !hasWildcard(level) || level === '+' || (level === '#' && i === levels.length - 1),
  );
}

/** True for a valid device name: 1 to 63 characters, no `/`, `+`, `#`, NUL or white space. */
export function isDeviceName(name: string): boolean {
  if (name === '' || /[/+#\s]/.test(name) || !isStorableText(name)) return false;
  return characterCount(name) <= DEVICE_NAME_CHARS_MAX;
}
