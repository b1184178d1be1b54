// The state of the inbox in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { REJECTION_CODES } from '@/server/protocol/rejections';

const STATES = ['waiting', 'accepted'] as const;

export const rejectedSearch = {
  /** `grouped`: by cause, all devices together. `device`: each cause of each device. `all`: one by one. */
  view: parseAsStringLiteral(['grouped', 'device', 'all'] as const).withDefault('grouped'),
  code: parseAsStringLiteral(REJECTION_CODES),
  /** A device's UUID. */
  device: parseAsString.withDefault(''),
  /** A source table, exactly. */
  table: parseAsString.withDefault(''),
  /** One group's. */
  cause: parseAsString.withDefault(''),
  state: parseAsStringLiteral(STATES),
  /** Received within so many hours. */
  hours: parseAsInteger,
  page: parseAsInteger.withDefault(1),
};
export type RejectedSearch = inferParserType<typeof rejectedSearch>;

/** The search of a page's `searchParams`. */
export const loadRejectedSearch = createLoader(rejectedSearch);

export const CODE_FILTERS = REJECTION_CODES.map((value) => ({ value, label: value }));
export const REJECTED_PATH = 'edge/rejected-batches';
export const rejectedPath = (id: string): string => `${REJECTED_PATH}/${id}`;

export const GROUPS_PATH = `${REJECTED_PATH}/groups`;

export const STATE_FILTERS = [
  { value: 'waiting', label: 'Not brought in' },
  { value: 'accepted', label: 'Accepted on retry' },
] as const;
export const HOUR_FILTERS = [
  { value: '1', label: 'Last hour' },
  { value: '24', label: 'Last 24 hours' },
  { value: '168', label: 'Last 7 days' },
] as const;

const PAGE_ROWS = 50;

/** The filters as every verb on rejected batches takes them. */
export const rejectedFilter = ({ code, device, table, cause, state, hours }: RejectedSearch) => ({
  ...(code === null ? {} : { code }),
  ...(device === '' ? {} : { device_id: device }),
  ...(table === '' ? {} : { source_table: table }),
  ...(cause === '' ? {} : { cause }),
  ...(state === null ? {} : { state }),
  ...(hours === null ? {} : { within_hours: hours }),
});

/** The search as the list verb and the API take it. */
export const rejectedParams = (search: RejectedSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  ...rejectedFilter(search),
});

/** The search as the groups take it. */
export const groupParams = (search: RejectedSearch) => ({
  by: search.view === 'device' ? ('device' as const) : ('cause' as const),
  ...rejectedFilter(search),
});
