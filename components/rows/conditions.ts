// The words of conditions, and which of them a column can have. Pure.
import type { RowOperator } from '@/server/contract/row-operators';
import type { RowCondition } from '@/server/contract/rows';

export const OPERATOR: Record<RowOperator, string> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  starts_with: 'starts with',
  contains: 'contains',
  is_null: 'is NULL',
  not_null: 'is not NULL',
};

/** True where the operator needs a value. */
export const takesValue = (op: RowOperator): boolean => op !== 'is_null' && op !== 'not_null';

/** `mode is "cooling"`. */
export const conditionWords = ({ column, op, value }: RowCondition): string =>
  takesValue(op) ? `${column} ${OPERATOR[op]} "${value ?? ''}"` : `${column} ${OPERATOR[op]}`;
