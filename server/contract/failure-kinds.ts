// Why a row could not be written. No schema in it: the console asks it in the browser.

/** Kinds of failed writes. Rows are grouped by it: the sentence of an error names the value and would not group. */
export const FAILURE_KINDS = [
  'not_an_integer',
  'has_a_fraction',
  'out_of_range',
  'not_a_number',
  'not_text',
  'nul_character',
  'invalid_unicode',
  'not_base64',
  'not_a_boolean',
  'not_a_time',
  'missing_value',
  'refused_by_postgres',
] as const;
type FailureKind = (typeof FAILURE_KINDS)[number];

const FAILURE_WORDS: Record<FailureKind, string> = {
  not_an_integer: 'not an integer',
  has_a_fraction: 'has a fraction',
  out_of_range: 'out of range',
  not_a_number: 'not a number',
  not_text: 'not text',
  nul_character: 'holds the character U+0000',
  invalid_unicode: 'not valid Unicode',
  not_base64: 'not base64',
  not_a_boolean: 'neither true nor false',
  not_a_time: 'not a time',
  missing_value: 'missing from the row',
  refused_by_postgres: 'refused by Postgres',
};

/**
 * What is wrong with failed rows, in a few words and without a value: this is what lineages, pause causes,
 * controls and events say, which people without the permission to read rows see too.
 */
export function failureTitle({ column, kind }: { column: string | null; kind: FailureKind | null }): string {
  const what = kind === null ? 'failed before kinds were recorded' : FAILURE_WORDS[kind];
  return column === null ? `Rows ${what}` : `${column}: ${what}`;
}
