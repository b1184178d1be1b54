// Bulk operations: count a set, look at what would be done, start it, follow it; and the queue that sets are taken from.
import {
  bulkItem,
  bulkJob,
  decideShapeInput,
  listBulkItemsInput,
  listBulkJobsInput,
  previewBulkInput,
  startBulkInput,
} from '@/server/contract/bulk';
import { listReviewQueueInput, queuedReview } from '@/server/contract/review-queue';
import { cancelBulk, runFailed, startBulk } from '@/server/engine/bulk/change-bulk';
import { getBulkJob as readBulkJob, listBulkItems, listBulkJobs } from '@/server/engine/bulk/list-bulk';
import { decideShape, previewBulk } from '@/server/engine/bulk/preview-bulk';
import { listReviewQueue } from '@/server/engine/registry/review-queue';
import { route, type Route } from '../contract';
import { noQuery, paged, single } from './answers';

const EDGE = '/projects/{project_id}/edge';
const JOBS = `${EDGE}/bulk-jobs`;
const JOB = `${JOBS}/{bulk_job_id}`;
const MANAGE = 'PROJECT_CAN_MANAGE_DEVICES' as const;
const VIEW = 'PROJECT_CAN_VIEW' as const;

const place = (param: (name: string) => string) => ({
  projectId: param('project_id'),
  bulkJobId: param('bulk_job_id'),
});

export const getReviewQueue = route(
  {
    method: 'GET',
    path: `${EDGE}/review-queue`,
    summary: "The reviews of devices and the registry's in one queue",
    permission: VIEW,
    query: listReviewQueueInput,
    body: null,
    output: queuedReview,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listReviewQueue({ ctx, projectId: param('project_id'), input: query })),
);

export const postBulkJob = route(
  {
    method: 'POST',
    path: JOBS,
    summary: 'Freeze the set that a filter finds, and say what would be done with it',
    permission: MANAGE,
    query: noQuery,
    body: previewBulkInput,
    output: bulkJob,
    status: 201,
  },
  ({ ctx, param, body }) => single(previewBulk({ ctx, projectId: param('project_id'), input: body })),
);

export const getBulkJobs = route(
  {
    method: 'GET',
    path: JOBS,
    summary: 'Bulk jobs, the newest first',
    permission: VIEW,
    query: listBulkJobsInput,
    body: null,
    output: bulkJob,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listBulkJobs({ ctx, projectId: param('project_id'), input: query })),
);

export const getBulkJob = route(
  {
    method: 'GET',
    path: JOB,
    summary: 'One bulk job with its shapes and how far it is',
    permission: VIEW,
    query: noQuery,
    body: null,
    output: bulkJob,
  },
  ({ ctx, param }) => single(readBulkJob({ ctx, ...place(param) })),
);

export const getBulkItems = route(
  {
    method: 'GET',
    path: `${JOB}/items`,
    summary: 'What became of each item, and why',
    permission: VIEW,
    query: listBulkItemsInput,
    body: null,
    output: bulkItem,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listBulkItems({ ctx, ...place(param), input: query })),
);

export const postDecideShape = route(
  {
    method: 'POST',
    path: `${JOB}/decide`,
    summary: 'Decide one shape otherwise than was proposed, and simulate it anew',
    permission: MANAGE,
    query: noQuery,
    body: decideShapeInput,
    output: bulkJob,
  },
  ({ ctx, param, body }) => single(decideShape({ ctx, ...place(param), input: body })),
);

export const postStartBulk = route(
  {
    method: 'POST',
    path: `${JOB}/start`,
    summary: 'Start a counted job in the background, in the name of the caller',
    permission: MANAGE,
    query: noQuery,
    body: startBulkInput,
    output: bulkJob,
  },
  ({ ctx, param, body }) => single(startBulk({ ctx, ...place(param), input: body })),
);

const jobAction = (name: string, summary: string, verb: typeof cancelBulk): Route =>
  route(
    {
      method: 'POST',
      path: `${JOB}/${name}`,
      summary,
      permission: MANAGE,
      query: noQuery,
      body: null,
      output: bulkJob,
    },
    ({ ctx, param }) => single(verb({ ctx, ...place(param) })),
  );

export const postCancelBulk = jobAction('cancel', 'Begin no further item', cancelBulk);
export const postRunFailed = jobAction('run-failed', 'Do the failed items again, and only those', runFailed);
