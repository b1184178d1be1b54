import { classifySqlError, sqlState } from '@/server/db/sqlstate';

/** An injected fault; a killed connection also fails the statement that the pool hands to it next. */
export const isLostConnection = (error: unknown): boolean =>
  classifySqlError(error) === 'transient' && !(sqlState(error) ?? '').startsWith('40');
