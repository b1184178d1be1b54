// What a mirror and its tombstones hold of one key of one device.
import type { KeyHistory } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import { rfc3339 } from '@/server/db/time';
import type { LineageScope } from '../lineages/require-lineage';
import type { MirrorView } from '../mirror/read-mirror';
import { showCell, shownExpression } from '../mirror/show-cell';
import type { TypedKey } from './key-forms';

export type KeptVersion = NonNullable<KeyHistory['written']>['version'];

/** The journal epoch that a lineage gave an ordinal; none for telemetry. */
async function versionOf(sql: Sql, lineageId: string, ordinal: string, seq: string): Promise<KeptVersion> {
  const [row] = await sql<{ epoch: string }[]>`
    select epoch from tidegate.journal_epoch
    where lineage_id = ${lineageId} and ordinal = ${ordinal}::text::bigint`;
  return { journal_epoch: row?.epoch ?? null, commit_seq: seq };
}

/** The row of `key`, found by the mirror's own unique index; null where there is none. */
export async function readWritten(
  sql: Sql,
  lineage: LineageScope,
  mirror: MirrorView,
  key: TypedKey,
): Promise<KeyHistory['written']> {
  const parameters: string[] = [lineage.device_id];
  const matches = mirror.keyColumnNames.map((name, i) => {
    const part = key.parts[i] ?? null;
    if (part === null) return `t.${quoteIdentifier(name)} is null`;
    const type = mirror.columns.find((column) => column.name === name)?.type ?? 'text';
    return `t.${quoteIdentifier(name)} = $${parameters.push(part)}::text::${type}`;
  });
  const cells = mirror.columns.map(({ name, type }) => shownExpression(name, type)).join(', ');
  const [row] = await sql.unsafe<
    { epoch: string; seq: string; created_at: string; updated_at: string; cells: (string | null)[] }[]
  >(
    `select t.version_epoch::text as epoch, t.version_seq::text as seq, t.created_at, t.updated_at,
       to_json(array[${cells}]::text[]) as cells
     from ${mirrorTable(mirror.mirror_table_name)} t
     where t.device_id = $1::text::uuid and ${matches.join(' and ') || 'true'}`,
    parameters,
  );
  if (row === undefined) return null;
  return {
    version: await versionOf(sql, lineage.id, row.epoch, row.seq),
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
    data: Object.fromEntries(
      mirror.columns.map(({ name, type }, i) => [name, showCell(row.cells[i] ?? null, type)]),
    ),
  };
}

/** The tombstone that a delete of `key` left; null where there is none. */
export async function readTombstone(
  sql: Sql,
  lineage: LineageScope,
  mirror: MirrorView,
  key: TypedKey,
): Promise<KeyHistory['deleted']> {
  const [row] = await sql<{ epoch: string; seq: string; deleted_at: string }[]>`
    select version_epoch::text as epoch, version_seq::text as seq, deleted_at from tidegate.mirror_tombstone
    where mirror_id = ${mirror.id} and device_id = ${lineage.device_id} and key_hash = ${key.hash}`;
  if (row === undefined) return null;
  return {
    version: await versionOf(sql, lineage.id, row.epoch, row.seq),
    deleted_at: rfc3339(row.deleted_at),
  };
}
