// The state of the device list in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';

export const deviceSearch = {
  fleet: parseAsString.withDefault(''),
  connected: parseAsStringLiteral(['true', 'false'] as const),
  q: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
  /** Opens the registration. */
  register: parseAsBoolean.withDefault(false),
};
export type DeviceSearch = inferParserType<typeof deviceSearch>;

/** The search of a page's `searchParams`. */
export const loadDeviceSearch = createLoader(deviceSearch);

export const CONNECTION_FILTERS = [
  { value: 'true', label: 'Connected' },
  { value: 'false', label: 'Not connected' },
] as const;

const PAGE_ROWS = 50;

/** The search as the list verb and the API take it. */
export const deviceParams = (search: DeviceSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  ...(search.fleet === '' ? {} : { fleet_id: search.fleet }),
  ...(search.connected === null ? {} : { connected: search.connected }),
  ...(search.q === '' ? {} : { q: search.q }),
});
