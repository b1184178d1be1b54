// Whether a device's own mirror can go over into the shared one, decided from data alone. It goes as a whole or not
// at all: a column that has no place in the shared mirror, or that the device's operator decided otherwise, is a
// conflict and is never dropped or published on the way.
import type { MirrorMove, SharedBinding } from '@/server/db/schema/registry';
import type { MirrorColumnSpec } from '../mirror/plan-mirror';
import { holds } from '../mirror/widen';

export interface DeviceBinding {
  hash: string;
  source: string;
  action: SharedBinding['action'];
  mirrorId: string | null;
  column: string | null;
  text: string | null;
  isTime: boolean;
}

export interface DeviceMirror {
  id: string;
  tableName: string;
  columns: MirrorColumnSpec[];
}

/** A lineage with mirrors of its own, and everything that was decided for it. */
export interface Candidate {
  lineageId: string;
  deviceId: string;
  deviceName: string;
  capture: string;
  /** The coalescing mode in force for it. */
  mode: string;
  versions: { hash: string; status: string }[];
  bindings: DeviceBinding[];
  mirrors: DeviceMirror[];
  keepsRows: boolean;
}

/** An approved schema of the registry, as far as a device's mirror is compared with it. */
export interface SharedSchema {
  id: string;
  hash: string;
  capture: string;
  bindings: SharedBinding[];
  mirror: DeviceMirror | null;
}

export type MovePlan = { moves: MirrorMove[]; conflicts: [] } | { moves: []; conflicts: string[] };

/** What was decided for one hash of a device, in a form that two devices can be compared by. */
export const decisionKey = (candidate: Candidate, hash: string): string =>
  JSON.stringify(
    candidate.bindings
      .filter((b) => b.hash === hash)
      .map((b) => [b.source, b.action, b.isTime])
      .sort(),
  );

const WORDS: Record<SharedBinding['action'], string> = {
  mirror: 'mirrored',
  map: 'mapped to a data point',
  auto_create_and_map: 'mapped to a data point',
  ignore: 'ignored',
  defer: 'deferred',
};

/** The hashes of a candidate that are approved and have rows of their own. */
export const approvedHashes = ({ versions }: Candidate): string[] =>
  versions.filter((v) => v.status === 'approved').map((v) => v.hash);

/** Why nothing of a candidate can move, whatever its columns are. */
function generalConflicts(candidate: Candidate, scope: string): string[] {
  const { mode, versions, keepsRows } = candidate;
  const short = (hash: string) => hash.slice(0, 8);
  return [
    ...(mode === scope
      ? []
      : [
          `The mode in force for this device is "${mode}", not "${scope}": its fleet has a policy of its own.`,
        ]),
    ...versions
      .filter((v) => v.status === 'deferred')
      .map(
        (v) => `The approval of schema ${short(v.hash)} left a required column undecided. Amend it first.`,
      ),
    ...(keepsRows ? ['Rows are kept for deferred columns. Amend the approval first.'] : []),
  ];
}

/** Where each mirror of a candidate goes, or everything that is in the way. */
export function planMove(
  candidate: Candidate,
  scope: string,
  shared: ReadonlyMap<string, SharedSchema>,
  refusedHashes: ReadonlyMap<string, string>,
): MovePlan {
  const conflicts = generalConflicts(candidate, scope);
  const moves = new Map<string, { to: DeviceMirror; columns: Map<string, string> }>();
  for (const hash of approvedHashes(candidate)) {
    const schema = shared.get(hash);
    if (schema === undefined || schema.capture !== candidate.capture) {
      conflicts.push(
        refusedHashes.get(hash) ?? `Schema ${hash.slice(0, 8)} is of another kind of batch in the registry.`,
      );
      continue;
    }
    const bound = new Map(schema.bindings.map((b) => [b.sourceColumnName, b]));
    for (const own of candidate.bindings.filter((b) => b.hash === hash)) {
      const there = bound.get(own.source);
      const why = bindingConflict(own, there);
      if (why !== null) conflicts.push(why);
      else if (own.mirrorId !== null && own.column !== null && there?.mirrorColumnName) {
        conflicts.push(...place(moves, own.mirrorId, own.column, schema, there.mirrorColumnName));
      }
    }
  }
  for (const mirror of candidate.mirrors) conflicts.push(...mirrorConflicts(mirror, moves.get(mirror.id)));
  if (conflicts.length > 0) return { moves: [], conflicts: [...new Set(conflicts)] };
  return {
    conflicts: [],
    moves: [...moves].map(([fromMirrorId, { to, columns }]) => ({
      fromMirrorId,
      toMirrorId: to.id,
      columns: [...columns].map(([from, target]) => ({ from, to: target })),
    })),
  };
}

