// What a grid of rows is given: its columns, its rows, and what it tells whoever shows it.
import type { ReactNode } from 'react';
import type { Scalar } from './cell-text';

interface ColumnFrame {
  id: string;
  header: string;
  /** In pixels. */
  width: number;
  /** The name to sort by; absent where it cannot be. */
  sortKey?: string;
  align?: 'end';
}

/** Draws what is in its cells, or says what value is there: undefined where a row has none. */
export type GridColumn<R> = ColumnFrame &
  (
    | { draw: (row: R) => ReactNode; value?: undefined }
    | { draw?: undefined; value: (row: R) => Scalar | undefined }
  );

export interface GridProps<R> {
  label: string;
  columns: readonly GridColumn<R>[];
  rows: readonly R[];
  rowId: (row: R) => string;
  openId: string;
  onOpen: (id: string) => void;
  sort: string;
  onSort: (sort: string) => void;
  /** An end is near: read on. */
  onNearEnd: () => void;
  onNearStart: () => void;
  /** Reads from the beginning, or from the end. */
  onGoTo: (place: '' | 'end') => void;
  /** Told which row is the first in sight, and whether nothing is before it. */
  onTop: (id: string, isFirst: boolean) => void;
  hasBefore: boolean;
  hasAfter: boolean;
  /** How often reading began anew. The rows in sight are of the time before while they are stale. */
  begun: number;
  /** True where reading began at the end. */
  startsAtEnd: boolean;
  /** Below the rows: what is to know of them. */
  note: ReactNode;
  stale: boolean;
}
