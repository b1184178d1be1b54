// Which data points take a column's values. No schema in it: the console's review asks it in the browser.
import type { AFFINITIES } from './governance';

/** The value types that a column of an affinity can be mapped to, the one of a new data point first. */
export const MAPPABLE_TO: Record<(typeof AFFINITIES)[number], readonly ('numeric' | 'boolean' | 'text')[]> = {
  INTEGER: ['numeric', 'boolean'],
  REAL: ['numeric'],
  NUMERIC: ['numeric', 'boolean'],
  TEXT: ['text'],
  BLOB: [],
};
