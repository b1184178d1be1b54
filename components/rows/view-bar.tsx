'use client';
// The line over a grid: conditions, jump, columns, file.
import type { ComponentProps, ReactNode } from 'react';
import type { Params } from '@/components/shell/api';
import { FilterBar } from '@/components/ui/filter-bar';
import { ColumnChooser } from './column-chooser';
import { ConditionBar } from './condition-bar';
import { ExportMenu } from './export-menu';
import { GoToKey } from './go-to-key';
import classes from './rows-page.module.css';
import type { GridSearch, SetGridSearch } from './rows-search';

interface Props {
  path: string;
  what: string;
  columns: readonly { id: string; header: string }[];
  /** What a condition can be on. */
  conditionColumns: readonly string[];
  search: GridSearch;
  set: SetGridSearch;
  exportParams: Params;
  goTo: ComponentProps<typeof GoToKey>;
  /** Further filters, before the conditions. */
  filters?: ReactNode;
  /** Takes the further filters away too; undefined where none is set. */
  onClear?: (() => void) | undefined;
}

/** The bar of a grid. */
export function ViewBar(props: Props) {
  const { path, what, columns, conditionColumns, search, set, exportParams, goTo, filters, onClear } = props;
  const clear = onClear ?? (search.where.length > 0 ? () => set({ where: [], at: '' }) : undefined);
  return (
    <div className={classes.toolbar}>
      <FilterBar onClear={clear}>
        {filters}
        <ConditionBar
          columns={conditionColumns}
          value={search.where}
          onChange={(where) => set({ where, at: '' })}
        />
      </FilterBar>
      <div className={classes.right}>
        <GoToKey {...goTo} />
        <ColumnChooser columns={columns} hidden={search.hide} onChange={(hide) => set({ hide })} />
        <ExportMenu path={path} params={exportParams} what={what} />
      </div>
    </div>
  );
}