function bindingConflict(own: DeviceBinding, there: SharedBinding | undefined): string | null {
  if (own.action !== 'mirror' && own.action !== 'ignore')
    return `"${own.source}" is ${WORDS[own.action]} on this device, which a shared decision cannot do.`;
  if (own.text !== null)
    return `"${own.source}" has a text column beside it on this device, which the shared mirror has not.`;
  if (there?.action === own.action) return null;
  return `"${own.source}" is ${WORDS[own.action]} on this device and ${there === undefined ? 'unknown' : WORDS[there.action]} in the registry.`;
}

function place(
  moves: Map<string, { to: DeviceMirror; columns: Map<string, string> }>,
  mirrorId: string,
  from: string,
  schema: SharedSchema,
  to: string,
): string[] {
  if (schema.mirror === null) return [`The registry mirrors no column of schema ${schema.hash.slice(0, 8)}.`];
  const move = moves.get(mirrorId) ?? { to: schema.mirror, columns: new Map<string, string>() };
  moves.set(mirrorId, move);
  if (move.to.id !== schema.mirror.id)
    return ['Its schemas go to two generations of the shared mirror, and its rows do not say which.'];
  const before = move.columns.get(from);
  if (before !== undefined && before !== to)
    return [`The mirror column "${from}" would go to both "${before}" and "${to}".`];
  move.columns.set(from, to);
  return [];
}

function mirrorConflicts(
  mirror: DeviceMirror,
  move: { to: DeviceMirror; columns: Map<string, string> } | undefined,
): string[] {
  if (move === undefined) return [];
  const takers = new Map<string, string>();
  return mirror.columns.flatMap((column): string[] => {
    const isOwn = !move.columns.has(column.name) && isSampleColumn(column, move.to);
    if (isOwn) move.columns.set(column.name, column.name);
    const name = move.columns.get(column.name);
    if (name === undefined)
      return [
        `The mirror column "${column.name}" has no place in the shared mirror, and its values would be lost.`,
      ];
    const target = move.to.columns.find((c) => c.name === name);
    const other = takers.get(name);
    takers.set(name, column.name);
    if (other !== undefined) return [`"${other}" and "${column.name}" would both go to "${name}".`];
    if (target === undefined) return [`The shared mirror has no column "${name}".`];
    if (target.keyOrdinal !== column.keyOrdinal)
      return [`"${column.name}" does not have the same place in the key of the shared mirror.`];
    if (target.keyOrdinal > 0 ? target.type !== column.type : !holds(target.type, column.type))
      return [`"${column.name}" is ${column.type}, and the shared mirror's "${name}" is ${target.type}.`];
    return [];
  });
}

/** A column of the sample itself, which no source column is bound to and both mirrors have. */
const isSampleColumn = (column: MirrorColumnSpec, to: DeviceMirror): boolean =>
  to.columns.some(
    (c) =>
      c.name === column.name &&
      c.sourceColumnName === column.sourceColumnName &&
      ['sample_id', 'event_ts'].includes(c.name),
  );
