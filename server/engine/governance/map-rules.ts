// When a column may be mapped to a data point (governance, "Schema review"). The value type is checked here,
// against the column's affinity, so that the misfits left are single values and not a whole column.
import type { ColumnAction } from '@/server/contract/governance';
import { MAPPABLE_TO } from '@/server/contract/mappable';
import type { ValueType } from '@/server/db/schema/telemetry';
import type { Affinity, SchemaColumn } from '@/server/protocol/fingerprint';
import type { FieldError } from '../errors/errors';

export interface MapRules {
  /** The device's data points. */
  points: readonly { id: string; name: string; valueType: ValueType }[];
  /** Policy `allow_auto_create_device_data_points`. */
  mayCreate: boolean;
}

/** Nothing can be mapped. */
export const NO_MAPPING: MapRules = { points: [], mayCreate: false };

/** The value type of the data point that is made for a column; null where there is none for it. */
export const valueTypeOf = (affinity: Affinity): ValueType | null => MAPPABLE_TO[affinity][0] ?? null;

/** Why `action` cannot map `column`, with a path below the action; null where it can, or maps nothing. */
export function mapProblem(column: SchemaColumn, action: ColumnAction, rules: MapRules): FieldError | null {
  const { name, decl_type_affinity: affinity } = column;
  if (action.action !== 'map' && action.action !== 'auto_create_and_map') return null;
  if (MAPPABLE_TO[affinity].length === 0) {
    const detail = `"${name}" is ${affinity}, and a data point holds a number, a boolean or a text. Mirror or ignore it.`;
    return { path: 'action', code: 'not_mappable', detail };
  }
  if (action.action === 'auto_create_and_map') {
    if (rules.mayCreate) return null;
    const detail = `"${name}" needs a new data point, and the policy allow_auto_create_device_data_points forbids making one. Change the policy, or map to a data point there is.`;
    return { path: 'action', code: 'auto_create_not_allowed', detail };
  }
  if (rules.points.length === 0) {
    const detail = `"${name}" cannot be mapped: this device has no data points. Create one, or choose mirror or ignore.`;
    return { path: 'action', code: 'no_data_points', detail };
  }
  const path = 'device_data_point_id';
  if (action.device_data_point_id === undefined) {
    return { path, code: 'data_point_missing', detail: `Choose the data point that "${name}" is mapped to.` };
  }
  const point = rules.points.find(({ id }) => id === action.device_data_point_id);
  if (point === undefined) {
    const detail = `"${name}": this device has no data point ${action.device_data_point_id}. Choose one of its own.`;
    return { path, code: 'unknown_data_point', detail };
  }
  if (MAPPABLE_TO[affinity].includes(point.valueType)) return null;
  const detail = `"${name}" is ${affinity}, the data point "${point.name}" is ${point.valueType}. Choose one that is ${MAPPABLE_TO[affinity].join(' or ')}.`;
  return { path, code: 'data_point_type_differs', detail };
}

/** Two columns of one row have one time: in one data point the one would overwrite the other. */
export function sharedPointProblems(actions: readonly ColumnAction[]): FieldError[] {
  const owner = new Map<string, string>();
  return actions.flatMap((a, i): FieldError[] => {
    const id = a.action === 'map' ? a.device_data_point_id : undefined;
    if (id === undefined) return [];
    const other = owner.get(id);
    owner.set(id, other ?? a.source_column_name);
    if (other === undefined) return [];
    const detail = `"${other}" and "${a.source_column_name}" cannot share a data point. Map one of them to another.`;
    return [{ path: `column_actions[${i}].device_data_point_id`, code: 'data_point_taken', detail }];
  });
}

/** At most one column says when a row was measured, and a BLOB says no time. */
export function timeColumnProblems(
  columns: readonly SchemaColumn[],
  actions: readonly ColumnAction[],
): FieldError[] {
  let first: string | null = null;
  return actions.flatMap((a, i): FieldError[] => {
    if (a.is_time_column !== true) return [];
    const path = `column_actions[${i}].is_time_column`;
    const name = a.source_column_name;
    if (first !== null) {
      const detail = `"${first}" is the time column already. Keep one of the two.`;
      return [{ path, code: 'two_time_columns', detail }];
    }
    first = name;
    if (columns.find((c) => c.name === name)?.decl_type_affinity !== 'BLOB') return [];
    return [
      { path, code: 'not_a_time', detail: `"${name}" is a BLOB and cannot hold a time. Choose another.` },
    ];
  });
}
