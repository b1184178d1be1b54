// The state of the registry's pages in the URL, read alike by the pages on the server and by the browser.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { ENTRY_STATUS } from './words';

const SCOPES = ['project', 'fleet'] as const;
const STATUSES = ['pending', 'approved', 'rejected'] as const;
const PAGE_ROWS = 50;
/** Fewer: a row of the matrix has dozens of cells, each with counts of its own. */
const PAGE_TABLES = 25;

/** The choices of the status filter, in the order that `f` goes through. */
export const STATUS_FILTERS = STATUSES.map((value) => ({ value, label: ENTRY_STATUS[value].label }));

const page = parseAsInteger.withDefault(1);
const scopeSearch = {
  scope: parseAsStringLiteral(SCOPES),
  /** The UUID of the one fleet whose registry is listed; empty for the project's with all of its fleets. */
  fleet: parseAsString.withDefault(''),
};
export type ScopeSearch = inferParserType<typeof scopeSearch>;
export const NO_SCOPE: ScopeSearch = { scope: null, fleet: '' };
export const isScoped = (search: ScopeSearch): boolean => search.scope !== null || search.fleet !== '';
const scopeOf = ({ scope }: ScopeSearch) => (scope === null ? {} : { scope });
const pageOf = (search: { page: number }, limit: number) => ({ page: Math.max(1, search.page), limit });

export const tableSearch = {
  ...scopeSearch,
  /** Tables with a version of this status. */
  status: parseAsStringLiteral(STATUSES),
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(['source_table', '-source_table'] as const).withDefault('source_table'),
  page,
};
export type TableSearch = inferParserType<typeof tableSearch>;
export const loadTableSearch = createLoader(tableSearch);
export const tableParams = (search: TableSearch) => ({
  ...pageOf(search, PAGE_TABLES),
  sort: search.sort,
  ...scopeOf(search),
  ...(search.status === null ? {} : { status: search.status }),
  ...(search.q === '' ? {} : { q: search.q }),
});

const ENTRY_SORTS = ['created_at', '-created_at', 'source_table', '-source_table'] as const;
export const entrySearch = {
  ...scopeSearch,
  status: parseAsStringLiteral(STATUSES),
  /** A source table, exactly. */
  table: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(ENTRY_SORTS).withDefault('-created_at'),
  page,
};
export type EntrySearch = inferParserType<typeof entrySearch>;
export const loadEntrySearch = createLoader(entrySearch);
export const entryParams = (search: EntrySearch) => ({
  ...pageOf(search, PAGE_ROWS),
  sort: search.sort,
  ...scopeOf(search),
  ...(search.status === null ? {} : { status: search.status }),
  ...(search.table === '' ? {} : { source_table: search.table }),
});

const ON = ['any', 'current', 'waiting', 'left', 'older'] as const;
/** Which devices an entry's page lists. */
export const ON_FILTERS = [
  { value: 'current', label: 'On it now' },
  { value: 'waiting', label: 'Waiting or held' },
  { value: 'left', label: 'Went on from it' },
  { value: 'older', label: 'Behind it' },
] as const;
export const entryPageSearch = {
  on: parseAsStringLiteral(ON).withDefault('any'),
  q: parseAsString.withDefault(''),
  page,
  /** The version that is compared, and the one that it is compared with; empty for this one and the one before. */
  of: parseAsString.withDefault(''),
  with: parseAsString.withDefault(''),
};
export type EntryPageSearch = inferParserType<typeof entryPageSearch>;
export const loadEntryPageSearch = createLoader(entryPageSearch);
export const deviceParams = (search: Pick<EntryPageSearch, 'on' | 'q' | 'page'>) => ({
  ...pageOf(search, PAGE_ROWS),
  on: search.on,
  ...(search.q === '' ? {} : { q: search.q }),
});

export const mirrorSearch = {
  ...scopeSearch,
  table: parseAsString.withDefault(''),
  page,
};
export type MirrorSearch = inferParserType<typeof mirrorSearch>;
export const loadMirrorSearch = createLoader(mirrorSearch);
export const mirrorParams = (search: MirrorSearch) => ({
  ...pageOf(search, PAGE_ROWS),
  ...scopeOf(search),
  ...(search.table === '' ? {} : { source_table: search.table }),
});

export const mirrorPageSearch = { q: parseAsString.withDefault(''), page };
export type MirrorPageSearch = inferParserType<typeof mirrorPageSearch>;
export const loadMirrorPageSearch = createLoader(mirrorPageSearch);
export const mirrorDeviceParams = (search: MirrorPageSearch) => ({
  ...pageOf(search, PAGE_ROWS),
  ...(search.q === '' ? {} : { q: search.q }),
});

const JOB_DEVICES = ['pending', 'copying', 'moved', 'skipped'] as const;
export const consolidationSearch = { ...scopeSearch, page, jobs: page };
export type ConsolidationSearch = inferParserType<typeof consolidationSearch>;
export const loadConsolidationSearch = createLoader(consolidationSearch);
export const candidateParams = (search: ConsolidationSearch) => ({
  ...pageOf(search, PAGE_ROWS),
  ...scopeOf(search),
});
export const jobParams = (search: ConsolidationSearch) => ({
  ...pageOf({ page: search.jobs }, PAGE_ROWS),
  ...scopeOf(search),
});

/** The table that is about to be consolidated. */
export const planSearch = {
  table: parseAsString.withDefault(''),
  /** A fleet's UUID; empty for the project. */
  fleet: parseAsString.withDefault(''),
  show: parseAsStringLiteral(['conflicts', 'moving'] as const),
  page,
};
export type PlanSearch = inferParserType<typeof planSearch>;
export const loadPlanSearch = createLoader(planSearch);

export const jobSearch = { status: parseAsStringLiteral(JOB_DEVICES), page };
export type JobSearch = inferParserType<typeof jobSearch>;
export const loadJobSearch = createLoader(jobSearch);
export const jobDeviceParams = (search: JobSearch) => ({
  ...pageOf(search, PAGE_ROWS),
  ...(search.status === null ? {} : { status: search.status }),
});
