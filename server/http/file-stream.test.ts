import { expect, it } from 'vitest';
import { csvCell, csvValue } from './file-stream';

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['a "b"', '"a ""b"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['|cmd', `"'|cmd"`],
  ["'quoted", `"''quoted"`],
  ['＝1', `"'＝1"`],
])('writes %j so that no spreadsheet runs it', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});

it('gives every text back when one leading apostrophe is taken away', () => {
  for (const text of ['=1', "'=1", "''", "it's", ' -x', "'", '@', 'a']) {
    const cell = csvCell(text);
    const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    expect(read.startsWith("'") ? read.slice(1) : read).toBe(text);
  }
});

it.each([
  [null, false, ''],
  ['', false, '""'],
  ['NULL', false, 'NULL'],
  [-5, true, '-5'],
  ['-9007199254740993', true, '-9007199254740993'],
  ['-9007199254740993', false, `"'-9007199254740993"`],
  ['-0.10000000000000000001', true, '-0.10000000000000000001'],
  ['-1+cmd', true, `"'-1+cmd"`],
])(
  'writes the value %j (numeric column: %j) so that it can be told from every other',
  (value, numeric, cell) => {
    expect(csvValue(value, numeric)).toBe(cell);
  },
);
