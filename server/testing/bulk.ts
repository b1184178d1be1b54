/** Bulk jobs and saved views made directly, and the shortest way through a job, for tests against Postgres. */
import type { Db, RootDb } from '@/server/db/client';
import { dueBulkJobs, runBulkItem } from '@/server/engine/bulk/run-bulk';
import { uuidV4 } from '@/server/lib/uuid';
import { systemCtx } from './engine';
import type { TestPlace } from './tenancy';

/** An empty job that has been counted. */
export async function makeBulkJob({ sql }: Db, place: TestPlace, word = 'somebody'): Promise<string> {
  const id = uuidV4();
  await sql`
    insert into tidegate.bulk_job
      (id, org_id, project_id, action, filter, params, shapes, status, total_items, created_by, created_by_label,
       permissions, created_at, updated_at)
    values (${id}, ${place.orgId}, ${place.projectId}, 'claim', '{}', '{}', '[]', 'previewed', 0, ${uuidV4()}, ${word},
      '{}', now(), now())`;
  return id;
}

/** A view of a person's. */
export async function makeSavedView(
  { sql }: Db,
  place: TestPlace,
  userId: string,
  name = `view-${uuidV4()}`,
): Promise<string> {
  const id = uuidV4();
  await sql`
    insert into tidegate.saved_view (id, project_id, user_id, page, name, search, created_at, updated_at)
    values (${id}, ${place.projectId}, ${userId}, 'reviews', ${name}, 'status=open', now(), now())`;
  return id;
}

/** Does every item of every running job, as the worker's loop does. */
export async function drainBulk(db: RootDb): Promise<void> {
  const ctx = systemCtx(db);
  for (const id of await dueBulkJobs(ctx)) while ((await runBulkItem(ctx, id)) === 'more');
}
