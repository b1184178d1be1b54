// The state of the row viewer in the URL: which rows, which of their columns, and which one is open.
import {
  createLoader,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';

const SOURCES = ['staged', 'mirror'] as const;
const REASONS = ['schema_review', 'lineage_paused', 'materialization_failed'] as const;
const OPS = ['insert', 'update', 'delete'] as const;

export const rowsSearch = {
  source: parseAsStringLiteral(SOURCES).withDefault('staged'),
  reason: parseAsStringLiteral(REASONS),
  op: parseAsStringLiteral(OPS),
  hash: parseAsString.withDefault(''),
  /** A mirror column and the value that it has to have. */
  column: parseAsString.withDefault(''),
  value: parseAsString.withDefault(''),
  /** A mirror column, with a leading `-` for descending. */
  sort: parseAsString.withDefault(''),
  hide: parseAsArrayOf(parseAsString).withDefault([]),
  /** The row that is open, by its id. */
  row: parseAsString.withDefault(''),
};
export type RowsSearch = inferParserType<typeof rowsSearch>;

/** The search of a page's `searchParams`. */
export const loadRowsSearch = createLoader(rowsSearch);

export const REASON: Record<(typeof REASONS)[number], string> = {
  schema_review: 'Schema review',
  lineage_paused: 'Lineage paused',
  materialization_failed: 'Materialization failed',
};
export const REASON_FILTERS = REASONS.map((value) => ({ value, label: REASON[value] }));
export const OP_FILTERS = OPS.map((value) => ({ value, label: value }));

const PAGE_ROWS = 100;

/** The search as the staged-row verb and the API take it, without a cursor. */
export const stagedParams = (search: RowsSearch) => ({
  limit: PAGE_ROWS,
  ...(search.reason === null ? {} : { staging_reason: search.reason }),
  ...(search.op === null ? {} : { op: search.op }),
  ...(search.hash === '' ? {} : { schema_hash: search.hash }),
});

/** The search as the mirror-row verb and the API take it, without a cursor. */
export const mirrorParams = (search: RowsSearch) => ({
  limit: PAGE_ROWS,
  ...(search.column === '' ? {} : { filter: `${search.column}:${search.value}` }),
  ...(search.sort === '' ? {} : { sort: search.sort }),
});
