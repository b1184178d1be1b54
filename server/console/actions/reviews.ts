'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { ColumnAction, SchemaReview } from '@/server/contract/governance';
import type { Ctx } from '@/server/engine/context/context';
import { amendReview } from '@/server/engine/governance/amend-review';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { releaseReview } from '@/server/engine/governance/release-review';
import { reopenReview } from '@/server/engine/governance/reopen-review';
import { addReviewComment } from '@/server/engine/governance/review-comments';
import { saveDraft } from '@/server/engine/governance/save-draft';
import { outcomeOf, type Outcome } from './outcome';

/** Which review, in which project. */
export interface ReviewTarget {
  projectId: string;
  reviewId: string;
}

/** The version that the next action has to be called with. */
export interface ReviewState {
  actionVersion: number;
}

type Versioned = { action_version: number };
type Decided = Versioned & { column_actions: ColumnAction[] };

const targetShape = z.strictObject({ projectId: uuid, reviewId: uuid });

function onReview<T>(
  target: ReviewTarget,
  act: (args: ReviewTarget & { ctx: Ctx }) => Promise<T>,
): Promise<Outcome<T>> {
  return outcomeOf(target.projectId, ({ ctx }) => act({ ctx, ...targetShape.parse(target) }));
}

const stateOf = async (changed: Promise<SchemaReview>): Promise<ReviewState> => ({
  actionVersion: (await changed).action_version,
});

/** Claims a review, or takes it over with its draft. */
export async function claimReviewAction(target: ReviewTarget, input: Versioned & { take_over: boolean }) {
  return onReview(target, (args) => stateOf(claimReview({ ...args, input })));
}

/** Gives a claimed review back to the queue. */
export async function releaseReviewAction(target: ReviewTarget, input: Versioned) {
  return onReview(target, (args) => stateOf(releaseReview({ ...args, input })));
}

/** Approves, and schedules the replay of what is staged. */
export async function approveReviewAction(target: ReviewTarget, input: Decided) {
  return onReview(target, (args) => stateOf(approveReview({ ...args, input })));
}

/** Decides what an approval left out. */
export async function amendReviewAction(target: ReviewTarget, input: Decided) {
  return onReview(target, (args) => stateOf(amendReview({ ...args, input })));
}

/** Rejects, with a reason. */
export async function rejectReviewAction(target: ReviewTarget, input: Versioned & { reason: string }) {
  return onReview(target, (args) => stateOf(rejectReview({ ...args, input })));
}

/** Takes a decision back to the queue. */
export async function reopenReviewAction(target: ReviewTarget, input: Versioned) {
  return onReview(target, (args) => stateOf(reopenReview({ ...args, input })));
}

/** Saves the unfinished decision; answers when. */
export async function saveDraftAction(
  target: ReviewTarget,
  input: { column_actions: ColumnAction[]; stale_seen?: boolean },
) {
  return onReview(target, (args) => saveDraft({ ...args, input }));
}

/** Says something about a review. */
export async function addCommentAction(target: ReviewTarget, input: { body: string }) {
  return onReview(target, (args) => addReviewComment({ ...args, input }));
}
