// The state of the row viewer in the URL: which rows, which of their columns, from where on, and which one is open.
import {
  createLoader,
  parseAsArrayOf,
  parseAsJson,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { ROW_CONDITIONS_MAX, ROW_OPERATORS } from '@/server/contract/row-operators';
import type { RowCondition } from '@/server/contract/rows';

const SOURCES = ['staged', 'mirror'] as const;
const REASONS = ['schema_review', 'lineage_paused', 'materialization_failed'] as const;
const OPS = ['insert', 'update', 'delete'] as const;

const COLUMN_CHARS_MAX = 1000;
const VALUE_CHARS_MAX = 10_000;

const isText = (value: unknown, charsMax: number): value is string =>
  typeof value === 'string' && value.length <= charsMax;

/** As `rowCondition` of the contract, whose schema would be the largest part of the page. */
function isCondition(one: unknown): one is RowCondition {
  if (typeof one !== 'object' || one === null) return false;
  const { column, op, value, ...more } = one as Record<string, unknown>;
  return (
    Object.keys(more).length === 0 &&
    isText(column, COLUMN_CHARS_MAX) &&
    column !== '' &&
    ROW_OPERATORS.some((known) => known === op) &&
    (value === undefined || isText(value, VALUE_CHARS_MAX))
  );
}

const conditions = (value: unknown): RowCondition[] | null =>
  Array.isArray(value) && value.length <= ROW_CONDITIONS_MAX && value.every(isCondition) ? value : null;

/** What every grid of rows keeps in the URL, also one of a shared mirror. */
export const gridSearch = {
  /** Conditions that all hold. */
  where: parseAsJson(conditions).withDefault([]),
  /** A column, with a leading `-` for descending. */
  sort: parseAsString.withDefault(''),
  hide: parseAsArrayOf(parseAsString).withDefault([]),
  /** The first row in sight, by its id; `end` for the last page. */
  at: parseAsString.withDefault(''),
  /** The row that is open, by its id. */
  row: parseAsString.withDefault(''),
};
export type GridSearch = inferParserType<typeof gridSearch>;
export type SetGridSearch = (change: Partial<GridSearch>) => void;

export const rowsSearch = {
  ...gridSearch,
  source: parseAsStringLiteral(SOURCES).withDefault('staged'),
  reason: parseAsStringLiteral(REASONS),
  op: parseAsStringLiteral(OPS),
  hash: parseAsString.withDefault(''),
  /** A key whose way is shown without a row of it: its values in key order, as JSON. */
  key: parseAsString.withDefault(''),
};
export type RowsSearch = inferParserType<typeof rowsSearch>;
export type SetRowsSearch = (change: Partial<RowsSearch>) => void;

/** The search of a page's `searchParams`. */
export const loadRowsSearch = createLoader(rowsSearch);
/** The same of a page that has a grid alone. */
export const loadGridSearch = createLoader(gridSearch);

export const REASON: Record<(typeof REASONS)[number], string> = {
  schema_review: 'Schema review',
  lineage_paused: 'Lineage paused',
  materialization_failed: 'Materialization failed',
};
export const REASON_FILTERS = REASONS.map((value) => ({ value, label: REASON[value] }));
export const OP_FILTERS = OPS.map((value) => ({ value, label: value }));

const PAGE_ROWS = 100;

/** The filter and the order of a grid as verbs and exports take them. */
export const gridFilter = ({ where, sort }: Pick<GridSearch, 'where' | 'sort'>) => ({
  ...(where.length === 0 ? {} : { where: JSON.stringify(where) }),
  ...(sort === '' ? {} : { sort }),
});

/** The staged rows that are meant, as the list and the export take it. */
export const stagedFilter = ({ where, sort, reason, op, hash }: RowsSearch) => ({
  ...(where.length === 0 ? {} : { where: JSON.stringify(where) }),
  ...(sort === '-commit_seq' ? { sort: '-commit_seq' as const } : {}),
  ...(reason === null ? {} : { staging_reason: reason }),
  ...(op === null ? {} : { op }),
  ...(hash === '' ? {} : { schema_hash: hash }),
});

const ESTIMATE = { limit: PAGE_ROWS, total: 'estimate' } as const;

/** The staged rows as their verb takes them, without a place. */
export const stagedParams = (search: RowsSearch) => ({ ...ESTIMATE, ...stagedFilter(search) });

/** Mirror rows as their verb takes them, without a place. */
export const mirrorParams = (search: Pick<GridSearch, 'where' | 'sort'>) => ({
  ...ESTIMATE,
  ...gridFilter(search),
});

/** Where the first page begins: at the row that was in sight, else at the one that is open. */
export const anchorOf = ({ at, row }: Pick<GridSearch, 'at' | 'row'>): string => (at === '' ? row : at);

/** An anchor as the verbs take it. */
export function placeParams(anchor: string): { direction?: 'backward'; seek?: string } {
  if (anchor === '') return {};
  return anchor === 'end' ? { direction: 'backward' as const } : { seek: anchor };
}
