// The state of the audit log in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { EVENT_FAMILIES } from './words';

export const eventSearch = {
  kind: parseAsStringLiteral(EVENT_FAMILIES.map(({ value }) => value)),
  /** A device's UUID. */
  device: parseAsString.withDefault(''),
  /** A lineage's UUID. */
  lineage: parseAsString.withDefault(''),
  subject: parseAsString.withDefault(''),
  /** A user's or device's UUID, or the name of a process. */
  actor: parseAsString.withDefault(''),
  correlation: parseAsString.withDefault(''),
  /** From and to, RFC 3339. */
  since: parseAsString.withDefault(''),
  until: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
  /** The event that is shown over the list, on whichever page it is. */
  event: parseAsString.withDefault(''),
};
export type EventSearch = inferParserType<typeof eventSearch>;

/** The search of a page's `searchParams`. */
export const loadEventSearch = createLoader(eventSearch);

const PAGE_ROWS = 50;

/** The filters as the list and the export take them. */
export const eventFilterOf = (search: EventSearch) => ({
  ...(search.kind === null ? {} : { kind: search.kind }),
  ...(search.device === '' ? {} : { device_id: search.device }),
  ...(search.lineage === '' ? {} : { lineage_id: search.lineage }),
  ...(search.subject === '' ? {} : { subject_id: search.subject }),
  ...(search.actor === '' ? {} : { actor_id: search.actor }),
  ...(search.correlation === '' ? {} : { correlation_id: search.correlation }),
  ...(search.since === '' ? {} : { since: search.since }),
  ...(search.until === '' ? {} : { until: search.until }),
});

/** The search as the list verb and the API take it. */
export const eventParams = (search: EventSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  ...eventFilterOf(search),
});

/** One event, as the list verb and the API take it: it is found wherever it is in the list. */
export const oneEventParams = (id: string) => ({ event_id: id, page: 1, limit: 1 });
