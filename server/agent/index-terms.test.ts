import { expect, test } from 'vitest';
import { indexTerms } from '@/server/agent/index-terms';

test.each([
  ['CREATE UNIQUE INDEX i ON t (a, b)', ['a', 'b'], null],
  [
    'CREATE UNIQUE INDEX "i(," ON "t)," ("a,)" COLLATE NOCASE DESC, lower(b, \'),\') asc)',
    ['"a,)"', "lower(b, '),')"],
    null,
  ],
  [
    "CREATE UNIQUE INDEX i ON t (a /* , ) */, -- )\n b) WHERE a > 1 AND b <> 'x)' ;",
    ['a', 'b'],
    "a > 1 AND b <> 'x)' ",
  ],
  ['create unique index i on [t(] (`a)`, ((b) - 1))where b', ['`a)`', '((b) - 1)'], 'b'],
])('%s', (sql, terms, where) => {
  expect(indexTerms(sql)).toEqual({ terms, where });
});
