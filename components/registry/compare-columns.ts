// Two versions of a table side by side. Order plays no part in a schema, so columns are matched by name. Pure.
import type { z } from 'zod';
import type { schemaColumn } from '@/server/contract/governance';

export type SchemaColumn = z.infer<typeof schemaColumn>;

export type ColumnChange = 'added' | 'removed' | 'retyped' | 'key' | 'nullability';

export interface ComparedColumn {
  name: string;
  /** Null where that version has no such column. */
  before: SchemaColumn | null;
  after: SchemaColumn | null;
  /** Empty where nothing differs. */
  changes: ColumnChange[];
}

function changesOf(before: SchemaColumn | null, after: SchemaColumn | null): ColumnChange[] {
  if (before === null) return ['added'];
  if (after === null) return ['removed'];
  return [
    ...(before.decl_type_affinity === after.decl_type_affinity ? [] : (['retyped'] as const)),
    ...(before.pk_ordinal === after.pk_ordinal ? [] : (['key'] as const)),
    ...(before.not_null === after.not_null ? [] : (['nullability'] as const)),
  ];
}

/** Every column of either version: changed ones first, then by name. */
export function compareColumns(
  before: readonly SchemaColumn[],
  after: readonly SchemaColumn[],
): ComparedColumn[] {
  const [was, is] = [before, after].map((columns) => new Map(columns.map((c) => [c.name, c])));
  const names = [...new Set([...after, ...before].map(({ name }) => name))];
  return names
    .map((name) => {
      const [old, now] = [was?.get(name) ?? null, is?.get(name) ?? null];
      return { name, before: old, after: now, changes: changesOf(old, now) };
    })
    .sort(
      (a, b) => Number(a.changes.length === 0) - Number(b.changes.length === 0) || (a.name < b.name ? -1 : 1),
    );
}

const WORDS: Record<ColumnChange, string> = {
  added: 'added',
  removed: 'removed',
  retyped: 'retyped',
  key: 'key changed',
  nullability: 'nullability changed',
};

export const changeWords = (changes: readonly ColumnChange[]): string =>
  changes.map((change) => WORDS[change]).join(', ');

/** `1 added, 2 retyped`, or that nothing differs. */
export function comparisonText(columns: readonly ComparedColumn[]): string {
  const counts = new Map<ColumnChange, number>();
  for (const change of columns.flatMap(({ changes }) => changes))
    counts.set(change, (counts.get(change) ?? 0) + 1);
  return counts.size === 0
    ? 'No column differs'
    : [...counts].map(([change, n]) => `${n} ${WORDS[change]}`).join(', ');
}

/** `INTEGER, key 1, not null`. */
export const columnText = ({ decl_type_affinity, pk_ordinal, not_null }: SchemaColumn): string =>
  [
    decl_type_affinity,
    ...(pk_ordinal > 0 ? [`key ${pk_ordinal}`] : []),
    ...(not_null ? ['not null'] : []),
  ].join(', ');
