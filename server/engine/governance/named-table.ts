// A decision may name the mirror table that it expects its columns in. Tables are named by Tidegate alone, so the
// name is a check and no wish: left unread, rows would land elsewhere than the caller believes.
import type { ColumnAction } from '@/server/contract/governance';
import { unacceptable } from '../errors/errors';

/** 422 `mirror_table_differs` where an action names another table than `tableName`; null where rows land in none. */
export function requireNamedTable(actions: readonly ColumnAction[], tableName: string | null): void {
  if (tableName === null) return;
  const errors = actions.flatMap(({ source_column_name: column, mirror_table_name: named }, i) => {
    if (named === undefined || named === tableName) return [];
    const detail = `"${column}" names the mirror table "${named}", but its rows land in "${tableName}". Leave mirror_table_name out, or send that name.`;
    return [{ path: `column_actions[${i}].mirror_table_name`, code: 'mirror_table_differs', detail }];
  });
  if (errors.length > 0) throw unacceptable('mirror_table_differs', errors[0]?.detail ?? '', errors);
}
