/**
 * The oracle. At any quiet moment every delivered row is in its mirror (itself, or overtaken there by a newer
 * one of its key) or staged; in the end exactly the rows that cannot be written are staged, so that the
 * mirrors are what applying the history once, in order, gives.
 */
import { groupBy } from '@/server/lib/group-by';
import { encodeRowJson } from '@/server/protocol/row-batch-encode';
import type { Change } from './life';
import { checkPoints } from './check-points';
import { hashKey, stagedKey, type Play } from './play';
import { readState, type BindingState, type MirrorState, type StagedState, type State } from './read-state';
import { textIn } from './values';

/** What is wrong, in words; a history fails with all of it at once. */
type Problems = string[];

export interface Checked {
  play: Play;
  state: State;
  /** True after everything is decided and drained. */
  isSettled: boolean;
  problems: Problems;
}

const versionOf = (c: { epoch: number; seq: number }): number => c.epoch * 1_000_000 + c.seq;
const show = (c: Change): string =>
  `${c.schema.table} ${c.op} ${encodeRowJson(c.pk)} of device ${String(c.device)} at ${String(c.epoch)}/${String(c.seq)}`;

const bindingKey = (c: Change): string => `${String(c.device)}|${hashKey(c)}`;

/** What has come of the key that is newer, in whatever schema. */
function newerOf({ play }: Checked, change: Change): Change[] {
  const key = encodeRowJson(change.pk);
  return [...play.delivered, ...play.forgotten].filter(
    (c) =>
      c.device === change.device &&
      c.schema.table === change.schema.table &&
      encodeRowJson(c.pk) === key &&
      versionOf(c) > versionOf(change),
  );
}

/** Whether a newer change of the key has come in the same schema. */
const isOvertaken = (input: Checked, change: Change): boolean =>
  newerOf(input, change).some((c) => c.schema === change.schema);

/** The changes that a mirror may show, with their cells there. */
type Landing = Map<MirrorState, Map<Change, Cells>>;

function checkPlaces(input: Checked): Landing {
  const { play, state } = input;
  const landing: Landing = new Map([...state.mirrors.values()].map((m) => [m, new Map()]));
  for (const change of [...play.delivered, ...play.forgotten]) {
    const binding = state.bindings.get(bindingKey(change));
    const cells = binding === undefined ? null : cellsOf(change, binding, play.nulled.get(change));
    if (play.delivered.has(change)) checkPlace(input, change, { binding, cells });
    if (binding !== undefined && cells !== null) landing.get(binding.mirror)?.set(change, cells);
  }
  return landing;
}

function checkPlace(
  input: Checked,
  change: Change,
  { binding, cells }: { binding: BindingState | undefined; cells: Cells | null },
): void {
  const { play, state, isSettled, problems } = input;
  const staged = state.staged.get(stagedKey(play, change));
  if (staged !== undefined) checkStaged(change, staged, problems);
  if (binding === undefined) {
    if (staged === undefined) problems.push(`${show(change)} is nowhere, and its schema is not approved`);
  } else if (cells === null) {
    if (staged === undefined && !(change.fails === 'postgres' && isOvertaken(input, change)))
      problems.push(`${show(change)} cannot be written and is nowhere`);
    else if (isSettled && staged !== undefined && staged.reason !== 'materialization_failed')
      problems.push(`${show(change)} is staged for ${staged.reason} in the end`);
  } else if (isSettled && staged !== undefined) {
    // What was let through as NULL, overtaken, and has come once more, is a failed row again.
    if (play.nulled.has(change) && newerOf(input, change).length > 0) return;
    problems.push(`${show(change)} is still staged: ${staged.reason} ${staged.error ?? ''}`);
  }
}

function checkStaged(change: Change, staged: StagedState, problems: Problems): void {
  if (staged.row !== (change.row === null ? null : encodeRowJson(change.row)))
    problems.push(`${show(change)} is staged with another row: ${staged.row ?? 'null'}`);
  if ((staged.reason === 'materialization_failed') !== (staged.error !== null))
    problems.push(`${show(change)} is staged for ${staged.reason} with the error ${staged.error ?? 'null'}`);
  if (staged.reason === 'materialization_failed' && change.fails === null)
    problems.push(`${show(change)} can be written and is held to have failed: ${staged.error ?? ''}`);
}

