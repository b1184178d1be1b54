import { expect, it } from 'vitest';
import { cellStyle, columnShares } from './column-shares';

it('gives each column its share of the line, which is never narrower than all of them', () => {
  expect(columnShares([100, 300])).toEqual({
    line: { minWidth: 400 },
    columns: [
      { width: '25%', before: '0%' },
      { width: '75%', before: '25%' },
    ],
  });
});

it('leaves room for the columns before the first that is drawn', () => {
  const shares = columnShares([100, 300, 400]);
  expect(cellStyle(shares, 1, 1)).toEqual({ width: '37.5%', marginInlineStart: '12.5%' });
  expect(cellStyle(shares, 2, 1)).toEqual({ width: '50%' });
  expect(cellStyle(shares, 0, 0)).toEqual({ width: '12.5%' });
});
