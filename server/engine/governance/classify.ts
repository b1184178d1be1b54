// What a schema that the lineage has not approved means, decided from columns alone (governance,
// "Classification"). The reasons are what the reviewer reads, one per column that differs.
import type { Classification } from '@/server/db/schema/governance';
import type { SchemaChangeReason } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';

export interface SchemaSeen {
  /** Null while only the hash is known. */
  columns: readonly SchemaColumn[] | null;
  /** True where the columns hash to the hash they came with. */
  verified: boolean;
}

export interface Verdict {
  classification: Classification;
  reasons: SchemaChangeReason[];
}

const key = (c: SchemaColumn): string =>
  c.pk_ordinal === 0 ? 'not in the key' : `key position ${c.pk_ordinal}`;
const nullable = (c: SchemaColumn): string => (c.not_null ? 'NOT NULL' : 'nullable');

function changesOf(before: SchemaColumn, after: SchemaColumn): SchemaChangeReason[] {
  const reasons: SchemaChangeReason[] = [];
  const column = after.name;
  if (before.decl_type_affinity !== after.decl_type_affinity) {
    reasons.push({
      column,
      change: 'type_changed',
      from: before.decl_type_affinity,
      to: after.decl_type_affinity,
    });
  }
  if (before.pk_ordinal !== after.pk_ordinal) {
    reasons.push({ column, change: 'key_changed', from: key(before), to: key(after) });
  }
  if (before.not_null !== after.not_null) {
    reasons.push({ column, change: 'nullability_changed', from: nullable(before), to: nullable(after) });
  }
  return reasons;
}

/** The differences of `after` against `before`, column by column. */
export function compareColumns(
  before: readonly SchemaColumn[],
  after: readonly SchemaColumn[],
): SchemaChangeReason[] {
  const old = new Map(before.map((c) => [c.name, c]));
  const now = new Set(after.map((c) => c.name));
  const reasons = after.flatMap((column): SchemaChangeReason[] => {
    const was = old.get(column.name);
    if (was !== undefined) return changesOf(was, column);
    const added = column.not_null || column.pk_ordinal > 0 ? 'added_not_null' : 'added';
    return [{ column: column.name, change: added, to: column.decl_type_affinity }];
  });
  const removed = before.filter((c) => !now.has(c.name));
  return [
    ...reasons,
    ...removed.map((c): SchemaChangeReason => ({
      column: c.name,
      change: 'removed',
      from: c.decl_type_affinity,
    })),
  ];
}

/** Loosening NOT NULL to nullable loses nothing that is already mirrored; it alone is not breaking. */
const isBreaking = (reason: SchemaChangeReason): boolean =>
  reason.change !== 'added' && !(reason.change === 'nullability_changed' && reason.to === 'nullable');

/**
 * Classifies a schema against the last approved columns of the lineage (null where nothing is approved yet).
 * A hash that was approved before never comes here: it is `compatible_mapped`.
 */
export function classify(seen: SchemaSeen, approved: readonly SchemaColumn[] | null): Verdict {
  if (seen.columns === null) {
    return { classification: 'unknown', reasons: [{ column: '', change: 'columns_unknown' }] };
  }
  const differences =
    approved === null
      ? seen.columns.map((c): SchemaChangeReason => ({
          column: c.name,
          change: 'first_schema',
          to: c.decl_type_affinity,
        }))
      : compareColumns(approved, seen.columns);
  if (!seen.verified) {
    return { classification: 'unknown', reasons: [{ column: '', change: 'unverified' }, ...differences] };
  }
  if (approved === null) return { classification: 'ambiguous', reasons: differences };
  if (differences.some(isBreaking)) return { classification: 'breaking', reasons: differences };
  if (differences.length > 0) return { classification: 'compatible_additive', reasons: differences };
  // The approved columns under another hash: the decision that was made is about them.
  return { classification: 'compatible_mapped', reasons: differences };
}
