/** What operators decide for many devices at once: modes, the registry's reviews, consolidations. */
import type { RootDb } from '@/server/db/client';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import { approveRegistryReview } from '@/server/engine/registry/approve-registry-review';
import { claimRegistryReview } from '@/server/engine/registry/claim-registry-review';
import { consolidate } from '@/server/engine/registry/consolidate';
import {
  dropOldMirrors,
  getConsolidation,
  resumeConsolidation,
  stopConsolidation,
} from '@/server/engine/registry/consolidation-jobs';
import { reconcileEntry } from '@/server/engine/registry/reconcile';
import {
  abandonRegistryReview,
  rejectRegistryReview,
  reopenRegistryReview,
} from '@/server/engine/registry/reject-registry-review';
import { runConsolidationStep } from '@/server/engine/registry/run-consolidation';
import { systemCtx } from '@/server/testing/engine';
import { actionsFor, schemaOf } from './decide-own';
import type { Play } from './play';
import { SCHEMAS } from './values';
import { operatorOf } from './world';

export interface SharedReview {
  id: string;
  version: number;
  sourceTable: string;
  schemaHash: string;
}

/** The registry's reviews of the project in these states, the oldest first. */
export const sharedReviewsIn = ({ world, place }: Play, statuses: string[]): Promise<SharedReview[]> =>
  world.db.sql<SharedReview[]>`
    select id, action_version as version, source_table as "sourceTable", schema_hash as "schemaHash"
    from tidegate.registry_review where project_id = ${place.projectId} and status = any(${statuses})
    order by created_at, id`;

export type SharedDecision = 'approve_shared' | 'reject_shared' | 'reopen_shared' | 'abandon_shared';

/** Decides a registry review as an operator would. Throws what the verbs refuse. */
export async function decideShared(
  play: Play,
  review: SharedReview,
  kind: SharedDecision,
  pick: number,
  db: RootDb,
): Promise<void> {
  const target = { ctx: operatorOf(play.world, db), projectId: play.place.projectId, reviewId: review.id };
  const seen = { action_version: review.version };
  if (kind === 'reopen_shared') {
    await reopenRegistryReview({ ...target, input: seen });
    return;
  }
  if (kind === 'abandon_shared') {
    await abandonRegistryReview({ ...target, input: { ...seen, reason: 'each for itself' } });
    return;
  }
  const claimed = await claimRegistryReview({ ...target, input: seen });
  const input = { action_version: claimed.action_version };
  if (kind === 'reject_shared') {
    await rejectRegistryReview({ ...target, input: { ...input, reason: 'not now' } });
    return;
  }
  const column_actions = actionsFor(schemaOf(review), play.history, pick, false);
  play.approved.add(`${review.sourceTable}|${review.schemaHash}`);
  await approveRegistryReview({ ...target, input: { ...input, column_actions } });
}

const MODES = ['none', 'project', 'fleet', null] as const;

/** Sets the mode of the project, or of one of its fleets; null takes a fleet back to its project's. */
export async function changeMode({ world, place }: Play, pick: number, db: RootDb): Promise<void> {
  const fleetId = place.fleets[pick % 3];
  const mode = MODES[Math.floor(pick / 3) % MODES.length] ?? null;
  await patchPolicy({
    ctx: operatorOf(world, db),
    projectId: place.projectId,
    ...(fleetId === undefined ? {} : { fleetId }),
    input: { schema_coalescing_mode: mode },
  });
}

/** Makes the mode that of a place, and begins to bring the table together there. */
export async function startMerge(play: Play, table: number, pick: number, db: RootDb): Promise<void> {
  const { world, place } = play;
  const fleetId = place.fleets[pick % 3];
  const at = {
    ctx: operatorOf(world, db),
    projectId: place.projectId,
    ...(fleetId === undefined ? {} : { fleetId }),
  };
  await patchPolicy({
    ...at,
    input: { schema_coalescing_mode: fleetId === undefined ? 'project' : 'fleet' },
  });
  const sourceTable = SCHEMAS[table % SCHEMAS.length]?.[0]?.table ?? '';
  if (pick % 2 === 0) await consolidate({ ...at, sourceTable, input: { dry_run: true } });
  await consolidate({ ...at, sourceTable, input: { dry_run: false } });
}

/** Consolidations of the project in these states. */
export async function jobsIn({ world, place }: Play, statuses: string[]): Promise<string[]> {
  const rows = await world.db.sql<{ id: string }[]>`
    select id from tidegate.consolidation where project_id = ${place.projectId} and status = any(${statuses})
    order by created_at, id`;
  return rows.map(({ id }) => id);
}

/** One step of every consolidation that runs. True where more may follow. */
export async function mergeStep(play: Play, rowsMax: number, db: RootDb): Promise<boolean> {
  let more = false;
  for (const id of await jobsIn(play, ['pending', 'running']))
    more = (await runConsolidationStep(systemCtx(db), id, rowsMax)) === 'more' || more;
  return more;
}

/** Stops, resumes or clears up after every consolidation that can be. */
export async function handleJobs(
  play: Play,
  kind: 'stop_merge' | 'go_on_merge' | 'drop_old',
  db: RootDb,
): Promise<void> {
  const states = { stop_merge: ['pending', 'running'], go_on_merge: ['stopped'], drop_old: ['completed'] }[
    kind
  ];
  for (const consolidationId of await jobsIn(play, states)) {
    const target = {
      ctx: operatorOf(play.world, db),
      projectId: play.place.projectId,
      consolidationId,
    };
    if (kind === 'stop_merge') await stopConsolidation(target);
    else if (kind === 'go_on_merge') await resumeConsolidation(target);
    else {
      const { old_mirrors } = await getConsolidation(target);
      await dropOldMirrors({ ...target, input: { expected_mirrors: old_mirrors.length } });
    }
  }
}

/** Repairs what an approved entry has promised; there is nothing to repair. */
export async function reconcileSome({ world, place }: Play, pick: number, db: RootDb): Promise<void> {
  const entries = await world.db.sql<{ id: string }[]>`
    select id from tidegate.registry_entry where project_id = ${place.projectId} and status = 'approved' order by id`;
  const entry = entries[pick % Math.max(1, entries.length)];
  if (entry === undefined) return;
  await reconcileEntry({ ctx: operatorOf(world, db), projectId: place.projectId, registryId: entry.id });
}
