// The rules of a decision (governance, "Schema review"): what is proposed, and why a decision is refused.
// Every refusal names the column and what to do, since the operator sees only this sentence.
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { FieldError } from '../errors/errors';
import { columnNameProblem, PLATFORM_COLUMNS, proposeColumnName } from '../mirror/names';
import { mapProblem, NO_MAPPING, sharedPointProblems, timeColumnProblems, type MapRules } from './map-rules';
import { continuedColumn, mirrorTypeOf, type MirrorColumnSpec } from '../mirror/plan-mirror';
import { holds } from '../mirror/widen';

/** A column without which a row cannot be told apart or is not whole: of the key, or NOT NULL. */
export const isRequired = (column: SchemaColumn): boolean => column.pk_ordinal > 0 || column.not_null;

/** True where an approval with these actions leaves the lineage paused until it is amended. */
export function holdsLineage(columns: readonly SchemaColumn[], actions: readonly ColumnAction[]): boolean {
  const deferred = new Set(actions.filter((a) => a.action === 'defer').map((a) => a.source_column_name));
  return columns.some((c) => isRequired(c) && deferred.has(c.name));
}

export interface Proposal {
  action: ColumnAction;
  reason: string;
}

export interface EarlierDecision {
  action: ColumnAction['action'];
  mirrorColumnName: string | null;
  affinity: string | null;
}

/** What the schema before decided, by source column. */
export type EarlierDecisions = ReadonlyMap<string, EarlierDecision>;

/**
 * `mirror` for every column, each with its mirror column name and why that name; a column that was ignored or
 * deferred before stays so, since no later schema may publish by itself what a person left out.
 */
export function proposeActions(
  columns: readonly SchemaColumn[],
  existing: readonly MirrorColumnSpec[] | null,
  earlier: EarlierDecisions = new Map(),
  own: readonly MirrorColumnSpec[] = [],
): Map<string, Proposal> {
  const taken = new Set<string>((existing ?? own).map((c) => c.name));
  const proposals = new Map<string, Proposal>();
  for (const column of columns) {
    const before = earlier.get(column.name);
    const left = isRequired(column) ? undefined : before?.action;
    if (left === 'ignore' || left === 'defer') {
      proposals.set(column.name, {
        action: { source_column_name: column.name, action: left },
        reason: `Was ${left === 'ignore' ? 'ignored' : 'deferred'} in the schema before.`,
      });
      continue;
    }
    const type = mirrorTypeOf(column.decl_type_affinity);
    const unchanged = before?.affinity === column.decl_type_affinity ? before.mirrorColumnName : null;
    // A column that was widened is of another type than its affinity says, and goes on all the same.
    const same =
      existing?.find((c) => c.name === unchanged && holds(c.type, type)) ??
      existing?.find((c) => c.sourceColumnName === column.name && c.type === type);
    const name = same?.name ?? proposeColumnName(column.name, taken);
    taken.add(name);
    proposals.set(column.name, {
      action: { source_column_name: column.name, action: 'mirror', mirror_column_name: name },
      reason: proposalReason(column, name, same, existing),
    });
  }
  return proposals;
}

function proposalReason(
  column: SchemaColumn,
  name: string,
  same: MirrorColumnSpec | undefined,
  existing: readonly MirrorColumnSpec[] | null,
): string {
  if (same !== undefined) return 'Goes on in the mirror column it has.';
  if (existing?.some((c) => c.sourceColumnName === column.name) === true) {
    return `Its type has changed, so it gets the column "${name}" beside the old one.`;
  }
  if ((PLATFORM_COLUMNS as readonly string[]).includes(column.name)) {
    return `"${column.name}" is a column of Tidegate itself, so the mirror calls it "${name}".`;
  }
  if (name !== column.name)
    return `The source name cannot be a Postgres column name, so the mirror calls it "${name}".`;
  if (column.pk_ordinal > 0) return 'Part of the key: must be mirrored as soon as any column is.';
  return existing === null ? 'First schema of this table.' : 'New column.';
}

const refuse = (path: string, code: string, detail: string): FieldError => ({ path, code, detail });

function coverageProblems(columns: readonly SchemaColumn[], actions: readonly ColumnAction[]): FieldError[] {
  const known = new Set(columns.map((c) => c.name));
  const seen = new Set<string>();
  const problems = actions.flatMap((a, i): FieldError[] => {
    const path = `column_actions[${i}].source_column_name`;
    const name = a.source_column_name;
    if (!known.has(name))
      return [refuse(path, 'unknown_column', `The schema has no column "${name}". Leave it out.`)];
    if (seen.has(name))
      return [refuse(path, 'duplicate_column', `The column "${name}" has two actions. Keep one.`)];
    seen.add(name);
    return [];
  });
  const missing = columns.filter((c) => !seen.has(c.name));
  return [
    ...problems,
    ...missing.map((c) =>
      refuse(
        'column_actions',
        'missing_column',
        `The column "${c.name}" has no action. Choose mirror, ignore or defer for it.`,
      ),
    ),
  ];
}

