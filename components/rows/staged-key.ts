// Where staged rows can be gone to: a commit seq, a row's id, or a key. A staged row is what a device wrote, so what
// was typed has to become the key as that device writes it.
import type { LineageDetail } from '@/server/contract/governance';

type Version = LineageDetail['schema_versions'][number];
type Column = NonNullable<Version['columns']>[number];

/** The key of the newest schema whose columns are known, in key order; empty where none is, and of telemetry. */
export function keyColumnsOf({
  lineage,
  schema_versions: versions,
}: Pick<LineageDetail, 'lineage' | 'schema_versions'>): readonly Column[] {
  // A telemetry sample goes by its own id, whatever key the table has.
  if (lineage.watermark.batch_seq !== undefined) return [];
  const current = versions.find((version) => version.schema_hash === lineage.current_schema_hash);
  const known = current?.columns ?? versions.find((version) => version.columns !== null)?.columns ?? [];
  return known.filter(({ pk_ordinal: ordinal }) => ordinal > 0).sort((a, b) => a.pk_ordinal - b.pk_ordinal);
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** `text` as JSON: SQLite makes a number of it where the column's affinity asks for one, and a text where it does not. */
const valueOf = ({ decl_type_affinity: affinity }: Column, text: string | null, asText: boolean): string =>
  text !== null && affinity !== 'TEXT' && !asText && JSON_NUMBER.test(text) ? text : JSON.stringify(text);

/**
 * The keys, as JSON, that `typed` can stand for, the likelier first: a column without a type of its own keeps what it
 * is given, a number or the text of one.
 */
export function keysTyped(columns: readonly Column[], typed: readonly (string | null)[]): string[] {
  const keyOf = (asText: boolean) =>
    `{${columns.map((column, i) => `${JSON.stringify(column.name)}:${valueOf(column, typed[i] ?? null, asText)}`).join(',')}}`;
  const isOpen = columns.some(({ decl_type_affinity: affinity }) => affinity === 'BLOB');
  return [...new Set(isOpen ? [keyOf(false), keyOf(true)] : [keyOf(false)])];
}

const PLACE = /^(?:-?\d{1,18}-)?\d{1,18}(?:-[0-9a-f]{2,128})?$/;

/** Why `text` is no place among staged rows; undefined where it is one. */
export const whyNoPlace = (text: string): string | undefined =>
  PLACE.test(text.trim())
    ? undefined
    : `“${text.trim()}” is no commit seq: those are whole numbers, as 1042, in the column Commit seq.`;
