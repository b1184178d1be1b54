/** As mutations.ts, for bulk jobs and saved views. */
import type { RootDb } from '@/server/db/client';
import type { z } from 'zod';
import type { previewBulkInput } from '@/server/contract/bulk';
import { startBulk } from '@/server/engine/bulk/change-bulk';
import { previewBulk } from '@/server/engine/bulk/preview-bulk';
import { createSavedView } from '@/server/engine/views/saved-views';
import { drainBulk } from './bulk';
import { DEVICE_STATE, hashOf, makeDevice, put } from './engine';
import { change, once, placeOf, type Mutation } from './mutations';
import { mirrorEvery } from './registry';
import { makeTenancy } from './tenancy';

const P = '/projects/{project_id}';
const JOB = `${P}/edge/bulk-jobs/{bulk_job_id}`;
const OPEN = { action: 'claim', filter: { status: 'open' } } as const;

/** A counted job over one review. */
async function counted(db: RootDb, input: z.input<typeof previewBulkInput> = OPEN) {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const { tenancy } = device;
  const target = { ctx: device.operator, projectId: tenancy.projectId };
  const { id } = await previewBulk({ ...target, input });
  const params = { ...placeOf(tenancy), bulk_job_id: id };
  return { target: { ...target, bulkJobId: id }, caller: tenancy.people.operator, params };
}

/** A job whose one item has failed: there is nothing to reset on a lineage that works. */
async function failed(db: RootDb) {
  const made = await counted(db, { action: 'reset', filter: {} });
  await startBulk({ ...made.target, input: { expected_items: 1 } });
  await drainBulk(db);
  return made;
}

async function viewed(db: RootDb) {
  const tenancy = await makeTenancy(db);
  const caller = tenancy.people.viewer;
  const { id } = await createSavedView({
    ctx: caller.ctx,
    projectId: tenancy.projectId,
    input: { page: 'reviews', name: 'mine', search: 'status=open' },
  });
  return { caller, params: { ...placeOf(tenancy), saved_view_id: id } };
}

/** By method and path. */
export const BULK_MUTATIONS: Readonly<Record<string, Mutation>> = {
  [`POST ${P}/edge/bulk-jobs`]: once('edge_bulk.previewed', async (db) => ({
    ...(await counted(db)),
    body: OPEN,
  })),
  [`POST ${JOB}/decide`]: change('edge_bulk.shape_decided', async (db) => ({
    ...(await counted(db, { ...OPEN, action: 'approve' })),
    body: {
      kind: 'schema_review',
      source_table: DEVICE_STATE.name,
      schema_hash: hashOf(DEVICE_STATE),
      column_actions: mirrorEvery(DEVICE_STATE, { mode: { action: 'ignore' } }),
    },
  })),
  [`POST ${JOB}/start`]: change('edge_bulk.started', async (db) => ({
    ...(await counted(db)),
    body: { expected_items: 1 },
  })),
  [`POST ${JOB}/cancel`]: change('edge_bulk.cancelled', (db) => counted(db)),
  [`POST ${JOB}/run-failed`]: change('edge_bulk.started', failed),
  [`POST ${P}/saved-views`]: once('saved_view.created', async (db) => ({
    ...(await viewed(db)),
    body: { page: 'reviews', name: 'another', search: '' },
  })),
  [`PATCH ${P}/saved-views/{saved_view_id}`]: change('saved_view.changed', async (db) => ({
    ...(await viewed(db)),
    body: { name: 'renamed' },
  })),
  [`DELETE ${P}/saved-views/{saved_view_id}`]: once('saved_view.deleted', viewed),
};
