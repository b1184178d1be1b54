// The decision on a review while it is being made: one action for every source column, in the schema's
// order. The server checks the same rules again; here they only spare a round trip. Pure.
import type { ColumnAction, ReviewColumn, ReviewDetail } from '@/server/contract/governance';

export type ActionKind = ColumnAction['action'];
export type Decision = readonly ColumnAction[];

const NO_DATA_POINTS = 'Mapping to data points is decided through the HTTP API in this version.';

export const ACTIONS: readonly { action: ActionKind; label: string; unavailable?: string }[] = [
  { action: 'mirror', label: 'Mirror' },
  { action: 'ignore', label: 'Ignore' },
  { action: 'defer', label: 'Defer' },
  { action: 'map', label: 'Map to data point', unavailable: NO_DATA_POINTS },
  { action: 'auto_create_and_map', label: 'Create data point and map', unavailable: NO_DATA_POINTS },
];

/** Where a decision starts: the draft, else what was decided, else the proposal; a column each, none besides. */
export function startingDecision(
  detail: Pick<ReviewDetail, 'columns' | 'draft' | 'column_actions'>,
): Decision {
  const known = new Map((detail.draft ?? detail.column_actions ?? []).map((a) => [a.source_column_name, a]));
  return detail.columns.map((column) => known.get(column.name) ?? column.proposed);
}

const isKey = (column: ReviewColumn): boolean => column.pk_ordinal > 0;

/** Why `action` cannot be chosen for `column`; undefined where it can. */
export function whyNot(_column: ReviewColumn, action: ActionKind): string | undefined {
  if (action === 'map' || action === 'auto_create_and_map') return NO_DATA_POINTS;
  return undefined;
}

/** `decision` with the action of the column `name` changed. Its mirror column name is kept for a change of mind. */
export const withAction = (decision: Decision, name: string, action: ActionKind): Decision =>
  decision.map((a) => (a.source_column_name === name ? { ...a, action } : a));

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

/** What is sent: a name only where a mirror column gets it. */
export const toColumnActions = (decision: Decision): ColumnAction[] =>
  decision.map(({ mirror_column_name, ...rest }) =>
    rest.action === 'mirror' && mirror_column_name !== undefined ? { ...rest, mirror_column_name } : rest,
  );

/** What is wrong with the decision, by source column name. */
export function problemsOf(columns: readonly ReviewColumn[], decision: Decision): Map<string, string> {
  const problems = new Map<string, string>();
  const anyMirrored = decision.some((a) => a.action === 'mirror');
  const owners = new Map<string, string>();
  for (const action of decision) {
    const column = columns.find((c) => c.name === action.source_column_name);
    if (column === undefined) continue;
    const reason = whyNot(column, action.action);
    if (reason !== undefined) problems.set(column.name, reason);
    if (action.action === 'ignore' && anyMirrored && isKey(column)) {
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