/** One for each column of a mirror. */
type Cells = (string | null)[];

/** A change's values as its mirror shows them, NULL in unbound columns; null where one of them fits nowhere. */
function cellsOf(
  change: Change,
  { mirror, bound, texts, points }: BindingState,
  nulled: ReadonlySet<string> | undefined,
): Cells | null {
  const cells: Cells = mirror.columns.map(() => null);
  // A row lands in its mirror and in its data points, or in neither.
  const isMisfit = (source: string) =>
    nulled?.has(source) !== true && change.samples.get(source)?.misfit !== undefined;
  if ([...points.keys()].some(isMisfit)) return null;
  for (const [i, column] of mirror.columns.entries()) {
    const source = bound.get(column.name);
    const sample = source === undefined ? undefined : change.samples.get(source);
    if (source === undefined || sample === undefined) continue;
    if (column.keyOrdinal > 0) {
      if (sample.misfit !== undefined && change.fails !== null) return null;
      cells[i] = sample.text;
    } else if (change.op !== 'delete' && nulled?.has(source) !== true) {
      const own = textIn(sample, column.type);
      const beside = mirror.columns.findIndex((c) => c.name === texts.get(column.name));
      const text = own ?? (beside === -1 ? null : textIn(sample, 'text'));
      if (text === null) return null;
      cells[own === null ? beside : i] = text.text;
    }
  }
  return cells;
}

const keyIn = (change: Change, { keyIndexes }: MirrorState, cells: readonly (string | null)[]): string =>
  JSON.stringify([change.device, ...keyIndexes.map((i) => cells[i])]);

/** The device's rows that are on their way to `key`'s mirror: in its old ones until they are copied. */
function onTheWay({ state }: Checked, change: Change, key: string): number {
  const lineage = state.lineages.find(
    (l) => l.device === change.device && l.source_table === change.schema.table,
  );
  const rows = (lineage?.copying ?? []).flatMap((id) => state.mirrors.get(id)?.rows.get(key) ?? []);
  return Math.max(0, ...rows.map(versionOf));
}

/** A delete of the key in a lineage that is gone: its tombstone may hold back what comes again. */
function wasDeleted({ play }: Checked, any: Change, atLeast: number): boolean {
  const key = encodeRowJson(any.pk);
  return [...play.leftBehind].some(
    (c) =>
      c.op === 'delete' &&
      c.device === any.device &&
      c.schema.table === any.schema.table &&
      encodeRowJson(c.pk) === key &&
      versionOf(c) >= atLeast,
  );
}

function checkMirror(input: Checked, mirror: MirrorState, landed: ReadonlyMap<Change, Cells>): void {
  const { play, state, problems } = input;
  const isLeft =
    mirror.isLeft || [...play.leftBehind].some(({ schema }) => schema.table === mirror.sourceTable);
  const byKey = groupBy([...landed.keys()], (c) => keyIn(c, mirror, landed.get(c) ?? []));
  for (const key of mirror.rows.keys())
    if (!byKey.has(key) && !isLeft)
      problems.push(`${mirror.tableName} holds a key that was never written: ${key}`);
  for (const [key, candidates] of byKey) {
    const settled = candidates.filter((c) => play.delivered.has(c) && !state.staged.has(stagedKey(play, c)));
    const atLeast = Math.max(0, ...settled.map(versionOf));
    const row = mirror.rows.get(key);
    const [any] = candidates;
    const isComing = any !== undefined && onTheWay(input, any, key) >= atLeast;
    if (row === undefined) {
      const deleted =
        candidates.some((c) => c.op === 'delete' && versionOf(c) >= atLeast) ||
        (any !== undefined && wasDeleted(input, any, atLeast));
      if (atLeast > 0 && !deleted && !isComing)
        problems.push(`${mirror.tableName} lacks ${key}: ${settled.map(show).join(', ')}`);
      continue;
    }
    const source = candidates.find((c) => c.op !== 'delete' && versionOf(c) === versionOf(row));
    const at = `${String(row.epoch)}/${String(row.seq)}`;
    const due = source === undefined ? undefined : landed.get(source);
    if (source === undefined) {
      if (!isLeft) problems.push(`${mirror.tableName} ${key} has the version ${at}, which nothing wrote`);
    } else if (
      !play.leftBehind.has(source) &&
      // What an amend has put back into staging is filled in by its replay.
      !state.staged.has(stagedKey(play, source)) &&
      JSON.stringify(due) !== JSON.stringify(row.cells)
    )
      problems.push(
        `${mirror.tableName} ${key} should be ${JSON.stringify(due)}, is ${JSON.stringify(row.cells)}`,
      );
    if (versionOf(row) < atLeast && !isComing)
      problems.push(`${mirror.tableName} ${key} is at ${at}, and ${settled.map(show).join(', ')} are done`);
  }
}

