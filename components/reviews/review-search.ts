// The state of the review list in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { STATUS } from './words';

const SORTS = ['created_at', '-created_at', 'source_table', '-source_table'] as const;
const CLASSIFICATIONS = [
  'ambiguous',
  'breaking',
  'compatible_additive',
  'compatible_mapped',
  'unknown',
] as const;
const STATUSES = ['open', 'queued', 'in_review', 'approved', 'rejected', 'superseded', 'any'] as const;

export const reviewSearch = {
  status: parseAsStringLiteral(STATUSES).withDefault('open'),
  classification: parseAsStringLiteral(CLASSIFICATIONS),
  /** A source table, exactly. */
  table: parseAsString.withDefault(''),
  /** A device's UUID. */
  device: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(SORTS).withDefault('created_at'),
  page: parseAsInteger.withDefault(1),
};
export type ReviewSearch = inferParserType<typeof reviewSearch>;

/** The search of a page's `searchParams`. */
export const loadReviewSearch = createLoader(reviewSearch);

/** The choices of the status filter, in the order that `f` goes through. */
export const STATUS_FILTERS = [
  { value: 'open', label: 'Waiting' },
  { value: 'queued', label: STATUS.queued.label },
  { value: 'in_review', label: STATUS.in_review.label },
  { value: 'approved', label: STATUS.approved.label },
  { value: 'rejected', label: STATUS.rejected.label },
  { value: 'superseded', label: STATUS.superseded.label },
] as const;

const PAGE_ROWS = 50;

/** The search as the list verb and the API take it. */
export const listParams = (search: ReviewSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  sort: search.sort,
  ...(search.status === 'any' ? {} : { status: search.status }),
  ...(search.classification === null ? {} : { classification: search.classification }),
  ...(search.table === '' ? {} : { source_table: search.table }),
  ...(search.device === '' ? {} : { device_id: search.device }),
  ...(search.q === '' ? {} : { q: search.q }),
});
