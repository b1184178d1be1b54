// The reviews of the registry: its queue, what one is about, and every way to end it.
import type { z } from 'zod';
import {
  approveReviewInput,
  claimReviewInput,
  rejectReviewInput,
  releaseReviewInput,
  reopenReviewInput,
  saveDraftInput,
} from '@/server/contract/governance';
import {
  abandonReviewInput,
  listRegistryReviewsInput,
  registryReview,
  registryReviewDetail,
  registryReviewPreview,
  type RegistryReview,
} from '@/server/contract/registry';
import { reviewDraft, savedDraft } from '@/server/contract/results';
import { addCommentInput, listCommentsInput, reviewComment } from '@/server/contract/review-comments';
import type { Ctx } from '@/server/engine/context/context';
import { approveRegistryReview } from '@/server/engine/registry/approve-registry-review';
import { claimRegistryReview, releaseRegistryReview } from '@/server/engine/registry/claim-registry-review';
import { getRegistryReview } from '@/server/engine/registry/get-registry-review';
import { listRegistryReviews } from '@/server/engine/registry/list-registry-reviews';
import { previewRegistryReview } from '@/server/engine/registry/preview-registry-review';
import { addRegistryComment, listRegistryComments } from '@/server/engine/registry/registry-comments';
import { getRegistryDraft, saveRegistryDraft } from '@/server/engine/registry/registry-draft';
import {
  abandonRegistryReview,
  rejectRegistryReview,
  reopenRegistryReview,
} from '@/server/engine/registry/reject-registry-review';
import { route, type Route } from '../contract';
import { noQuery, paged, single } from './answers';
import { targetOf, type Param, type Target } from './registry-target';

const MANAGE = 'PROJECT_CAN_MANAGE_DEVICES' as const;
const VIEW = 'PROJECT_CAN_VIEW' as const;

const pathOf = (base: string): string => `${base}/edge/registry-reviews`;
const reviewOf = (base: string, param: Param) => ({
  ...targetOf(base, param),
  reviewId: param('registry_review_id'),
});

function reads(base: string) {
  const path = pathOf(base);
  const one = `${path}/{registry_review_id}`;
  return {
    getReviews: route(
      {
        method: 'GET',
        path,
        summary: "The registry's review queue",
        permission: VIEW,
        query: listRegistryReviewsInput,
        body: null,
        output: registryReview,
        isList: true,
      },
      ({ ctx, param, query }) => paged(listRegistryReviews({ ctx, ...targetOf(base, param), input: query })),
    ),
    getReview: route(
      {
        method: 'GET',
        path: one,
        summary: 'One registry review, column by column, with what waits for it',
        permission: VIEW,
        query: noQuery,
        body: null,
        output: registryReviewDetail,
      },
      ({ ctx, param }) => single(getRegistryReview({ ctx, ...reviewOf(base, param) })),
    ),
    getDraft: route(
      {
        method: 'GET',
        path: `${one}/draft`,
        summary: 'The unfinished decision',
        permission: VIEW,
        query: noQuery,
        body: null,
        output: reviewDraft,
      },
      ({ ctx, param }) => single(getRegistryDraft({ ctx, ...reviewOf(base, param) })),
    ),
    putDraft: route(
      {
        method: 'PUT',
        path: `${one}/draft`,
        summary: 'Save the unfinished decision',
        permission: MANAGE,
        query: noQuery,
        body: saveDraftInput,
        output: savedDraft,
      },
      ({ ctx, param, body }) => single(saveRegistryDraft({ ctx, ...reviewOf(base, param), input: body })),
    ),
    getComments: route(
      {
        method: 'GET',
        path: `${one}/comments`,
        summary: 'What people say about a registry review',
        permission: VIEW,
        query: listCommentsInput,
        body: null,
        output: reviewComment,
        isList: true,
      },
      ({ ctx, param, query }) => paged(listRegistryComments({ ctx, ...reviewOf(base, param), input: query })),
    ),
    postComment: route(
      {
        method: 'POST',
        path: `${one}/comments`,
        summary: 'Say something about a registry review',
        permission: MANAGE,
        query: noQuery,
        body: addCommentInput,
        output: reviewComment,
        status: 201,
      },
      ({ ctx, param, body }) => single(addRegistryComment({ ctx, ...reviewOf(base, param), input: body })),
    ),
  };
}

function decisions(base: string) {
  const one = `${pathOf(base)}/{registry_review_id}`;
  type Verb<Body> = (args: Target & { ctx: Ctx; reviewId: string; input: Body }) => Promise<RegistryReview>;
  const action = <Body extends z.ZodType>(
    name: string,
    summary: string,
    body: Body,
    verb: Verb<z.output<Body>>,
  ): Route =>
    route(
      {
        method: 'POST',
        path: `${one}/${name}`,
        summary,
        permission: MANAGE,
        query: noQuery,
        body,
        output: registryReview,
      },
      ({ ctx, param, body: input }) => single(verb({ ctx, ...reviewOf(base, param), input })),
    );
  return {
    postPreview: route(
      {
        method: 'POST',
        path: `${one}/preview`,
        summary: 'What an approval would do, without doing it',
        permission: MANAGE,
        query: noQuery,
        body: approveReviewInput,
        output: registryReviewPreview,
      },
      ({ ctx, param, body }) => single(previewRegistryReview({ ctx, ...reviewOf(base, param), input: body })),
    ),
    postClaim: action('claim', 'Claim, or take over', claimReviewInput, claimRegistryReview),
    postRelease: action('release', 'Give a claimed review back', releaseReviewInput, releaseRegistryReview),
    postApprove: action(
      'approve',
      'Approve for every device that waits, with one action for every source column',
      approveReviewInput,
      approveRegistryReview,
    ),
    postReject: action('reject', 'Reject with a reason', rejectReviewInput, rejectRegistryReview),
    postAbandon: action(
      'abandon',
      'Decide nothing: the devices ask again with their next batch, as the mode then says',
      abandonReviewInput,
      abandonRegistryReview,
    ),
    postReopen: action(
      'reopen',
      'Put a rejected review back into the queue',
      reopenReviewInput,
      reopenRegistryReview,
    ),
  };
}

/** The review routes below `base`. */
export const registryReviewRoutes = (base: string) => ({ ...reads(base), ...decisions(base) });
