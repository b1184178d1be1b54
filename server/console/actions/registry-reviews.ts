'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { ColumnAction } from '@/server/contract/governance';
import type { RegistryReview, RegistryReviewPreview } from '@/server/contract/registry';
import type { Ctx } from '@/server/engine/context/context';
import { approveRegistryReview } from '@/server/engine/registry/approve-registry-review';
import { claimRegistryReview, releaseRegistryReview } from '@/server/engine/registry/claim-registry-review';
import { previewRegistryReview } from '@/server/engine/registry/preview-registry-review';
import { addRegistryComment } from '@/server/engine/registry/registry-comments';
import { saveRegistryDraft } from '@/server/engine/registry/registry-draft';
import {
  abandonRegistryReview,
  rejectRegistryReview,
  reopenRegistryReview,
} from '@/server/engine/registry/reject-registry-review';
import { outcomeOf, type Outcome } from './outcome';
import type { ReviewState, ReviewTarget } from './reviews';

type Versioned = { action_version: number };
type Decided = Versioned & { column_actions: ColumnAction[] };
type Reasoned = Versioned & { reason: string };

const targetShape = z.strictObject({ projectId: uuid, reviewId: uuid });

function onReview<T>(
  target: ReviewTarget,
  act: (args: ReviewTarget & { ctx: Ctx }) => Promise<T>,
): Promise<Outcome<T>> {
  return outcomeOf(target.projectId, ({ ctx }) => act({ ctx, ...targetShape.parse(target) }));
}

const stateOf = async (changed: Promise<RegistryReview>): Promise<ReviewState> => ({
  actionVersion: (await changed).action_version,
});

/** Claims a registry review, or takes it over with its draft. */
export async function claimRegistryReviewAction(
  target: ReviewTarget,
  input: Versioned & { take_over: boolean },
) {
  return onReview(target, (args) => stateOf(claimRegistryReview({ ...args, input })));
}

/** Gives a claimed registry review back to the queue. */
export async function releaseRegistryReviewAction(target: ReviewTarget, input: Versioned) {
  return onReview(target, (args) => stateOf(releaseRegistryReview({ ...args, input })));
}

/** Approves for every device that waits, and schedules their replays. */
export async function approveRegistryReviewAction(target: ReviewTarget, input: Decided) {
  return onReview(target, (args) => stateOf(approveRegistryReview({ ...args, input })));
}

/** Rejects for every device, with a reason. */
export async function rejectRegistryReviewAction(target: ReviewTarget, input: Reasoned) {
  return onReview(target, (args) => stateOf(rejectRegistryReview({ ...args, input })));
}

/** Gives the review up: the devices ask again with their next batch. */
export async function abandonRegistryReviewAction(target: ReviewTarget, input: Reasoned) {
  return onReview(target, (args) => stateOf(abandonRegistryReview({ ...args, input })));
}

/** Takes a rejection back to the queue. */
export async function reopenRegistryReviewAction(target: ReviewTarget, input: Versioned) {
  return onReview(target, (args) => stateOf(reopenRegistryReview({ ...args, input })));
}

/** Saves the unfinished decision; answers when. */
export async function saveRegistryDraftAction(
  target: ReviewTarget,
  input: { column_actions: ColumnAction[]; stale_seen?: boolean },
) {
  return onReview(target, (args) => saveRegistryDraft({ ...args, input }));
}

/** Says something about a registry review. */
export async function addRegistryCommentAction(target: ReviewTarget, input: { body: string }) {
  return onReview(target, (args) => addRegistryComment({ ...args, input }));
}

/** What an approval would do, found out by doing it for some of the devices and rolling it back. */
export async function previewRegistryReviewAction(
  target: ReviewTarget,
  input: Decided,
): Promise<Outcome<RegistryReviewPreview>> {
  return onReview(target, (args) => previewRegistryReview({ ...args, input }));
}
