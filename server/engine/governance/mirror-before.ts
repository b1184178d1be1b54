// The columns that a mirror had before a review was decided. The table as it stands knows no time: by it, a column that
// the review itself has brought would seem to have been there all along.
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { mirrorTypeOf, type MirrorColumnSpec } from '../mirror/plan-mirror';
import { widerOf } from '../mirror/widen';
import type { DecidedReview } from './approved-version';

/** An approved version with where its columns go. */
export interface BoundVersion {
  columns: readonly SchemaColumn[] | null;
  mirrorId: string | null;
  bindings: readonly { sourceColumnName: string; mirrorColumnName: string | null }[];
}

/** The mirror that `versions`, the oldest first, have come to; null where they brought none. */
export function mirrorOfVersions(
  versions: readonly BoundVersion[],
  own: readonly MirrorColumnSpec[],
): MirrorColumnSpec[] | null {
  const newest = versions.findLast(({ mirrorId }) => mirrorId !== null)?.mirrorId ?? null;
  if (newest === null) return null;
  const specs = new Map<string, MirrorColumnSpec>();
  for (const { columns, mirrorId, bindings } of versions) {
    if (mirrorId !== newest) continue;
    for (const { sourceColumnName, mirrorColumnName: name } of bindings) {
      const column = columns?.find((c) => c.name === sourceColumnName);
      if (name === null || column === undefined) continue;
      const type = mirrorTypeOf(column.decl_type_affinity);
      const before = specs.get(name)?.type ?? type;
      specs.set(name, {
        name,
        type: widerOf(before, type),
        sourceColumnName,
        keyOrdinal: column.pk_ordinal,
      });
    }
  }
  return [...own, ...specs.values()];
}

/** The versions of the lineage that were approved before `review` was decided, the oldest first. */
export const versionsBefore = async (
  { db: { sql } }: Ctx,
  lineageId: string,
  { schemaVersionId, decidedAt }: DecidedReview,
): Promise<BoundVersion[]> => [
  ...(await sql<BoundVersion[]>`
    select v.columns,
      (select b.mirror_id from tidegate.column_binding b
       where b.lineage_id = v.lineage_id and b.schema_hash = v.schema_hash and b.mirror_id is not null
       limit 1) as "mirrorId",
      coalesce((select json_agg(json_build_object('sourceColumnName', b.source_column_name,
                                                  'mirrorColumnName', b.mirror_column_name))
                from tidegate.column_binding b
                where b.lineage_id = v.lineage_id and b.schema_hash = v.schema_hash), '[]') as bindings
    from tidegate.schema_version v
    left join tidegate.schema_review r on r.schema_version_id = v.id
    where v.lineage_id = ${lineageId} and v.status = 'approved' and v.id <> ${schemaVersionId}
      and coalesce(r.decided_at, v.first_seen_at) < ${decidedAt.toISOString()}::text::timestamptz
    order by coalesce(r.decided_at, v.first_seen_at)`),
];
