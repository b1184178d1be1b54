// Schema reviews: the queue, the claim and the decision.
import type { z } from 'zod';
import {
  amendReviewInput,
  approveReviewInput,
  claimReviewInput,
  listReviewsInput,
  rejectReviewInput,
  releaseReviewInput,
  reopenReviewInput,
  reviewDetail,
  reviewPreview,
  saveDraftInput,
  schemaReview,
  type SchemaReview,
} from '@/server/contract/governance';
import { addCommentInput, listCommentsInput, reviewComment } from '@/server/contract/review-comments';
import { reviewFacts } from '@/server/contract/review-facts';
import { reviewDraft, savedDraft } from '@/server/contract/results';
import type { Ctx } from '@/server/engine/context/context';
import { amendReview } from '@/server/engine/governance/amend-review';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { getDraft } from '@/server/engine/governance/get-draft';
import { getReview as readReview } from '@/server/engine/governance/get-review';
import { getReviewFacts as readFacts } from '@/server/engine/governance/get-review-facts';
import { listReviews } from '@/server/engine/governance/list-reviews';
import { previewReview } from '@/server/engine/governance/preview-review';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { releaseReview } from '@/server/engine/governance/release-review';
import { reopenReview } from '@/server/engine/governance/reopen-review';
import { addReviewComment, listReviewComments } from '@/server/engine/governance/review-comments';
import { saveDraft } from '@/server/engine/governance/save-draft';
import { route, type Route } from '../contract';
import { noQuery, paged, single } from './answers';

const REVIEWS = '/projects/{project_id}/edge/schema-reviews';

/** The path's parameters that a review needs. */
const place = (param: (name: string) => string) => ({
  projectId: param('project_id'),
  reviewId: param('schema_review_id'),
});

type Verb<Body> = (args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: Body;
}) => Promise<SchemaReview>;

/** A mutation of a review; it answers the review as it is afterwards. */
function reviewAction<Body extends z.ZodType>(
  name: string,
  summary: string,
  body: Body,
  verb: Verb<z.output<Body>>,
): Route {
  return route(
    {
      method: 'POST',
      path: `${REVIEWS}/{schema_review_id}/${name}`,
      summary,
      permission: 'PROJECT_CAN_MANAGE_DEVICES',
      query: noQuery,
      body,
      output: schemaReview,
    },
    ({ ctx, param, body: input }) => single(verb({ ctx, ...place(param), input })),
  );
}

export const getReviews = route(
  {
    method: 'GET',
    path: REVIEWS,
    summary: 'The review queue',
    permission: 'PROJECT_CAN_VIEW',
    query: listReviewsInput,
    body: null,
    output: schemaReview,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listReviews({ ctx, projectId: param('project_id'), input: query })),
);

export const getReview = route(
  {
    method: 'GET',
    path: `${REVIEWS}/{schema_review_id}`,
    summary: 'One review, column by column, with what was received',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: reviewDetail,
  },
  ({ ctx, param }) => single(readReview({ ctx, ...place(param) })),
);

export const postPreview = route(
  {
    method: 'POST',
    path: `${REVIEWS}/{schema_review_id}/preview`,
    summary: 'What an approval would do, without doing it',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: approveReviewInput,
    output: reviewPreview,
  },
  ({ ctx, param, body }) => single(previewReview({ ctx, ...place(param), input: body })),
);

export const postClaim = reviewAction('claim', 'Claim, or take over', claimReviewInput, claimReview);

export const postRelease = reviewAction(
  'release',
  'Give a claimed review back',
  releaseReviewInput,
  releaseReview,
);

export const postApprove = reviewAction(
  'approve',
  'Approve with one action for every source column',
  approveReviewInput,
  approveReview,
);

export const postAmend = reviewAction(
  'amend',
  'Decide what an approval left out of the mirror',
  amendReviewInput,
  amendReview,
);

export const postReject = reviewAction('reject', 'Reject with a reason', rejectReviewInput, rejectReview);

export const postReopen = reviewAction(
  'reopen',
  'Put a decided review back into the queue',
  reopenReviewInput,
  reopenReview,
);

export const getReviewDraft = route(
  {
    method: 'GET',
    path: `${REVIEWS}/{schema_review_id}/draft`,
    summary: 'The unfinished decision',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: reviewDraft,
  },
  ({ ctx, param }) => single(getDraft({ ctx, ...place(param) })),
);

export const putReviewDraft = route(
  {
    method: 'PUT',
    path: `${REVIEWS}/{schema_review_id}/draft`,
    summary: 'Save the unfinished decision',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: saveDraftInput,
    output: savedDraft,
  },
  ({ ctx, param, body }) => single(saveDraft({ ctx, ...place(param), input: body })),
);

export const getReviewFacts = route(
  {
    method: 'GET',
    path: `${REVIEWS}/{schema_review_id}/facts`,
    summary: 'Counts over what waits, and which devices the schema concerns',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: reviewFacts,
  },
  ({ ctx, param }) => single(readFacts({ ctx, ...place(param) })),
);

export const getReviewComments = route(
  {
    method: 'GET',
    path: `${REVIEWS}/{schema_review_id}/comments`,
    summary: 'What was said about a review, the oldest first',
    permission: 'PROJECT_CAN_VIEW',
    query: listCommentsInput,
    body: null,
    output: reviewComment,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listReviewComments({ ctx, ...place(param), input: query })),
);

export const postReviewComment = route(
  {
    method: 'POST',
    path: `${REVIEWS}/{schema_review_id}/comments`,
    summary: 'Say something about a review, in plain text',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: addCommentInput,
    output: reviewComment,
    status: 201,
  },
  ({ ctx, param, body }) => single(addReviewComment({ ctx, ...place(param), input: body })),
);
