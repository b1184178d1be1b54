// The exact statements of a mirror plan. Device strings reach them only through quoteIdentifier.
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import type { MirrorColumnSpec, MirrorPlan } from './plan-mirror';
import { widenedExpression } from './widen';

const column = (c: MirrorColumnSpec): string => `${quoteIdentifier(c.name)} ${c.type}`;

/** The key of a mirror: the device, then the source key. SQLite allows NULL in a key, and so must this. */
export function keyColumns(columns: readonly MirrorColumnSpec[]): string[] {
  const key = columns.filter((c) => c.keyOrdinal > 0).sort((a, b) => a.keyOrdinal - b.keyOrdinal);
  return ['device_id', ...key.map((c) => c.name)].map(quoteIdentifier);
}

/** The statements that bring `tableName` to the plan; none where nothing changes. */
export function mirrorDdl(plan: MirrorPlan, tableName: string): string[] {
  switch (plan.kind) {
    case 'none':
      return [];
    case 'create': {
      const lines = [
        'device_id uuid not null',
        'version_epoch bigint not null',
        'version_seq bigint not null',
        'created_at timestamptz not null',
        'updated_at timestamptz not null',
        ...plan.columns.map(column),
        `unique nulls not distinct (${keyColumns(plan.columns).join(', ')})`,
      ];
      return [`create table ${mirrorTable(tableName)} (\n  ${lines.join(',\n  ')}\n)`];
    }
    case 'evolve':
      return [
        ...plan.widened.map(
          ({ name, from, to }) =>
            `alter table ${mirrorTable(tableName)} alter column ${quoteIdentifier(name)} type ${to} using ${widenedExpression(quoteIdentifier(name), from, to)}`,
        ),
        ...plan.added.map((c) => `alter table ${mirrorTable(tableName)} add column ${column(c)}`),
      ];
  }
}
