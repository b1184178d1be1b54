/**
 * The oracle. At any quiet moment every delivered row is in its mirror (itself, or overtaken there by a newer
 * one of its key) or staged; in the end exactly the rows that cannot be written are staged, so that the
 * mirrors are what applying the history once, in order, gives.
 */
import { encodeRowJson } from '@/server/protocol/row-batch-encode';
import type { Change, History } from './history';
import { readState, type MirrorState, type State } from './read-state';
import type { World, WorldDevice } from './world';

export interface Checked {
  world: World;
  history: History;
  device: WorldDevice;
  delivered: ReadonlySet<Change>;
  garbage: number;
  /** True after everything is decided and drained. */
  isSettled: boolean;
}

/** What is wrong, in words; a history fails with all of it at once. */
type Problems = string[];

const versionOf = (c: { epoch: number; seq: number }): number => c.epoch * 1_000_000 + c.seq;
const show = (c: Change): string => `${c.schema.table} ${c.op} ${encodeRowJson(c.pk)} at ${c.epoch}/${c.seq}`;

/** The staged row of a change, under its identity on the wire. */
const stagedKey = (history: History, c: Change): string =>
  `${c.schema.table}|${history.epochs[c.epoch]?.uuid ?? ''}|${c.seq}|${encodeRowJson(c.pk)}`;

/** Whether a newer change of the key has come in the same schema. */
function isOvertaken({ delivered }: Checked, change: Change): boolean {
  const key = encodeRowJson(change.pk);
  return [...delivered].some(
    (c) => c.schema === change.schema && encodeRowJson(c.pk) === key && versionOf(c) > versionOf(change),
  );
}

function checkPlaces(input: Checked, state: State, problems: Problems): Map<MirrorState, Change[]> {
  const landing = new Map<MirrorState, Change[]>(state.mirrors.map((m) => [m, []]));
  for (const change of input.delivered) {
    const key = stagedKey(input.history, change);
    const staged = state.staged.get(key);
    const binding = state.bindings.get(`${change.schema.table}|${change.schema.hash}`);
    if (staged !== undefined) checkStaged(change, staged, problems);
    if (binding === undefined) {
      if (staged === undefined) problems.push(`${show(change)} is nowhere, and its schema is not approved`);
      continue;
    }
    if (change.fails !== null) {
      if (staged === undefined && !(change.fails === 'postgres' && isOvertaken(input, change)))
        problems.push(`${show(change)} cannot be written and is nowhere`);
      else if (input.isSettled && staged !== undefined && staged.reason !== 'materialization_failed')
        problems.push(`${show(change)} is staged for ${staged.reason} in the end`);
      continue;
    }
    if (input.isSettled && staged !== undefined)
      problems.push(`${show(change)} is still staged: ${staged.reason} ${staged.error ?? ''}`);
    landing.get(binding.mirror)?.push(change);
  }
  return landing;
}

function checkStaged(
  change: Change,
  staged: State['staged'] extends Map<string, infer S> ? S : never,
  problems: Problems,
): void {
  if (staged.row !== (change.row === null ? null : encodeRowJson(change.row)))
    problems.push(`${show(change)} is staged with another row: ${staged.row ?? 'null'}`);
  if ((staged.reason === 'materialization_failed') !== (staged.error !== null))
    problems.push(`${show(change)} is staged for ${staged.reason} with the error ${staged.error ?? 'null'}`);
  if (staged.reason === 'materialization_failed' && change.fails === null)
    problems.push(`${show(change)} can be written and is held to have failed: ${staged.error ?? ''}`);
}

/** A change's values as its mirror shows them: unbound columns are NULL. */
function cellsOf(change: Change, mirror: MirrorState, bound: ReadonlyMap<string, string>): (string | null)[] {
  return mirror.columns.map((column) => {
    const source = bound.get(column.name);
    return source === undefined ? null : (change.samples.get(source)?.text ?? null);
  });
}

