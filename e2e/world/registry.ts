/** What tests of the registry need of the API: the mode, and the one review that waits. */
import type { RegistryReview, RegistryReviewDetail } from '@/server/contract/registry';
import { expect } from '@playwright/test';
import type { Place } from './place';

export type Mode = 'none' | 'project' | 'fleet';

/** Sets the coalescing mode of the project. */
export const setMode = (place: Place, mode: Mode): Promise<unknown> =>
  place.data('PATCH', 'edge/policy', { schema_coalescing_mode: mode });

/** The open registry review of `table`, once as many devices as `waiting` wait for it. */
export async function openRegistryReviewOf(
  place: Place,
  table: string,
  waiting: number,
): Promise<RegistryReview> {
  let found: RegistryReview | undefined;
  const look = async () => {
    const open = await place.data<RegistryReview[]>('GET', 'edge/registry-reviews?status=open');
    found = open.find((review) => review.source_table === table);
    return found?.waiting_lineages;
  };
  await expect
    .poll(look, { intervals: [100], message: `${waiting} devices wait for ${table}` })
    .toBe(waiting);
  if (found === undefined) throw new Error(`no registry review of ${table}`);
  return found;
}

/** Claims and approves as a script does, `mirror` for every column. */
export async function approveShared(place: Place, reviewId: string): Promise<void> {
  const path = `edge/registry-reviews/${reviewId}`;
  const { action_version, columns } = await place.data<RegistryReviewDetail>('GET', path);
  const claimed = await place.data<RegistryReview>('POST', `${path}/claim`, { action_version });
  const column_actions = columns.map(({ name }) => ({ source_column_name: name, action: 'mirror' }));
  await place.data('POST', `${path}/approve`, { action_version: claimed.action_version, column_actions });
}
