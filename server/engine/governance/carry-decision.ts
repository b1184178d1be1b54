// A schema whose verified columns are exactly those that were approved needs no second decision: it gets the
// bindings of the first. Only verified columns count; a claim that does not hash to its hash proves nothing, and
// its rows wait for a person.
import { columnBinding } from '@/server/db/schema/mirrors';
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { lockMirrorById } from '../mirror/provision-mirror';
import { applyDecision } from './apply-decision';
import { approvedVersion, carriedActions } from './approved-version';
import { compareColumns } from './classify';

export interface Carried {
  /** The approved hash whose decision it is. */
  from: string;
  actions: ColumnAction[];
}

/** The approved hash with exactly these columns, or null where the last approved schema differs. */
export async function approvedTwin(
  ctx: Ctx,
  lineageId: string,
  columns: readonly SchemaColumn[],
): Promise<string | null> {
  const approved = await approvedVersion(ctx, lineageId);
  if (approved === undefined || approved.columns === null) return null;
  return compareColumns(approved.columns, columns).length === 0 ? approved.schemaHash : null;
}

/**
 * Binds `schemaHash` as the hash `from` is bound. Throws a Refusal where the mirror has moved on and no longer
 * takes that decision; the schema is then a person's to decide.
 */
export async function carryDecision(
  ctx: Ctx,
  lineage: LineageRow,
  version: { schemaHash: string; columns: readonly SchemaColumn[] },
  from: string,
): Promise<Carried> {
  const actions = await carriedActions(ctx, lineage, version.columns);
  const [bound] = await ctx.db.orm
    .select({ mirrorId: columnBinding.mirrorId })
    .from(columnBinding)
    .where(
      and(
        eq(columnBinding.lineageId, lineage.id),
        eq(columnBinding.schemaHash, from),
        isNotNull(columnBinding.mirrorId),
      ),
    )
    .limit(1);
  const mirrorId = bound?.mirrorId ?? null;
  const mirror = mirrorId === null ? null : await lockMirrorById(ctx.db, mirrorId);
  await applyDecision(ctx, lineage, { ...version, actions }, mirror);
  // A remedy for values that do not fit holds for the same column under either hash.
  await ctx.db.sql`
    update tidegate.column_binding b set text_column_name = a.text_column_name
    from tidegate.column_binding a
    where a.lineage_id = ${lineage.id} and a.schema_hash = ${from} and a.text_column_name is not null
      and b.lineage_id = a.lineage_id and b.schema_hash = ${version.schemaHash}
      and b.source_column_name = a.source_column_name and b.mirror_column_name = a.mirror_column_name`;
  return { from, actions };
}
