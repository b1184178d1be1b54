// What a list of rows can be narrowed by. No schema in it: the console asks it in the browser.

export const ROW_OPERATORS = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'starts_with',
  'contains',
  'is_null',
  'not_null',
] as const;
export type RowOperator = (typeof ROW_OPERATORS)[number];

/** As many conditions hold at once at most. */
export const ROW_CONDITIONS_MAX = 10;
