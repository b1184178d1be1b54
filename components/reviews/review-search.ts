// The state of the review list in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  createSerializer,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import type { ReviewFilter } from '@/server/contract/review-queue';
import { STATUS } from './words';

const SORTS = ['created_at', '-created_at', 'source_table', '-source_table'] as const;
const CLASSIFICATIONS = [
  'ambiguous',
  'breaking',
  'compatible_additive',
  'compatible_mapped',
  'unknown',
] as const;
const STATUSES = [
  'open',
  'queued',
  'in_review',
  'approved',
  'rejected',
  'abandoned',
  'superseded',
  'any',
] as const;
const CHANGES = [
  'first_schema',
  'added',
  'added_not_null',
  'removed',
  'type_changed',
  'key_changed',
  'nullability_changed',
  'unverified',
  'columns_unknown',
] as const;

export const reviewSearch = {
  status: parseAsStringLiteral(STATUSES).withDefault('open'),
  kind: parseAsStringLiteral(['device', 'registry'] as const),
  classification: parseAsStringLiteral(CLASSIFICATIONS),
  claimant: parseAsStringLiteral(['me', 'nobody', 'other'] as const),
  change: parseAsStringLiteral(CHANGES),
  staged: parseAsStringLiteral(['some', 'none'] as const),
  /** Waiting for at least so many minutes. */
  age: parseAsInteger,
  /** A source table, exactly. */
  table: parseAsString.withDefault(''),
  /** A schema hash, exactly. */
  hash: parseAsString.withDefault(''),
  /** A device's UUID. */
  device: parseAsString.withDefault(''),
  /** A fleet's UUID. */
  fleet: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(SORTS).withDefault('created_at'),
  page: parseAsInteger.withDefault(1),
};
export type ReviewSearch = inferParserType<typeof reviewSearch>;

/** The search of a page's `searchParams`. */
export const loadReviewSearch = createLoader(reviewSearch);

const serialize = createSerializer(reviewSearch);
/** The search as a query string without the page: what a saved view keeps, and what tells one list from another. */
export const viewText = (search: ReviewSearch): string =>
  serialize({ ...search, page: null }).replace(/^\?/, '');

/** Everything that waits, whatever it is. */
export const NO_FILTER = {
  status: 'open',
  kind: null,
  classification: null,
  claimant: null,
  change: null,
  staged: null,
  age: null,
  table: '',
  hash: '',
  device: '',
  fleet: '',
  q: '',
} as const satisfies Partial<ReviewSearch>;

/** Names of the filters that are set. */
export const filtersSet = (search: ReviewSearch): (keyof typeof NO_FILTER)[] =>
  (Object.keys(NO_FILTER) as (keyof typeof NO_FILTER)[]).filter((name) => search[name] !== NO_FILTER[name]);

/** The choices of the status filter, in the order that `f` goes through. */
export const STATUS_FILTERS = [
  { value: 'open', label: 'Waiting' },
  { value: 'queued', label: STATUS.queued.label },
  { value: 'in_review', label: STATUS.in_review.label },
  { value: 'approved', label: STATUS.approved.label },
  { value: 'rejected', label: STATUS.rejected.label },
  { value: 'abandoned', label: STATUS.abandoned.label },
  { value: 'superseded', label: STATUS.superseded.label },
] as const;

const PAGE_ROWS = 50;

/** The filters as the queue, the API and a bulk job take them. */
export const filterOf = (search: ReviewSearch): ReviewFilter => ({
  ...(search.status === 'any' ? {} : { status: search.status }),
  ...(search.kind === null ? {} : { kind: search.kind }),
  ...(search.classification === null ? {} : { classification: search.classification }),
  ...(search.claimant === null ? {} : { claimant: search.claimant }),
  ...(search.change === null ? {} : { change: search.change }),
  ...(search.staged === null ? {} : { staged: search.staged }),
  ...(search.age === null ? {} : { min_age_minutes: search.age }),
  ...(search.table === '' ? {} : { source_table: search.table }),
  ...(search.hash === '' ? {} : { schema_hash: search.hash }),
  ...(search.device === '' ? {} : { device_id: search.device }),
  ...(search.fleet === '' ? {} : { fleet_id: search.fleet }),
  ...(search.q === '' ? {} : { q: search.q }),
});

/** The search as the list verb and the API take it. */
export const listParams = (search: ReviewSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  sort: search.sort,
  ...filterOf(search),
});