function checkMirror(
  input: Checked,
  state: State,
  mirror: MirrorState,
  changes: Change[],
  problems: Problems,
): void {
  const byKey = new Map<string, Change[]>();
  const boundOf = (c: Change) =>
    state.bindings.get(`${c.schema.table}|${c.schema.hash}`)?.bound ?? new Map<string, string>();
  for (const change of changes) {
    const cells = cellsOf(change, mirror, boundOf(change));
    const key = JSON.stringify(mirror.keyIndexes.map((i) => cells[i]));
    byKey.set(key, [...(byKey.get(key) ?? []), change]);
  }
  for (const key of mirror.rows.keys())
    if (!byKey.has(key)) problems.push(`${mirror.tableName} holds a key that was never written: ${key}`);
  for (const [key, candidates] of byKey) {
    const settled = candidates.filter((c) => !state.staged.has(stagedKey(input.history, c)));
    const atLeast = Math.max(0, ...settled.map(versionOf));
    const row = mirror.rows.get(key);
    if (row === undefined) {
      const deleted = candidates.some((c) => c.op === 'delete' && versionOf(c) >= atLeast);
      if (atLeast > 0 && !deleted)
        problems.push(`${mirror.tableName} lacks ${key}: ${settled.map(show).join(', ')}`);
      continue;
    }
    const source = candidates.find((c) => c.op !== 'delete' && versionOf(c) === versionOf(row));
    if (source === undefined)
      problems.push(
        `${mirror.tableName} ${key} has the version ${row.epoch}/${row.seq}, which nothing wrote`,
      );
    else if (JSON.stringify(cellsOf(source, mirror, boundOf(source))) !== JSON.stringify(row.cells))
      problems.push(
        `${mirror.tableName} ${key} should be ${JSON.stringify(cellsOf(source, mirror, boundOf(source)))}, is ${JSON.stringify(row.cells)}`,
      );
    if (versionOf(row) < atLeast)
      problems.push(
        `${mirror.tableName} ${key} is at ${row.epoch}/${row.seq}, and ${settled.map(show).join(', ')} are done`,
      );
  }
}

function checkLineages(input: Checked, state: State, problems: Problems): void {
  for (const l of state.lineages) {
    const say = (text: string) => problems.push(`lineage ${l.source_table}: ${text} ${JSON.stringify(l)}`);
    if (l.staged_rows !== l.actual_rows || l.staged_bytes !== l.actual_bytes)
      say('its counters are not its staged rows');
    if (l.version_drift > 0) say('the counters of a schema version are not its staged rows');
    const tells = l.causes.some((c) => c !== 'schema_review');
    if ((l.newest_control === 'pause_lineage') !== tells) say('the device was not told what holds');
    if (l.open_controls > 1) say('more than one control is open');
    const isFree = l.causes.length === 0 && l.open_intents === 0;
    if (isFree && l.waiting_rows > 0) say('rows of an approved schema wait for nothing');
    if (l.open_intents > 1) say('more than one replay is open');
    if (input.isSettled && l.causes.some((c) => c !== 'backpressure')) say('is held in the end');
    if (input.isSettled && l.open_intents > 0) say('has an open replay in the end');
  }
  if (state.rejected !== input.garbage)
    problems.push(`${state.rejected} messages kept, ${input.garbage} refused`);
}

/** Throws with everything that is not as it should be. */
export async function checkHistory(input: Checked): Promise<void> {
  const state = await readState(input.world.db, input.device.id, input.history);
  const problems: Problems = [...state.problems];
  const landing = checkPlaces(input, state, problems);
  const known = new Set([...input.delivered].map((c) => stagedKey(input.history, c)));
  for (const key of state.staged.keys())
    if (!known.has(key)) problems.push(`a staged row that nobody sent: ${key}`);
  for (const [mirror, changes] of landing) checkMirror(input, state, mirror, changes, problems);
  checkLineages(input, state, problems);
  if (problems.length > 0)
    throw new Error(`${input.isSettled ? 'in the end' : 'at a checkpoint'}:\n${problems.join('\n')}`);
}
