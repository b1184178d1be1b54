// What a webhook sends: a sentence for people, which chat systems show as it is, and the same in fields. It holds
// names, counts and times, and nothing that a row holds. Pure.
import type { SchemaChangeReason } from '@/server/contract/governance';
import type { MessageKind } from '@/server/contract/webhook-kinds';
import type { SituationFacts } from './situation-facts';

export interface Message {
  kind: MessageKind;
  text: string;
  /** JSON, exactly as it is signed and sent. */
  body: string;
}

interface Place {
  project: { id: string; name: string };
  /** The address of the console, without a slash at its end. */
  consoleUrl: string;
  now: Date;
}

const CHANGES_SPELT_OUT = 6;
const MINUTE_MS = 60_000;
const count = new Intl.NumberFormat('en-GB');

const counted = (n: number, noun: string): string => `${count.format(n)} ${noun}${n === 1 ? '' : 's'}`;

/** `3 h 10 min`; above a day in days and hours. */
function lasting(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** Opens the page in the project that it is about, whichever the reader looked at last. */
function linkTo({ consoleUrl, project }: Place, path: string): string {
  const url = new URL(`${consoleUrl}${path}`);
  url.searchParams.set('project', project.id);
  return url.href;
}

function changeWords({ column, change, from, to }: SchemaChangeReason): string {
  switch (change) {
    case 'first_schema':
      return `${column} ${to ?? ''}`.trim();
    case 'added':
      return `${column} added${to === undefined ? '' : ` (${to})`}`;
    case 'added_not_null':
      return `${column} added, NOT NULL`;
    case 'removed':
      return `${column} removed`;
    case 'type_changed':
      return `${column} from ${from ?? 'none'} to ${to ?? 'none'}`;
    case 'key_changed':
      return `key place of ${column} from ${from ?? 'none'} to ${to ?? 'none'}`;
    case 'nullability_changed':
      return `${column} from ${from ?? 'none'} to ${to ?? 'none'}`;
    case 'unverified':
      return 'hash not verified';
    case 'columns_unknown':
      return 'columns not known';
  }
}

function changesWords(changes: readonly SchemaChangeReason[]): string {
  const spelt = changes.slice(0, CHANGES_SPELT_OUT).map(changeWords);
  const more = changes.length - spelt.length;
  const list = [...spelt, ...(more > 0 ? [`${count.format(more)} more`] : [])].join(', ');
  return changes.some(({ change }) => change === 'first_schema')
    ? `first schema of the table: ${list}`
    : list;
}

function sentenceOf(kind: Exclude<MessageKind, 'test'>, facts: SituationFacts, now: Date): string {
  const { schema, fleetName, since } = facts;
  const table = schema?.sourceTable ?? '';
  const waited = since === null ? '' : lasting(now.getTime() - new Date(since).getTime());
  switch (kind) {
    case 'review_waits':
      return `A schema of ${table} waits for review`;
    case 'review_unclaimed':
      return `Nobody has claimed the review of ${table}, which waits for ${waited}`;
    case 'breaker_opened':
      return `The circuit breaker of ${table} is open`;
    case 'backpressure_forecast':
      return facts.isFull ? `The backlog of ${table} is at its cap` : `The backlog of ${table} is filling up`;
    case 'device_silent':
      return `Silent: ${counted(facts.devices, 'device')} of ${fleetName ?? 'a fleet'}`;
  }
}

/** A pace of minutes says little of what is further away than this. */
const FORECAST_DAYS_MAX = 30;

const forecastWords = (ms: number): string =>
  ms > FORECAST_DAYS_MAX * 1440 * MINUTE_MS
    ? `cap not reached within ${FORECAST_DAYS_MAX} d at this pace`
    : `cap reached in ${lasting(ms)}`;

function heldWords({ schema, devices, deviceNames, stagedRows, fullAt, isFull }: SituationFacts, now: Date) {
  const who = devices === 1 ? (deviceNames[0] ?? '1 device') : counted(devices, 'device');
  const cap = isFull
    ? ['the cap is reached']
    : fullAt === null
      ? []
      : [forecastWords(new Date(fullAt).getTime() - now.getTime())];
  if (schema === null)
    return devices > deviceNames.length ? `${deviceNames.join(', ')} and others` : deviceNames.join(', ');
  return [who, `${counted(stagedRows, 'row')} held`, ...cap].join(', ');
}

/** The message about a situation. */
export function messageOf(kind: Exclude<MessageKind, 'test'>, facts: SituationFacts, place: Place): Message {
  const { now, project } = place;
  const { schema } = facts;
  const changes = schema === null ? '' : changesWords(schema.changes);
  const text = `${project.name}: ${sentenceOf(kind, facts, now)}: ${heldWords(facts, now)}.${
    changes === '' ? '' : ` Columns: ${changes}.`
  }`;
  const link = linkTo(place, facts.path);
  const data = {
    project,
    ...(schema === null
      ? {}
      : {
          source_table: schema.sourceTable,
          schema_hash: schema.schemaHash,
          classification: schema.classification,
          changes: schema.changes,
          staged_rows: facts.stagedRows,
          staged_bytes: facts.stagedBytes,
          cap_reached: facts.isFull,
          cap_reached_at: facts.isFull ? null : facts.fullAt,
        }),
    ...(facts.fleetName === null ? {} : { fleet_name: facts.fleetName }),
    devices: facts.devices,
    device_names: facts.deviceNames,
    since: facts.since,
    link,
  };
  return { kind, text, body: bodyOf(kind, `${text} ${link}`, data, now) };
}

/** What a person sends to see whether it arrives. */
export function testMessage(webhookName: string, sender: string, place: Place): Message {
  const text = `${place.project.name}: a test of the webhook ${webhookName}, sent by ${sender}.`;
  const link = linkTo(place, '/settings');
  const data = { project: place.project, sent_by: sender, link };
  return { kind: 'test', text, body: bodyOf('test', `${text} ${link}`, data, place.now) };
}

const bodyOf = (type: MessageKind, text: string, data: object, now: Date): string =>
  JSON.stringify({ type, timestamp: now.toISOString(), text, data });
