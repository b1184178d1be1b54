/**
 * SQLite's column affinity, computed as SQLite does. The fingerprint and the mirror's types are built on it:
 * another answer here gives every device a schema hash that no agent in the field agrees with.
 */

export const AFFINITIES = ['INTEGER', 'TEXT', 'REAL', 'BLOB', 'NUMERIC'] as const;
export type Affinity = (typeof AFFINITIES)[number];

/** The affinity of a declared column type, by the five rules of SQLite, in their order. */
export function affinityOf(declaredType: string | null): Affinity {
  const type = declaredType ?? '';
  if (/int/i.test(type)) return 'INTEGER';
  if (/char|clob|text/i.test(type)) return 'TEXT';
  if (/blob/i.test(type) || type === '') return 'BLOB';
  if (/real|floa|doub/i.test(type)) return 'REAL';
  return 'NUMERIC';
}
