// What an approval does to the mirror, decided from data alone: which table, which columns, which bindings.
// The preview shows exactly this plan and the approval runs exactly this plan.
import type { MirrorType } from '@/server/db/schema/mirrors';
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { proposeColumnName } from './names';
import { holds, widerOf } from './widen';

export interface MirrorColumnSpec {
  name: string;
  type: MirrorType;
  sourceColumnName: string;
  /** 0 off the key, 1..N on it. */
  keyOrdinal: number;
}

export interface BindingSpec {
  sourceColumnName: string;
  action: ColumnAction['action'];
  mirrorColumnName: string | null;
}

export type MirrorPlan =
  /** Every column is ignored: no table. */
  | { kind: 'none'; bindings: BindingSpec[] }
  /** A new table; where `supersedes` is true the key has changed and the old generation stays readable. */
  | { kind: 'create'; supersedes: boolean; columns: MirrorColumnSpec[]; bindings: BindingSpec[] }
  /** The table there is, with `added` columns, some of a wider type, some that go on under a new source name. */
  | {
      kind: 'evolve';
      columns: MirrorColumnSpec[];
      added: MirrorColumnSpec[];
      widened: { name: string; from: MirrorType; to: MirrorType }[];
      renamed: { name: string; sourceColumnName: string }[];
      bindings: BindingSpec[];
    };

/** The mirror type of an affinity (storage, "Mirror tables"). */
export function mirrorTypeOf(affinity: SchemaColumn['decl_type_affinity']): MirrorType {
  switch (affinity) {
    case 'INTEGER':
      return 'bigint';
    case 'REAL':
      return 'double precision';
    case 'TEXT':
      return 'text';
    case 'BLOB':
      return 'bytea';
    case 'NUMERIC':
      return 'numeric';
  }
}

/**
 * The old mirror column that a column goes on in by `rename_of` or `widen`; undefined where there is none such.
 * A text column beside another one is never it: it comes after the column that it stands beside.
 */
export function continuedColumn(
  existing: readonly MirrorColumnSpec[] | null,
  action: Pick<ColumnAction, 'source_column_name' | 'mirror_column_name' | 'rename_of'>,
): MirrorColumnSpec | undefined {
  const source = action.rename_of ?? action.source_column_name;
  const { mirror_column_name: asked } = action;
  return existing?.find((c) => c.sourceColumnName === source && (asked === undefined || c.name === asked));
}

/** Key columns in the order of the key, for comparison. */
const keyOf = (
  columns: readonly { sourceColumnName: string; type: MirrorType; keyOrdinal: number }[],
): string =>
  JSON.stringify(
    columns
      .filter((c) => c.keyOrdinal > 0)
      .sort((a, b) => a.keyOrdinal - b.keyOrdinal)
      .map((c) => [c.sourceColumnName, c.type]),
  );

/**
 * Plans for validated `actions` (see `actionProblems`). A column keeps its mirror column while name and type
 * allow it; a retyped one gets a new column beside the old; a changed key gets a new table.
 */
export function planMirror(
  columns: readonly SchemaColumn[],
  actions: ReadonlyMap<string, ColumnAction>,
  existing: readonly MirrorColumnSpec[] | null,
  /** Columns of the table that no source column is bound to: those of a telemetry sample. */
  own: readonly MirrorColumnSpec[] = [],
): MirrorPlan {
  const mirrored = columns.filter((c) => actions.get(c.name)?.action === 'mirror');
  const others: BindingSpec[] = columns
    .filter((c) => actions.get(c.name)?.action !== 'mirror')
    .map((c) => ({
      sourceColumnName: c.name,
      action: actions.get(c.name)?.action ?? 'ignore',
      mirrorColumnName: null,
    }));
  if (mirrored.length === 0) return { kind: 'none', bindings: others };

  const wanted = mirrored.map((c) => ({
    sourceColumnName: c.name,
    type: mirrorTypeOf(c.decl_type_affinity),
    keyOrdinal: c.pk_ordinal,
    action: actions.get(c.name),
    asked: actions.get(c.name)?.mirror_column_name,
  }));
  const key = wanted.map((w) => ({ ...w, sourceColumnName: w.action?.rename_of ?? w.sourceColumnName }));
  const reusable = existing !== null && keyOf(existing) === keyOf([...own, ...key]) ? existing : null;
  const widened: Extract<MirrorPlan, { kind: 'evolve' }>['widened'] = [];
  const renamed: Extract<MirrorPlan, { kind: 'evolve' }>['renamed'] = [];
  const taken = new Set([...(reusable ?? own).map((c) => c.name), ...wanted.flatMap((w) => w.asked ?? [])]);
  const added: MirrorColumnSpec[] = [];
  const bindings: BindingSpec[] = [];
  for (const w of wanted) {
    const goesOn = w.action?.rename_of !== undefined || w.action?.widen === true;
    const continued = goesOn && w.action !== undefined ? continuedColumn(reusable, w.action) : undefined;
    if (continued !== undefined) {
      const to = widerOf(continued.type, w.type);
      if (to !== continued.type) widened.push({ name: continued.name, from: continued.type, to });
      if (w.action?.rename_of !== undefined)
        renamed.push({ name: continued.name, sourceColumnName: w.sourceColumnName });
    }
    const bound =
      continued ??
      reusable?.find((c) => {
        if (c.keyOrdinal !== w.keyOrdinal) return false;
        // A column that is named by hand may be wider than needed; the default is one of the same type.
        return w.asked === undefined
          ? c.sourceColumnName === w.sourceColumnName && c.type === w.type
          : c.name === w.asked && holds(c.type, w.type);
      });
    const name = bound?.name ?? w.asked ?? proposeColumnName(w.sourceColumnName, taken);
    taken.add(name);
    if (bound === undefined) {
      added.push({ name, type: w.type, sourceColumnName: w.sourceColumnName, keyOrdinal: w.keyOrdinal });
    }
    bindings.push({ sourceColumnName: w.sourceColumnName, action: 'mirror', mirrorColumnName: name });
  }
  if (reusable !== null) {
    const typeOf = new Map(widened.map((c) => [c.name, c.to]));
    const sourceOf = new Map(renamed.map((c) => [c.name, c.sourceColumnName]));
    const kept = reusable.map((c) => ({
      ...c,
      type: typeOf.get(c.name) ?? c.type,
      sourceColumnName: sourceOf.get(c.name) ?? c.sourceColumnName,
    }));
    return {
      kind: 'evolve',
      columns: [...kept, ...added],
      added,
      widened,
      renamed,
      bindings: [...bindings, ...others],
    };
  }
  return {
    kind: 'create',
    supersedes: existing !== null,
    columns: [...own, ...added],
    bindings: [...bindings, ...others],
  };
}