function checkLineages({ state, isSettled, problems }: Checked): void {
  for (const l of state.lineages) {
    const say = (text: string) => problems.push(`lineage ${l.source_table}: ${text} ${JSON.stringify(l)}`);
    if (l.staged_rows !== l.actual_rows || l.staged_bytes !== l.actual_bytes)
      say('its counters are not its staged rows');
    if (l.version_drift > 0) say('the counters of a schema version are not its staged rows');
    if (l.current_drift > 0)
      say(
        'a schema version is taken for the one of the last batch and is not, or is and is not taken for it',
      );
    const tells = l.causes.some((c) => c !== 'schema_review');
    if ((l.newest_control === 'pause_lineage') !== tells) say('the device was not told what holds');
    if (l.open_controls > 1) say('more than one control is open');
    const isFree = l.causes.length === 0 && l.open_intents === 0;
    if (isFree && l.waiting_rows > 0) say('rows of an approved schema wait for nothing');
    if (l.open_intents > 1) say('more than one replay is open');
    if (l.astray > 0) say('a schema is not bound as the registry says');
    if (isSettled && l.causes.some((c) => c !== 'backpressure')) say('is held in the end');
    if (isSettled && l.open_intents > 0) say('has an open replay in the end');
    if (isSettled && l.copying.length > 0) say('is being copied in the end');
  }
}

function checkKept({ play, state, problems }: Checked): void {
  if (state.rejected !== play.kept)
    problems.push(`${String(state.rejected)} messages kept, ${String(play.kept)} refused`);
  const late = [...play.late].map(({ batchId }) => batchId);
  if (late.length !== state.late.size || !late.every((id) => state.late.has(id)))
    problems.push(`${String(late.length)} batches of samples came late, ${String(state.late.size)} are kept`);
}

/** Nothing passes unapproved: what is bound was approved by somebody, or is an addition that the policy lets through. */
function checkApproved({ play, state, problems }: Checked): void {
  if (play.history.policy['allow_additive_continue'] === true) return;
  for (const key of state.bindings.keys()) {
    const [, ...hash] = key.split('|');
    if (!play.approved.has(hash.join('|'))) problems.push(`${key} is bound, and nobody has approved it`);
  }
}

/** Throws with everything that is not as it should be. */
export async function checkHistory(play: Play, isSettled: boolean): Promise<void> {
  const state = await readState(play);
  const problems: Problems = [...state.problems];
  const input = { play, state, isSettled, problems };
  const landing = checkPlaces(input);
  const known = new Set([...play.delivered].map((c) => stagedKey(play, c)));
  for (const key of state.staged.keys())
    if (!known.has(key)) problems.push(`a staged row that nobody sent: ${key}`);
  for (const [mirror, landed] of landing) checkMirror(input, mirror, landed);
  checkLineages(input);
  await checkPoints(input, (change) => {
    const binding = state.bindings.get(bindingKey(change));
    return binding !== undefined && landing.get(binding.mirror)?.has(change) === true ? binding : undefined;
  });
  checkKept(input);
  checkApproved(input);
  if (problems.length > 0)
    throw new Error(`${isSettled ? 'in the end' : 'at a checkpoint'}:\n${problems.join('\n')}`);
}

/** While a table is paused nothing of it is written: what has just come for the first time is staged. */
export async function checkHeld(
  play: Play,
  held: ReadonlySet<string>,
  known: ReadonlySet<Change>,
): Promise<void> {
  const { staged } = await readState(play);
  for (const change of play.delivered) {
    const table = `${String(change.device)}|${change.schema.table}`;
    if (!known.has(change) && held.has(table) && !staged.has(stagedKey(play, change)))
      throw new Error(`${show(change)} came while its table was paused, and is not staged`);
  }
}
