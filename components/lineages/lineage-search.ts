// The state of the lineage list in the URL, read alike by the page on the server and by the browser.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { CAUSE, CAUSES } from './words';

const SORTS = [
  'last_batch_at',
  '-last_batch_at',
  'source_table',
  '-source_table',
  'device_name',
  '-device_name',
  'staged_row_count',
  '-staged_row_count',
  'last_error_at',
  '-last_error_at',
] as const;
const STATUSES = ['active', 'paused'] as const;

export const lineageSearch = {
  status: parseAsStringLiteral(STATUSES),
  cause: parseAsStringLiteral(CAUSES),
  /** Only those whose last write failed. */
  failing: parseAsStringLiteral(['true'] as const),
  /** A source table, exactly. */
  table: parseAsString.withDefault(''),
  /** A device's UUID. */
  device: parseAsString.withDefault(''),
  /** A fleet's UUID. */
  fleet: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(SORTS).withDefault('-staged_row_count'),
  page: parseAsInteger.withDefault(1),
};
export type LineageSearch = inferParserType<typeof lineageSearch>;

/** The search of a page's `searchParams`. */
export const loadLineageSearch = createLoader(lineageSearch);

/** The choices of the status filter, in the order that `f` goes through. */
export const STATUS_FILTERS = [
  { value: 'paused', label: 'Paused' },
  { value: 'active', label: 'Active' },
] as const;
export const CAUSE_FILTERS = CAUSES.map((value) => ({ value, label: CAUSE[value].label }));

const PAGE_ROWS = 50;

export const ERROR_FILTERS = [{ value: 'true', label: 'Last write failed' }] as const;

/** The filter and the order as the list and its export take them. */
export const lineageFilter = (search: LineageSearch) => ({
  sort: search.sort,
  ...(search.status === null ? {} : { status: search.status }),
  ...(search.cause === null ? {} : { pause_cause: search.cause }),
  ...(search.failing === null ? {} : { failing: search.failing }),
  ...(search.table === '' ? {} : { source_table: search.table }),
  ...(search.device === '' ? {} : { device_id: search.device }),
  ...(search.fleet === '' ? {} : { fleet_id: search.fleet }),
  ...(search.q === '' ? {} : { q: search.q }),
});

/** The search as the list verb and the API take it. */
export const lineageParams = (search: LineageSearch) => ({
  page: Math.max(1, search.page),
  limit: PAGE_ROWS,
  ...lineageFilter(search),
});
