// The part of a decision that goes to telemetry: the data points its columns are mapped to, made here where
// the decision asks for it, in the decision's own transaction (invariant 4).
import type { ColumnAction } from '@/server/contract/governance';
import { parseExactJson } from '@/server/protocol/exact-json';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { effectivePolicy } from '../policy/effective-policy';
import { dataPointsOf, ensureDataPoint } from '../telemetry/data-points';
import { valueTypeOf, type MapRules } from './map-rules';

const SAMPLE_ROWS = 200;

interface MappedDecision {
  schemaHash: string;
  columns: readonly SchemaColumn[];
  actions: readonly ColumnAction[];
}

/** What may be mapped to on a lineage's device. */
export async function mapRulesOf(ctx: Ctx, lineage: LineageRow): Promise<MapRules> {
  const { fields } = await effectivePolicy(ctx.db, lineage);
  return {
    points: await dataPointsOf(ctx.db, lineage.deviceId),
    mayCreate: fields.allow_auto_create_device_data_points,
  };
}

/** Source column to data point for a checked decision; makes the data points that it asks for. */
export async function pointsOf(
  ctx: Ctx,
  lineage: LineageRow,
  { columns, actions }: MappedDecision,
): Promise<Map<string, string>> {
  const points = new Map<string, string>();
  for (const a of actions) {
    const column = columns.find((c) => c.name === a.source_column_name);
    const valueType = column === undefined ? null : valueTypeOf(column.decl_type_affinity);
    if (a.action === 'map' && a.device_data_point_id !== undefined) {
      points.set(a.source_column_name, a.device_data_point_id);
    } else if (a.action === 'auto_create_and_map' && valueType !== null) {
      const name = `${lineage.sourceTable}.${a.source_column_name}`;
      points.set(a.source_column_name, await ensureDataPoint(ctx, lineage, { name, valueType }));
    }
  }
  return points;
}

/**
 * The column that says when a row was measured: the one that the decision names, else the one that the
 * lineage had before. A telemetry batch need not repeat its time among the fields: there it is else the one
 * column that no received sample has.
 */
export async function timeColumnOf(
  ctx: Ctx,
  lineage: LineageRow,
  { schemaHash, columns, actions }: MappedDecision,
): Promise<string | null> {
  const named = actions.find((a) => a.is_time_column === true)?.source_column_name;
  if (named !== undefined) return named;
  const [before] = await ctx.db.sql<{ name: string }[]>`
    select b.source_column_name as name from tidegate.column_binding b
    join tidegate.schema_version v on v.lineage_id = b.lineage_id and v.schema_hash = b.schema_hash
    where b.lineage_id = ${lineage.id} and b.is_time_column order by v.first_seen_at desc limit 1`;
  if (before !== undefined && columns.some((c) => c.name === before.name)) return before.name;
  if (lineage.capture !== 'telemetry') return null;
  const rows = await ctx.db.sql<{ row: string }[]>`
    select "row" from tidegate.staged_row
    where lineage_id = ${lineage.id} and schema_hash = ${schemaHash} and "row" is not null
    order by epoch_ordinal, commit_seq, pk_hash limit ${SAMPLE_ROWS}`;
  if (rows.length === 0) return null;
  const seen = new Set(rows.flatMap(({ row }) => fieldNames(row)));
  const absent = columns.filter((c) => !seen.has(c.name));
  return absent.length === 1 ? (absent[0]?.name ?? null) : null;
}

function fieldNames(text: string): string[] {
  const value = parseExactJson(text);
  return value !== null && typeof value === 'object' && value.kind === 'object'
    ? [...value.entries.keys()]
    : [];
}
