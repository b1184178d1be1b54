/** What tests wait for, asked of the API until it is so. Nothing here waits for a time. */
import type { LineageDetail, SchemaReview } from '@/server/contract/governance';
import { expect, type Page } from '@playwright/test';
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

/**
 * Resolves once the page that `load` leads to lives. What the server drew is there before: a key that is pressed, or
 * a pointer that comes, in between is not noticed. The frame follows events after everything in it has begun, and what
 * it frames comes to life by itself: React then marks its elements.
 */
export async function alive(page: Page, load: () => Promise<unknown>): Promise<void> {
  const followed = page.waitForRequest(/\/events\/stream/);
  await load();
  await followed;
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main h1') ?? {}).some((key) => key.startsWith('__react')),
  );
}
