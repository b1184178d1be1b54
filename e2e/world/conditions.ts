/** What tests wait for, asked of the API until it is so. Nothing here waits for a time. */
import type { LineageDetail, SchemaReview } from '@/server/contract/governance';
import { expect } from '@playwright/test';
import type { Place } from './place';

const OFTEN = { intervals: [100] };

/** The review of `table` that waits for a decision, once there is one. */
export async function openReviewOf(place: Place, table: string): Promise<SchemaReview> {
  let found: SchemaReview | undefined;
  const look = async (): Promise<boolean> => {
    found = (await place.reviews()).find(
      (review) => review.source_table === table && ['queued', 'in_review'].includes(review.status),
    );
    return found !== undefined;
  };
  await expect.poll(look, { ...OFTEN, message: `a review of ${table}` }).toBe(true);
  if (found === undefined) throw new Error(`no review of ${table}`);
  return found;
}

/** Waits until the lineage is as `isSo` says, and returns it. */
export async function untilLineage(
  place: Place,
  lineageId: string,
  what: string,
  isSo: (detail: LineageDetail) => boolean,
): Promise<LineageDetail> {
  let detail = await place.lineage(lineageId);
  const look = async (): Promise<boolean> => isSo((detail = await place.lineage(lineageId)));
  await expect.poll(look, { ...OFTEN, message: what }).toBe(true);
  return detail;
}

/** The lineage once the replay of its approval is over. */
export const replayed = (place: Place, lineageId: string): Promise<LineageDetail> =>
  untilLineage(place, lineageId, 'the replay is over', ({ replay_intent: replay }) =>
    ['completed', 'failed'].includes(replay?.status ?? ''),
  );

/** Schema-qualified name of the lineage's mirror table. Throws where there is none. */
export function mirrorOf({ mirror }: LineageDetail): string {
  if (mirror === null) throw new Error('the lineage has no mirror table');
  return `tidegate_mirror.${mirror.mirror_table_name}`;
}
