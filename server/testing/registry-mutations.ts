/** As mutations.ts, for the registry's routes, which a project and each of its fleets have. */
import type { RootDb } from '@/server/db/client';
import { consolidate } from '@/server/engine/registry/consolidate';
import { stopConsolidation } from '@/server/engine/registry/consolidation-jobs';
import { rejectRegistryReview } from '@/server/engine/registry/reject-registry-review';
import { runConsolidationStep } from '@/server/engine/registry/run-consolidation';
import { approveNewest, DEVICE_STATE, drainReplays, makeDevice, put, systemCtx } from './engine';
import { change, once, placeOf, type Mutation } from './mutations';
import { approveShared, claimOpen, mirrorEvery, openRegistryReview, setMode, type Mode } from './registry';

const ROWS = [put(1, { id: 1, mode: 'a', setpoint: 1 })];

/** A device whose schema waits in the registry of `mode`. */
async function waiting(db: RootDb, mode: Mode) {
  const device = await makeDevice(db);
  const { tenancy } = device;
  await setMode(tenancy, mode);
  await device.send(DEVICE_STATE, ROWS);
  const review = await openRegistryReview(tenancy);
  const params = {
    ...placeOf(tenancy),
    registry_review_id: review.id,
    registry_id: review.registry_id,
  };
  return { tenancy, caller: tenancy.people.operator, params };
}

async function claimed(db: RootDb, mode: Mode) {
  const made = await waiting(db, mode);
  await claimOpen(made.tenancy);
  return made;
}

/** A device with a mirror of its own, in a place whose mode is `mode` since. */
async function apart(db: RootDb, mode: Mode) {
  const device = await makeDevice(db);
  const { tenancy } = device;
  await device.send(DEVICE_STATE, ROWS);
  await approveNewest(db, device, DEVICE_STATE);
  await drainReplays(db);
  await setMode(tenancy, mode);
  const params = { ...placeOf(tenancy), coalesced_mirror: DEVICE_STATE.name };
  return { tenancy, caller: tenancy.people.operator, params };
}

async function started(db: RootDb, mode: Mode) {
  const { tenancy, caller, params } = await apart(db, mode);
  const target = {
    ctx: caller.ctx,
    projectId: tenancy.projectId,
    ...(mode === 'fleet' ? { fleetId: tenancy.fleetId } : {}),
  };
  const { job } = await consolidate({ ...target, sourceTable: DEVICE_STATE.name, input: { dry_run: false } });
  if (job === null) throw new Error('no job was started');
  return { target, jobId: job.id, caller, params: { ...params, consolidation_id: job.id } };
}

const decided = { action_version: 2, column_actions: mirrorEvery(DEVICE_STATE) };
const refused = { action_version: 2, reason: 'not wanted' };

function reviewMutations(base: string, mode: Mode): Record<string, Mutation> {
  const review = `${base}/edge/registry-reviews/{registry_review_id}`;
  const acted = (name: string, kind: string, prepare: typeof waiting, body: unknown) => ({
    [`${name === 'draft' ? 'PUT' : 'POST'} ${review}/${name}`]: change(
      `edge_registry_review.${kind}`,
      async (db) => ({ ...(await prepare(db, mode)), body }),
    ),
  });
  return {
    ...acted('claim', 'claimed', waiting, { action_version: 1 }),
    ...acted('release', 'released', claimed, { action_version: 2 }),
    ...acted('draft', 'draft_saved', claimed, { column_actions: mirrorEvery(DEVICE_STATE) }),
    ...acted('approve', 'approved', claimed, decided),
    ...acted('reject', 'rejected', claimed, refused),
    ...acted('abandon', 'abandoned', claimed, refused),
    [`POST ${review}/comments`]: once('edge_registry_review.commented', async (db) => ({
      ...(await waiting(db, mode)),
      body: { body: 'Asked the device team.' },
    })),
    [`POST ${review}/reopen`]: change('edge_registry_review.reopened', async (db) => {
      const made = await claimed(db, mode);
      await rejectRegistryReview({
        ctx: made.caller.ctx,
        projectId: made.tenancy.projectId,
        reviewId: made.params.registry_review_id,
        input: refused,
      });
      return { ...made, body: { action_version: 3 } };
    }),
    [`POST ${base}/edge/registry/{registry_id}/reconcile`]: once(
      'edge_registry_entry.reconciled',
      async (db) => {
        const made = await waiting(db, mode);
        await approveShared(made.tenancy, DEVICE_STATE);
        return made;
      },
    ),
  };
}

function consolidationMutations(base: string, mode: Mode): Record<string, Mutation> {
  const job = `${base}/edge/consolidations/{consolidation_id}`;
  return {
    [`POST ${base}/edge/coalesced-mirrors/{coalesced_mirror}/consolidate`]: once(
      'edge_consolidation.started',
      async (db) => ({ ...(await apart(db, mode)), body: { dry_run: false } }),
    ),
    [`POST ${job}/stop`]: change('edge_consolidation.stopped', (db) => started(db, mode)),
    [`POST ${job}/resume`]: change('edge_consolidation.resumed', async (db) => {
      const made = await started(db, mode);
      await stopConsolidation({ ...made.target, consolidationId: made.jobId });
      return made;
    }),
    [`POST ${job}/drop-old-mirrors`]: once('edge_consolidation.old_mirrors_dropped', async (db) => {
      const made = await started(db, mode);
      while ((await runConsolidationStep(systemCtx(db), made.jobId, 100)) === 'more');
      return { ...made, body: { expected_mirrors: 1 } };
    }),
  };
}

const registryMutations = (base: string, mode: Mode): Record<string, Mutation> => ({
  ...reviewMutations(base, mode),
  ...consolidationMutations(base, mode),
});

/** By method and path. */
export const REGISTRY_MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...registryMutations('/projects/{project_id}', 'project'),
  ...registryMutations('/projects/{project_id}/fleets/{fleet_id}', 'fleet'),
};
