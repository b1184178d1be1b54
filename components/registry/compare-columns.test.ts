import { describe, expect, test } from 'vitest';
import {
  changeWords,
  columnText,
  compareColumns,
  comparisonText,
  type SchemaColumn,
} from './compare-columns';

const column = (name: string, more: Partial<SchemaColumn> = {}): SchemaColumn => ({
  name,
  decl_type_affinity: 'TEXT',
  pk_ordinal: 0,
  not_null: false,
  ...more,
});

describe('two versions', () => {
  test('are compared by name, changed columns first', () => {
    const before = [column('id', { pk_ordinal: 1 }), column('b'), column('gone'), column('same')];
    const after = [
      column('same'),
      column('id', { pk_ordinal: 0, not_null: true }),
      column('b', { decl_type_affinity: 'INTEGER' }),
      column('new'),
    ];
    const compared = compareColumns(before, after);
    expect(compared.map(({ name, changes }) => [name, changeWords(changes)])).toEqual([
      ['b', 'retyped'],
      ['gone', 'removed'],
      ['id', 'key changed, nullability changed'],
      ['new', 'added'],
      ['same', ''],
    ]);
    expect(comparisonText(compared)).toBe(
      '1 retyped, 1 removed, 1 key changed, 1 nullability changed, 1 added',
    );
  });

  test('in another order are the same', () => {
    const columns = [column('a'), column('b')];
    expect(comparisonText(compareColumns(columns, [...columns].reverse()))).toBe('No column differs');
  });

  test('a column is written with its place in the key and its nullability', () => {
    expect(columnText(column('id', { pk_ordinal: 2, not_null: true }))).toBe('TEXT, key 2, not null');
  });
});
