// What the workbench calls for each kind of review: the same verbs, through the door of that kind.
import {
  abandonRegistryReviewAction,
  addRegistryCommentAction,
  approveRegistryReviewAction,
  claimRegistryReviewAction,
  previewRegistryReviewAction,
  rejectRegistryReviewAction,
  releaseRegistryReviewAction,
  reopenRegistryReviewAction,
  saveRegistryDraftAction,
} from '@/server/console/actions/registry-reviews';
import { previewReviewAction } from '@/server/console/actions/review-preview';
import {
  addCommentAction,
  approveReviewAction,
  claimReviewAction,
  rejectReviewAction,
  releaseReviewAction,
  reopenReviewAction,
  saveDraftAction,
} from '@/server/console/actions/reviews';

const deviceDoor = {
  claim: claimReviewAction,
  release: releaseReviewAction,
  approve: approveReviewAction,
  reject: rejectReviewAction,
  reopen: reopenReviewAction,
  saveDraft: saveDraftAction,
  preview: previewReviewAction,
  comment: addCommentAction,
};

const registryDoor: typeof deviceDoor = {
  claim: claimRegistryReviewAction,
  release: releaseRegistryReviewAction,
  approve: approveRegistryReviewAction,
  reject: rejectRegistryReviewAction,
  reopen: reopenRegistryReviewAction,
  saveDraft: saveRegistryDraftAction,
  preview: previewRegistryReviewAction,
  comment: addRegistryCommentAction,
};

export type ReviewDoor = typeof deviceDoor;

/** The verbs of a device's review, or of the registry's where `shared`. */
export const doorOf = (shared: boolean): ReviewDoor => (shared ? registryDoor : deviceDoor);

/** Only the registry's reviews can be given up: a device's would come back with its next batch. */
export const abandonReview = abandonRegistryReviewAction;
