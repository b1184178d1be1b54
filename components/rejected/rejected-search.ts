// The state of the inbox in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { REJECTION_CODES } from '@/server/protocol/rejections';

export const rejectedSearch = {
  view: parseAsStringLiteral(['grouped', 'all'] as const).withDefault('grouped'),
  code: parseAsStringLiteral(REJECTION_CODES),
  /** A device's UUID. */
  device: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
};
export type RejectedSearch = inferParserType<typeof rejectedSearch>;

/** The search of a page's `searchParams`. */
export const loadRejectedSearch = createLoader(rejectedSearch);

export const CODE_FILTERS = REJECTION_CODES.map((value) => ({ value, label: value }));
export const REJECTED_PATH = 'edge/rejected-batches';
export const rejectedPath = (id: string): string => `${REJECTED_PATH}/${id}`;

const PAGE_ROWS = 50;
/** Groups are made of the newest so many. */
export const GROUPED_ROWS = 500;

/** The search as the list verb and the API take it. */
export const rejectedParams = (search: RejectedSearch) => ({
  page: search.view === 'grouped' ? 1 : Math.max(1, search.page),
  limit: search.view === 'grouped' ? GROUPED_ROWS : PAGE_ROWS,
  ...(search.code === null ? {} : { code: search.code }),
  ...(search.device === '' ? {} : { device_id: search.device }),
});
