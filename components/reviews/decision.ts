// The decision on a review while it is being made: one action for every source column, in the schema's
// order. The server checks the same rules again; here they only spare a round trip. Pure.
import type { ColumnAction, ReviewColumn, ReviewDetail } from '@/server/contract/governance';
import { MAPPABLE_TO } from '@/server/contract/mappable';
import type { DataPoint } from '@/server/contract/telemetry';

export type ActionKind = ColumnAction['action'];
export type Decision = readonly ColumnAction[];

export const ACTIONS: readonly { action: ActionKind; label: string }[] = [
  { action: 'mirror', label: 'Mirror' },
  { action: 'ignore', label: 'Ignore' },
  { action: 'defer', label: 'Defer' },
  { action: 'map', label: 'Map to data point' },
  { action: 'auto_create_and_map', label: 'Create data point and map' },
];

/** What a column can be mapped to, as far as the user may know it. */
export interface Mapping {
  points: readonly Pick<DataPoint, 'id' | 'name' | 'value_type' | 'unit'>[];
  /** Policy `allow_auto_create_device_data_points`. */
  mayCreate: boolean;
}

/** The data points that take the values of `column`. */
export const pointsFor = (column: Pick<ReviewColumn, 'decl_type_affinity'>, { points }: Mapping) =>
  points.filter((point) => MAPPABLE_TO[column.decl_type_affinity].includes(point.value_type));

/** Where a decision starts: the draft, else what was decided, else the proposal; a column each, none besides. */
export function startingDecision(
  detail: Pick<ReviewDetail, 'columns' | 'draft' | 'column_actions'>,
): Decision {
  const known = new Map((detail.draft ?? detail.column_actions ?? []).map((a) => [a.source_column_name, a]));
  return detail.columns.map((column) => known.get(column.name) ?? column.proposed);
}

/** Equal for equal decisions: the database does not keep the order of an object's keys. */
export const decisionText = (decision: Decision): string =>
  JSON.stringify(
    decision.map((a) => [
      a.source_column_name,
      a.action,
      a.mirror_column_name ?? null,
      a.widen ?? false,
      a.rename_of ?? null,
      a.device_data_point_id ?? null,
      a.is_time_column ?? false,
    ]),
  );

/** Whether both decide the same; what is read again from the server is another object each time. */
export const isSameDecision = (one: Decision, other: Decision): boolean =>
  one === other || decisionText(one) === decisionText(other);

const isKey = (column: ReviewColumn): boolean => column.pk_ordinal > 0;

/** Why `action` cannot be chosen for `column`; undefined where it can. Without `mapping` only the server knows. */
export function whyNot(
  column: Pick<ReviewColumn, 'decl_type_affinity'>,
  action: ActionKind,
  mapping?: Mapping,
): string | undefined {
  if (action !== 'map' && action !== 'auto_create_and_map') return undefined;
  if (MAPPABLE_TO[column.decl_type_affinity].length === 0)
    return 'A data point holds a number, a boolean or a text.';
  if (mapping === undefined) return undefined;
  if (action === 'auto_create_and_map')
    return mapping.mayCreate
      ? undefined
      : 'The policy allow_auto_create_device_data_points does not let a review make data points.';
  return pointsFor(column, mapping).length > 0
    ? undefined
    : 'This device has no data point that takes values of this type.';
}

/** `decision` with the action of the column `name` changed. Its mirror column name is kept for a change of mind. */
export const withAction = (decision: Decision, name: string, action: ActionKind): Decision =>
  decision.map((a) => (a.source_column_name === name ? { ...a, action } : a));

/** `decision` with `name` mapped to a data point. */
export const withPoint = (decision: Decision, name: string, pointId: string): Decision =>
  decision.map((a) =>
    a.source_column_name === name ? { ...a, action: 'map', device_data_point_id: pointId } : a,
  );

/** `decision` with the values of `name` saying when the mapped ones were measured; null for the time of receipt. */
export const withTimeColumn = (decision: Decision, name: string | null): Decision =>
  decision.map(({ is_time_column: _, ...a }) =>
    a.source_column_name === name ? { ...a, is_time_column: true } : a,
  );

/** `decision` with `name` going on in the mirror column of `from`, which is gone; null for a column of its own. */
export const withRename = (decision: Decision, name: string, from: string | null): Decision =>
  decision.map((a) => {
    if (a.source_column_name !== name) return a;
    // The name of its own column is kept for a change of mind, and not sent.
    const { rename_of: _, ...rest } = a;
    return from === null ? rest : { ...rest, action: 'mirror', rename_of: from };
  });

/** `decision` with the mirror column of `name` called `mirrorName`; empty takes the proposed name. */
export function withMirrorName(decision: Decision, name: string, mirrorName: string): Decision {
  return decision.map((a) => {
    if (a.source_column_name !== name) return a;
    const { mirror_column_name: _, ...rest } = a;
    return mirrorName === '' ? rest : { ...rest, mirror_column_name: mirrorName };
  });
}

