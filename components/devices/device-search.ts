// The state of the device list in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { DEVICE_SORTS, PRESENCES } from '@/server/contract/device-states';

const HAVING = [
  { value: 'paused_lineages', label: 'Paused lineages' },
  { value: 'rejected_batches', label: 'Rejected batches' },
  { value: 'pending_controls', label: 'Pending controls' },
] as const;

export const deviceSearch = {
  fleet: parseAsString.withDefault(''),
  presence: parseAsStringLiteral(PRESENCES),
  /** Only devices that have any of it. */
  having: parseAsStringLiteral(HAVING.map(({ value }) => value)),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(DEVICE_SORTS).withDefault('name'),
  page: parseAsInteger.withDefault(1),
  /** Opens the registration. */
  register: parseAsBoolean.withDefault(false),
};
export type DeviceSearch = inferParserType<typeof deviceSearch>;

/** The search of a page's `searchParams`. */
export const loadDeviceSearch = createLoader(deviceSearch);

export const PRESENCE_FILTERS = [
  { value: 'connected', label: 'Connected' },
  { value: 'away', label: 'Away less than 15 min' },
  { value: 'silent', label: 'Silent for 15 min or more' },
  { value: 'never_seen', label: 'Never seen' },
] as const;
export const HAVING_FILTERS = HAVING;

export const NO_FILTER = { fleet: '', presence: null, having: null, q: '' } as const;

/** Whether the list is narrowed. */
export const isFiltered = ({ q, fleet, presence: how, having }: DeviceSearch): boolean =>
  q !== '' || fleet !== '' || how !== null || having !== null;

const PAGE_ROWS = 50;

/** The search as the list verb and the API take it. */
export const deviceParams = (search: DeviceSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  sort: search.sort,
  ...(search.fleet === '' ? {} : { fleet_id: search.fleet }),
  ...(search.presence === null ? {} : { presence: search.presence }),
  ...(search.having === null ? {} : { having: search.having }),
  ...(search.q === '' ? {} : { q: search.q }),
});