function mirrorNameProblems(
  columns: readonly SchemaColumn[],
  actions: readonly ColumnAction[],
  existing: readonly MirrorColumnSpec[] | null,
  own: readonly MirrorColumnSpec[],
): FieldError[] {
  const proposals = proposeActions(columns, existing, new Map(), own);
  const byName = new Map(columns.map((c) => [c.name, c]));
  const owner = new Map<string, string>(own.map((c) => [c.name, c.sourceColumnName]));
  return actions.flatMap((a, i): FieldError[] => {
    const column = byName.get(a.source_column_name);
    if (a.action !== 'mirror' || column === undefined) return [];
    const path = `column_actions[${i}].mirror_column_name`;
    const goesOn = a.rename_of !== undefined || a.widen === true;
    const continued = goesOn ? continuedColumn(existing, a) : undefined;
    const why = goesOn ? continuationProblem(column, a, continued, byName) : null;
    if (why !== null) return [refuse(`column_actions[${i}]`, 'cannot_continue', why)];
    const name =
      continued?.name ??
      a.mirror_column_name ??
      proposals.get(column.name)?.action.mirror_column_name ??
      column.name;
    const problem = columnNameProblem(name);
    if (problem !== null) {
      return [
        refuse(
          path,
          'unusable_name',
          `The mirror column name "${name}" of "${column.name}" ${problem}. Choose another.`,
        ),
      ];
    }
    const other = owner.get(name);
    if (other !== undefined) {
      return [
        refuse(
          path,
          'name_taken',
          `"${other}" and "${column.name}" cannot share the mirror column "${name}". Rename one.`,
        ),
      ];
    }
    owner.set(name, column.name);
    const there = existing?.find((c) => c.name === name);
    const type = mirrorTypeOf(column.decl_type_affinity);
    if (there !== undefined && a.widen !== true && !holds(there.type, type)) {
      return [
        refuse(
          path,
          'type_differs',
          `The mirror column "${name}" is ${there.type}, "${column.name}" needs ${type}. Choose another name.`,
        ),
      ];
    }
    return [];
  });
}

/** Why a column cannot go on in an old mirror column, or null. */
function continuationProblem(
  column: SchemaColumn,
  { rename_of: old, widen }: ColumnAction,
  continued: MirrorColumnSpec | undefined,
  columns: ReadonlyMap<string, SchemaColumn>,
): string | null {
  const { name } = column;
  if (old !== undefined && columns.has(old))
    return `"${name}" cannot be a rename of "${old}", which the schema still has. Leave rename_of out.`;
  if (continued === undefined)
    return `"${old ?? name}" has no such mirror column that "${name}" could go on in. Leave rename_of, widen and the mirror column name out for a new one.`;
  if (continued.keyOrdinal !== column.pk_ordinal)
    return `"${name}" and the mirror column "${continued.name}" do not have the same place in the key. Leave rename_of and widen out.`;
  const type = mirrorTypeOf(column.decl_type_affinity);
  if (continued.keyOrdinal > 0 && continued.type !== type)
    return `The mirror column "${continued.name}" is part of the key, whose type cannot be widened: a changed key gets a new generation. Leave widen out.`;
  if (widen !== true && !holds(continued.type, type))
    return `The mirror column "${continued.name}" is ${continued.type}, "${name}" needs ${type}. Set widen as well, or take a new column.`;
  return null;
}

function actionKindProblems(
  columns: readonly SchemaColumn[],
  actions: readonly ColumnAction[],
  rules: MapRules,
): FieldError[] {
  const byName = new Map(columns.map((c) => [c.name, c]));
  // A deferred column, too, is kept with a row of the mirror, which needs its key.
  const anyMirrored = actions.some((a) => a.action === 'mirror' || a.action === 'defer');
  const nothingToKeepWith = !actions.some((a) => a.action === 'mirror') && !holdsLineage(columns, actions);
  return actions.flatMap((a, i): FieldError[] => {
    const column = byName.get(a.source_column_name);
    if (column === undefined) return [];
    const path = `column_actions[${i}].action`;
    const mapping = mapProblem(column, a, rules);
    if (mapping !== null) return [{ ...mapping, path: `column_actions[${i}].${mapping.path}` }];
    if (a.action === 'defer' && nothingToKeepWith) {
      return [
        refuse(
          path,
          'defer_needs_mirror',
          `"${column.name}" cannot be deferred while no column is mirrored: its values are kept with the mirrored row. Mirror a column.`,
        ),
      ];
    }
    if (a.action !== 'mirror' && a.action !== 'defer' && anyMirrored && column.pk_ordinal > 0) {
      return [
        refuse(
          path,
          'key_must_be_mirrored',
          `"${column.name}" is part of the key: mirror it, or mirror no column.`,
        ),
      ];
    }
    return [];
  });
}

/** Everything that is wrong with a decision, or nothing. */
export function actionProblems(
  columns: readonly SchemaColumn[],
  actions: readonly ColumnAction[],
  existing: readonly MirrorColumnSpec[] | null,
  rules: MapRules & { own?: readonly MirrorColumnSpec[] } = NO_MAPPING,
): FieldError[] {
  const coverage = coverageProblems(columns, actions);
  if (coverage.length > 0) return coverage;
  return [
    ...actionKindProblems(columns, actions, rules),
    ...sharedPointProblems(actions),
    ...timeColumnProblems(columns, actions),
    ...mirrorNameProblems(columns, actions, existing, rules.own ?? []),
  ];
}
