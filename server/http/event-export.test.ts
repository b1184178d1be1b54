import { expect, it } from 'vitest';
import { csvCell } from './event-export';

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
])('writes %j so that no spreadsheet runs it', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});
