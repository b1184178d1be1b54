/**
 * What takes rows away, or lets them be written otherwise than they came: a discard, the end of a lineage, a remedy. Each
 * happens by itself, so that what was there before says what it was about.
 */
import type { z } from 'zod';
import type { retryFailuresInput } from '@/server/contract/rows';
import type { Ctx } from '@/server/engine/context/context';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { deleteLineage } from '@/server/engine/mirror/delete-lineage';
import { discardStaged } from '@/server/engine/staging/discard-staged';
import type { Step } from './steps';
import type { Change } from './life';
import { announcedKey, deviceOf, epochIndex, stagedKey, type Play } from './play';

export type Forgetting = 'remedy' | 'discard' | 'delete';

export const isForgetting = (step: Step): boolean =>
  step.kind === 'remedy' || step.kind === 'discard' || step.kind === 'delete';

const REMEDIES: readonly z.input<typeof retryFailuresInput>['remedy'][] = [
  'null_value',
  'text_column',
  'null_value',
  'as_is',
];

/** Carries out one of them on a lineage. Throws what the verb refuses. */
export async function takeAway(
  { world, place, history }: Play,
  kind: Forgetting,
  { lineageId, pick, ctx }: { lineageId: string; pick: number; ctx: Ctx },
): Promise<void> {
  const target = { ctx, projectId: place.projectId, lineageId };
  if (kind === 'remedy') {
    const groups = await listFailures(target);
    const group = groups[pick % Math.max(1, groups.length)];
    const remedy = REMEDIES[(pick >> 4) % REMEDIES.length] ?? 'as_is';
    if (group !== undefined) await retryFailures({ ...target, groupId: group.id, input: { remedy } });
    return;
  }
  const [found] = await world.db.sql<{ staged: number }[]>`
    select staged_rows::int as staged from tidegate.lineage where id = ${lineageId}`;
  const staged = found?.staged ?? 0;
  if (kind === 'delete') {
    await deleteLineage({ ...target, expectedStagedRows: staged, dropMirror: pick % 2 === 0 });
    return;
  }
  // What was deferred waits in staging to be filled in, and what a device has had its receipt for does not come again.
  if (history.isPartial || history.tellsDelivered) return;
  await discardStaged({ ...target, input: { expected_rows: staged } });
}

interface Before {
  /** By `stagedKey`: the columns that are to be written as NULL. */
  staged: Map<string, readonly string[]>;
  /** Of each lineage there is, as `device id|table`. */
  lineages: Set<string>;
  epochs: Map<string, number>;
}

async function look({ world, place, devices, history }: Play): Promise<Before> {
  const { sql } = world.db;
  const staged = await sql<
    { device: string; table: string; epoch: string; seq: string; pk: string; nulls: string[] }[]
  >`
    select l.device_id as device, l.source_table as table, s.journal_epoch as epoch, s.commit_seq as seq, s.pk,
      coalesce(s.null_columns, '[]') as nulls
    from tidegate.staged_row s join tidegate.lineage l on l.id = s.lineage_id where l.project_id = ${place.projectId}`;
  const lineages = await sql<{ device: string; table: string; epoch: string | null; ordinal: string }[]>`
    select l.device_id as device, l.source_table as table, e.epoch, e.ordinal
    from tidegate.lineage l left join tidegate.journal_epoch e on e.lineage_id = l.id
    where l.project_id = ${place.projectId}`;
  const indexOf = (id: string) => devices.findIndex((d) => d.id === id);
  return {
    staged: new Map(
      staged.map((s) => [`${String(indexOf(s.device))}|${s.table}|${s.epoch}|${s.seq}|${s.pk}`, s.nulls]),
    ),
    lineages: new Set(lineages.map((l) => `${l.device}|${l.table}`)),
    epochs: new Map(
      lineages.flatMap(({ device, epoch, ordinal }) =>
        epoch === null ? [] : [[`${device}|${ordinal}`, epochIndex(history, indexOf(device), epoch)]],
      ),
    ),
  };
}

/** Whether a mirror that may hold rows of a device's table is there. */
async function hasMirror({ world, place }: Play, deviceId: string, table: string): Promise<boolean> {
  const [found] = await world.db.sql<{ any: boolean }[]>`
    select exists (select from tidegate.mirror m where m.project_id = ${place.projectId} and m.source_table = ${table}
                   and (m.scope <> 'device' or m.scope_id = ${deviceId})) as any`;
  return found?.any ?? true;
}

/** From here on nobody answers for it. */
function drop(play: Play, change: Change): void {
  play.delivered.delete(change);
  play.forgotten.add(change);
  play.nulled.delete(change);
}

/** Runs the step, and takes down what it has taken away. */
export async function forget(play: Play, kind: Step['kind'], run: () => Promise<void>): Promise<void> {
  const before = await look(play);
  await run();
  const after = await look(play);
  const tableOf = (c: Change) => `${deviceOf(play, c).id}|${c.schema.table}`;
  const isGone = (c: Change) => before.lineages.has(tableOf(c)) && !after.lineages.has(tableOf(c));
  for (const change of [...play.delivered]) {
    const key = stagedKey(play, change);
    if (kind === 'remedy') {
      const nulls = after.staged.get(key) ?? [];
      if (nulls.length > 0) play.nulled.set(change, new Set(nulls));
    } else if (isGone(change) || (before.staged.has(key) && !after.staged.has(key))) drop(play, change);
  }
  if (kind !== 'delete') return;
  for (const [key, epoch] of before.epochs) play.oldEpochs.set(key, epoch);
  for (const change of play.history.changes.filter(isGone)) {
    play.announced.delete(announcedKey(change));
    const stays = await hasMirror(play, deviceOf(play, change).id, change.schema.table);
    if (stays && play.forgotten.has(change)) play.leftBehind.add(change);
  }
}