/** `decision` with the old mirror column of `name` widened, or with a new one beside it. */
export function withWiden(decision: Decision, name: string, widen: boolean): Decision {
  return decision.map((a) => {
    if (a.source_column_name !== name) return a;
    const { widen: _, mirror_column_name: __, ...rest } = a;
    return widen ? { ...rest, widen } : rest;
  });
}

/** True where a column was retyped off the key: its old mirror column can then be widened. */
export const canWiden = ({ before, decl_type_affinity, pk_ordinal }: ReviewColumn): boolean =>
  before !== null && pk_ordinal === 0 && before.decl_type_affinity !== decl_type_affinity;

/** `action` for every column that can have it. */
export const withAll = (decision: Decision, columns: readonly ReviewColumn[], action: ActionKind): Decision =>
  decision.map((a) => {
    const column = columns.find((c) => c.name === a.source_column_name);
    return column === undefined || whyNot(column, action) !== undefined ? a : { ...a, action };
  });

/** What is sent: what belongs to another action than the chosen one stays behind. */
export const toColumnActions = (decision: Decision): ColumnAction[] =>
  decision.map((a) => {
    const { mirror_column_name: name, rename_of: renamed, widen, device_data_point_id: point, ...rest } = a;
    if (rest.action === 'map') return point === undefined ? rest : { ...rest, device_data_point_id: point };
    if (rest.action !== 'mirror') return rest;
    return {
      ...rest,
      ...(name === undefined || renamed !== undefined ? {} : { mirror_column_name: name }),
      ...(renamed === undefined ? {} : { rename_of: renamed }),
      ...(widen === undefined ? {} : { widen }),
    };
  });

/** What is wrong with the decision, by source column name. */
export function problemsOf(columns: readonly ReviewColumn[], decision: Decision): Map<string, string> {
  const problems = new Map<string, string>();
  const points = new Map<string, string>();
  const anyMirrored = decision.some((a) => a.action === 'mirror');
  const owners = new Map<string, string>();
  for (const action of decision) {
    const column = columns.find((c) => c.name === action.source_column_name);
    if (column === undefined) continue;
    const reason = whyNot(column, action.action);
    if (reason !== undefined) problems.set(column.name, reason);
    if (action.action === 'map') {
      const problem = mapProblem(action, points);
      if (problem !== undefined) problems.set(column.name, problem);
    }
    if (action.action !== 'mirror' && action.action !== 'defer' && anyMirrored && isKey(column)) {
      problems.set(column.name, 'A column of the key has to be mirrored as soon as any column is.');
    }
    if (action.action !== 'mirror') continue;
    if (action.widen === true || action.rename_of !== undefined) continue;
    const target = action.mirror_column_name ?? column.proposed.mirror_column_name ?? column.name;
    const owner = owners.get(target);
    if (owner !== undefined) problems.set(column.name, `"${owner}" already goes to "${target}". Rename one.`);
    owners.set(target, column.name);
  }
  return problems;
}

/** Two columns of one row have one time, and would overwrite each other in one data point. */
function mapProblem(action: ColumnAction, taken: Map<string, string>): string | undefined {
  const id = action.device_data_point_id;
  if (id === undefined) return 'Choose the data point that it is mapped to.';
  const other = taken.get(id);
  taken.set(id, other ?? action.source_column_name);
  return other === undefined ? undefined : `"${other}" is mapped to this data point already.`;
}

/** How many columns have each action. */
export function tally(decision: Decision): Record<'mirror' | 'ignore' | 'defer' | 'map', string[]> {
  const names = (...kinds: ActionKind[]) =>
    decision.filter((a) => kinds.includes(a.action)).map((a) => a.source_column_name);
  return {
    mirror: names('mirror'),
    ignore: names('ignore'),
    defer: names('defer'),
    map: names('map', 'auto_create_and_map'),
  };
}

type Shape = Pick<ReviewColumn, 'name' | 'pk_ordinal' | 'not_null'>;

/** True where the lineage stays paused after the approval: a column of the key or a NOT NULL one is deferred. */
export function leavesHeld(columns: readonly Shape[], decision: Decision): boolean {
  const deferred = new Set(tally(decision).defer);
  return columns.some((c) => (c.pk_ordinal > 0 || c.not_null) && deferred.has(c.name));
}

/** How many of `stagedRows` an approval replays: none while it holds the lineage or mirrors nothing. */
export function replayedRows(columns: readonly Shape[], decision: Decision, stagedRows: number): number {
  return tally(decision).mirror.length === 0 || leavesHeld(columns, decision) ? 0 : stagedRows;
}

/** The columns that an approval left out, which an amend may still decide. */
export const leftOut = (decision: Decision): Decision =>
  decision.filter((a) => a.action === 'defer' || a.action === 'ignore');

const PLACE = /^column_actions\[(\d+)\]/;

/** The server's refusals by source column name; those of no column under the empty name. */
export function refusalsByColumn(
  sent: Decision,
  errors: readonly { path: string; detail: string }[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, detail } of errors) {
    const at = PLACE.exec(path)?.[1];
    const name = at === undefined ? '' : (sent[Number(at)]?.source_column_name ?? '');
    found.set(name, found.has(name) ? `${found.get(name) ?? ''} ${detail}` : detail);
  }
  return found;
}
