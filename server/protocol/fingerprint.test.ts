import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AFFINITIES, affinityOf } from '@/server/protocol/affinity';
import { parseExactJson } from '@/server/protocol/exact-json';
import { canonicalSchema, schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { schemaColumnsJson } from '@/server/protocol/row-batch-encode';
import { parseSchemaColumns } from '@/server/protocol/schema-columns';
import { compareUtf8 } from '@/server/protocol/utf8-order';

const column = fc.record({
  name: fc.string({ unit: 'grapheme', maxLength: 12 }),
  decl_type_affinity: fc.constantFrom(...AFFINITIES),
  pk_ordinal: fc.integer({ min: 0, max: 4 }),
  not_null: fc.boolean(),
});
const columns = fc.uniqueArray(column, { minLength: 1, maxLength: 8, selector: (c) => c.name });
const ID: SchemaColumn = { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true };
const MODE: SchemaColumn = { name: 'mode', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false };
const base = { tableName: 'device_state', columns: [ID, MODE] };

describe('schemaHash', () => {
  it('hashes the canonical JSON, spelled out', () => {
    const canonical =
      '{"columns":[{"decl_type_affinity":"INTEGER","name":"id","not_null":true,"pk_ordinal":1},' +
      '{"decl_type_affinity":"TEXT","name":"mode","not_null":false,"pk_ordinal":0}],"table_name":"device_state"}';
    expect(canonicalSchema(base)).toBe(canonical);
    expect(schemaHash(base)).toBe(createHash('sha256').update(canonical).digest('hex'));
    expect(schemaHash(base)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the order of the columns', () => {
    const shuffled = columns.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([a, b]) => {
        expect(schemaHash({ tableName: 't', columns: a })).toBe(schemaHash({ tableName: 't', columns: b }));
      }),
    );
  });

  it.each<[string, { tableName: string; columns: SchemaColumn[] }]>([
    ['another table', { ...base, tableName: 'device_states' }],
    ['a column removed', { ...base, columns: [ID] }],
    ['a column added', { ...base, columns: [ID, MODE, { ...MODE, name: 'x' }] }],
    ['a column renamed', { ...base, columns: [ID, { ...MODE, name: 'Mode' }] }],
    ['a column retyped', { ...base, columns: [ID, { ...MODE, decl_type_affinity: 'BLOB' }] }],
    [
      'another key',
      {
        ...base,
        columns: [
          { ...ID, pk_ordinal: 0 },
          { ...MODE, pk_ordinal: 1 },
        ],
      },
    ],
    ['NOT NULL dropped', { ...base, columns: [{ ...ID, not_null: false }, MODE] }],
  ])('changes with %s', (_, changed) => {
    expect(schemaHash(changed)).not.toBe(schemaHash(base));
  });

  it('sorts names by their bytes, not by UTF-16 units', () => {
    const names = ['\u{1F600}', '\uFF21', 'z', 'Z'];
    const text = canonicalSchema({ tableName: 't', columns: names.map((name) => ({ ...MODE, name })) });
    expect([...text.matchAll(/"name":"([^"]*)"/g)].map((m) => m[1])).toEqual([
      'Z',
      'z',
      '\uFF21',
      '\u{1F600}',
    ]);
  });
});

it('compareUtf8 orders as the bytes do', () => {
  const text = fc.string({ unit: 'binary', maxLength: 4 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

describe('affinityOf', () => {
  it.each<[string | null, string]>([
    ['INT', 'INTEGER'],
    ['bigint unsigned', 'INTEGER'],
    ['CHARINT', 'INTEGER'],
    ['FLOATING POINT', 'INTEGER'],
    ['VARCHAR(20)', 'TEXT'],
    ['clob', 'TEXT'],
    ['NATIVE CHARACTER(70)', 'TEXT'],
    ['BLOB', 'BLOB'],
    ['', 'BLOB'],
    [null, 'BLOB'],
    ['REAL', 'REAL'],
    ['double precision', 'REAL'],
    ['FLOAT', 'REAL'],
    ['DECIMAL(10,5)', 'NUMERIC'],
    ['BOOLEAN', 'NUMERIC'],
    ['DATETIME', 'NUMERIC'],
    ['STRING', 'NUMERIC'],
    ['\u0131nt', 'NUMERIC'],
  ])('%s is %s', (declared, affinity) => {
    expect(affinityOf(declared)).toBe(affinity);
  });
});

describe('parseSchemaColumns', () => {
  it('reads what the agent writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), columns, (tableName, all) => {
        fc.pre(![tableName, ...all.map((c) => c.name)].some((name) => name.includes('\u0000')));
        const parsed = parseSchemaColumns(parseExactJson(schemaColumnsJson(tableName, all)));
        expect(parsed).toEqual({ ok: true, tableName, columns: all });
      }),
    );
  });

  const one = '{"name":"id","decl_type_affinity":"INTEGER","pk_ordinal":1,"not_null":true}';
  it.each([
    ['"x"', ''],
    ['{"columns":[]}', 'table_name'],
    ['{"table_name":"t"}', 'columns'],
    ['{"table_name":"t","columns":[]}', 'columns'],
    ['{"table_name":"t","columns":[7]}', 'columns[0]'],
    [`{"table_name":"t","columns":[${one},${one}]}`, 'columns[1].name'],
    [`{"table_name":"t","columns":[${one.replace('"id"', '"a\\u0000"')}]}`, 'columns[0].name'],
    [`{"table_name":"t","columns":[${one.replace('INTEGER', 'integer')}]}`, 'columns[0].decl_type_affinity'],
    [`{"table_name":"t","columns":[${one.replace('1', '-1')}]}`, 'columns[0].pk_ordinal'],
    [`{"table_name":"t","columns":[${one.replace('true', '1')}]}`, 'columns[0].not_null'],
  ])('names the place in %s', (text, path) => {
    const parsed = parseSchemaColumns(parseExactJson(text));
    expect(parsed).toMatchObject({ ok: false, path });
    expect(!parsed.ok && parsed.problem).toContain(path);
  });
});
