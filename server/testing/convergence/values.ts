/**
 * The tables and values of random histories, each value with what the mirror must then say. Misfits are the
 * values that cannot be written: such rows must end up staged, and exactly those.
 */
import type { MirrorType } from '@/server/db/schema/mirrors';
import type { Affinity, SchemaColumn } from '@/server/protocol/fingerprint';
import { schemaHash } from '@/server/protocol/fingerprint';
import type { SqlValue } from '@/server/protocol/row-batch-encode';

export interface Sample {
  value: SqlValue;
  /** The mirror's value as text. */
  text: string | null;
  /**
   * `always` fails in any write. `postgres` only Postgres itself finds out, when an upsert comes to it: a newer
   * change of the key in the same batch takes its place untried, and a delete does not fail.
   */
  misfit?: 'always' | 'postgres';
}

const misfit = (value: SqlValue): Sample => ({ value, text: null, misfit: 'always' });
const NULL: Sample = { value: null, text: null };

const BIG = 9007199254740993n;

const OFF_KEY: Record<Affinity, readonly Sample[]> = {
  INTEGER: [
    { value: 1n, text: '1' },
    { value: BIG, text: String(BIG) },
    NULL,
    { value: -7n, text: '-7' },
    misfit('x'),
  ],
  REAL: [
    { value: 21.5, text: '21.5' },
    { value: 1, text: '1' },
    NULL,
    { value: -0, text: '-0' },
    misfit('warm'),
  ],
  TEXT: [
    { value: 'a', text: 'a' },
    { value: 'ü 😀', text: 'ü 😀' },
    NULL,
    { value: 7n, text: '7' },
    misfit('nul \0'),
  ],
  NUMERIC: [
    { value: 1n, text: '1' },
    { value: '1.50', text: '1.50' },
    NULL,
    // Looks like a number, and only Postgres knows that it is too large for it.
    { value: '1e200000', text: null, misfit: 'postgres' },
    misfit('abc'),
  ],
  BLOB: [{ value: new Uint8Array([0, 255]), text: '\\x00ff' }, NULL, misfit('not base64')],
};

/** Too large for an index row, which only the insert finds out; a delete of it finds nothing, and lands. */
const LONG_KEY = Array.from({ length: 1400 }, (_, i) =>
  String.fromCodePoint(0x4e00 + ((i * 7919) % 20000)),
).join('');

const ON_KEY: Partial<Record<Affinity, readonly Sample[]>> = {
  INTEGER: [
    { value: 1n, text: '1' },
    { value: 2n, text: '2' },
    NULL,
    { value: 1n, text: '1' },
    { value: BIG, text: String(BIG) },
    { value: 2n, text: '2' },
    misfit('x'),
  ],
  TEXT: [
    { value: 'a', text: 'a' },
    { value: 'b', text: 'b' },
    NULL,
    { value: 'a', text: 'a' },
    { value: 'b', text: 'b' },
    { value: 'a', text: 'a' },
    { value: LONG_KEY, text: LONG_KEY, misfit: 'postgres' },
  ],
};

/** What a mirror column of `type` shows of a value off the key; null where it cannot hold it. */
export function textIn(sample: Sample, type: MirrorType): { text: string | null } | null {
  if (sample.misfit === undefined) return { text: sample.text };
  const isText = type === 'text' && typeof sample.value === 'string' && !sample.value.includes('\0');
  return isText ? { text: String(sample.value) } : null;
}

/** The value that `pick` chooses for a column; with `isClean` one that can be written. */
export function sampleOf(column: SchemaColumn, pick: number, isClean = false): Sample {
  const samples =
    (column.pk_ordinal > 0 ? ON_KEY[column.decl_type_affinity] : undefined) ??
    OFF_KEY[column.decl_type_affinity];
  const sample = samples[pick % samples.length] ?? NULL;
  return isClean && sample.misfit !== undefined ? (samples[0] ?? NULL) : sample;
}

const column = (name: string, decl_type_affinity: Affinity, pk_ordinal = 0): SchemaColumn => ({
  name,
  decl_type_affinity,
  pk_ordinal,
  not_null: false,
});

export interface SchemaOfHistory {
  table: string;
  columns: readonly SchemaColumn[];
  hash: string;
}

const versions = (table: string, all: SchemaColumn[][]): SchemaOfHistory[] =>
  all.map((columns) => ({ table, columns, hash: schemaHash({ tableName: table, columns }) }));

/** A table of samples: its first schema, then a column in the place of another. */
export const TEMPS: readonly SchemaOfHistory[] = versions('temps', [
  [column('ts', 'TEXT'), column('value_c', 'NUMERIC'), column('label', 'TEXT')],
  [column('ts', 'TEXT'), column('value_c', 'NUMERIC'), column('note', 'TEXT')],
]);

/** By table: the first schema, then a column added, removed, retyped, keys changed, and a column renamed. */
export const SCHEMAS: readonly (readonly SchemaOfHistory[])[] = [
  versions('device_state', [
    [column('id', 'INTEGER', 1), column('mode', 'TEXT'), column('setpoint', 'REAL')],
    [
      column('id', 'INTEGER', 1),
      column('mode', 'TEXT'),
      column('setpoint', 'REAL'),
      column('extra', 'NUMERIC'),
    ],
    [column('id', 'INTEGER', 1), column('mode', 'TEXT')],
    [column('id', 'INTEGER', 1), column('mode', 'TEXT'), column('setpoint', 'TEXT')],
    [column('id', 'INTEGER', 1), column('mode', 'TEXT', 2), column('setpoint', 'REAL')],
    [column('id', 'INTEGER', 1), column('mode', 'TEXT', 2), column('blob', 'BLOB')],
    [column('id', 'INTEGER', 1), column('mode', 'TEXT'), column('set_point', 'REAL')],
  ]),
  versions('pairs "ä"; --', [
    [column('b', 'INTEGER', 2), column('a', 'TEXT', 1), column('version_seq', 'NUMERIC')],
    [column('b', 'INTEGER', 2), column('a', 'TEXT', 1), column('version_seq', 'INTEGER')],
    [
      column('b', 'INTEGER', 2),
      column('a', 'TEXT', 1),
      column('version_seq', 'NUMERIC'),
      column('note', 'TEXT'),
    ],
    [column('b', 'INTEGER'), column('a', 'TEXT', 1)],
  ]),
];

/** Every table's first schema. */
export const TABLES: readonly string[] = [...SCHEMAS, TEMPS].flatMap(([first]) => first?.table ?? []);

/** Whether a table's rows are samples. */
export const isOfSamples = (table: string): boolean => TEMPS.some((schema) => schema.table === table);
