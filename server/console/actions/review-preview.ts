'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { ColumnAction, ReviewPreview } from '@/server/contract/governance';
import { previewReview } from '@/server/engine/governance/preview-review';
import { outcomeOf, type Outcome } from './outcome';

const targetShape = z.strictObject({ projectId: uuid, reviewId: uuid });

/** What an approval would do, found out by doing it and rolling it back. */
export async function previewReviewAction(
  target: { projectId: string; reviewId: string },
  input: { action_version: number; column_actions: ColumnAction[] },
): Promise<Outcome<ReviewPreview>> {
  return outcomeOf(target.projectId, ({ ctx }) =>
    previewReview({ ctx, ...targetShape.parse(target), input }),
  );
}
