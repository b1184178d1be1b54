// How wide each column of a grid is: its share of a line, which is as wide as its frame or as all columns together.
import type { CSSProperties } from 'react';

export interface ColumnShares {
  /** Of a line. */
  line: CSSProperties;
  /**
   * Of each column in its line, in per cent: its own width, and that of all before it. Lines are flex boxes with widths
   * that are known: tracks of a CSS grid take half as long again to lay out, in each line that comes into sight.
   */
  columns: readonly { width: string; before: string }[];
}

const percent = (part: number, of: number): string => `${(100 * part) / of}%`;

/** `widths` in pixels, each more than zero. */
export function columnShares(widths: readonly number[]): ColumnShares {
  const sum = widths.reduce((all, width) => all + width, 0);
  let before = 0;
  const columns = widths.map((width) => {
    const share = { width: percent(width, sum), before: percent(before, sum) };
    before += width;
    return share;
  });
  return { line: { minWidth: sum }, columns };
}

/** The style of the cell in column `place` where columns from `first` on are drawn. */
export function cellStyle(
  { columns }: ColumnShares,
  place: number,
  first: number | undefined,
): CSSProperties {
  const share = columns[place];
  if (share === undefined) return {};
  return place === first && place > 0
    ? { width: share.width, marginInlineStart: share.before }
    : { width: share.width };
}
