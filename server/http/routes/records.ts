// Policy, rejected batches, controls and the overview.
import { listControlsInput } from '@/server/contract/control';
import { overview, patchPolicyInput, policy } from '@/server/contract/fleet';
import { control } from '@/server/contract/governance';
import { retriedKind, retryResult } from '@/server/contract/results';
import {
  exportRejectedInput,
  listRejectedBatchesInput,
  rejectedBatch,
  rejectedBatchDetail,
  rejectedGroups,
  rejectedGroupsInput,
  retryKindInput,
} from '@/server/contract/rows';
import { listControls } from '@/server/engine/control/list-controls';
import { getOverview as readOverview } from '@/server/engine/diagnosis/overview';
import { getRejectedBatch as readRejectedBatch } from '@/server/engine/ingest/get-rejected-batch';
import { exportRejected } from '@/server/engine/ingest/export-rejected';
import { groupRejected } from '@/server/engine/ingest/group-rejected';
import { listRejectedBatches } from '@/server/engine/ingest/list-rejected-batches';
import { retryKind } from '@/server/engine/ingest/retry-kind';
import { retryRejectedBatch } from '@/server/engine/ingest/retry-rejected-batch';
import { getPolicy } from '@/server/engine/policy/get-policy';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import { route } from '../contract';
import { FILE_TYPES } from '../file-stream';
import { rejectedFile } from '../rejected-export';
import { noQuery, paged, single } from './answers';

const PROJECT = '/projects/{project_id}';

const read = { method: 'GET', query: noQuery, body: null } as const;

export const getProjectPolicy = route(
  {
    ...read,
    path: `${PROJECT}/edge/policy`,
    summary: 'The effective policy and where each value comes from',
    permission: 'PROJECT_CAN_VIEW',
    output: policy,
  },
  ({ ctx, param }) => single(getPolicy({ ctx, projectId: param('project_id') })),
);

export const patchProjectPolicy = route(
  {
    method: 'PATCH',
    path: `${PROJECT}/edge/policy`,
    summary: 'Change some values; null takes one back to its default',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: patchPolicyInput,
    output: policy,
  },
  ({ ctx, param, body }) => single(patchPolicy({ ctx, projectId: param('project_id'), input: body })),
);

export const getFleetPolicy = route(
  {
    ...read,
    path: `${PROJECT}/fleets/{fleet_id}/edge/policy`,
    summary: "The effective policy of a fleet: its own values over its project's",
    permission: 'PROJECT_CAN_VIEW',
    output: policy,
  },
  ({ ctx, param }) => single(getPolicy({ ctx, projectId: param('project_id'), fleetId: param('fleet_id') })),
);

export const patchFleetPolicy = route(
  {
    method: 'PATCH',
    path: `${PROJECT}/fleets/{fleet_id}/edge/policy`,
    summary: "Change some values for a fleet; null takes one back to its project's",
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: patchPolicyInput,
    output: policy,
  },
  ({ ctx, param, body }) =>
    single(patchPolicy({ ctx, projectId: param('project_id'), fleetId: param('fleet_id'), input: body })),
);

export const getRejectedBatches = route(
  {
    ...read,
    path: `${PROJECT}/edge/rejected-batches`,
    summary: 'The inbox of rejected messages',
    permission: 'PROJECT_CAN_VIEW',
    query: listRejectedBatchesInput,
    output: rejectedBatch,
    isList: true,
  },
  ({ ctx, param, query }) =>
    paged(listRejectedBatches({ ctx, projectId: param('project_id'), input: query })),
);

export const getRejectedGroups = route(
  {
    ...read,
    path: `${PROJECT}/edge/rejected-batches/groups`,
    summary: 'Rejected messages by cause, with exact counts, the last seen first',
    permission: 'PROJECT_CAN_VIEW',
    query: rejectedGroupsInput,
    output: rejectedGroups,
  },
  ({ ctx, param, query }) => single(groupRejected({ ctx, projectId: param('project_id'), input: query })),
);

export const getRejectedExport = route(
  {
    ...read,
    path: `${PROJECT}/edge/rejected-batches/export`,
    summary: 'Rejected messages as a file, with their payloads for those who may read rows',
    permission: 'PROJECT_CAN_VIEW',
    query: exportRejectedInput,
    output: rejectedBatch,
    streams: FILE_TYPES,
  },
  async ({ ctx, param, query: { format, ...filter } }) =>
    rejectedFile(await exportRejected({ ctx, projectId: param('project_id'), filter }), format),
);

export const postRetryRejectedKind = route(
  {
    method: 'POST',
    path: `${PROJECT}/edge/rejected-batches/retry`,
    summary: 'Ingest some messages of one cause again; call it with `after` until that is null',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: retryKindInput,
    output: retriedKind,
  },
  ({ ctx, param, body }) => single(retryKind({ ctx, projectId: param('project_id'), input: body })),
);

export const getRejectedBatch = route(
  {
    ...read,
    path: `${PROJECT}/edge/rejected-batches/{rejected_batch_id}`,
    summary: 'One rejected message with its payload',
    permission: 'PROJECT_CAN_READ_ROWS',
    output: rejectedBatchDetail,
  },
  ({ ctx, param }) =>
    single(
      readRejectedBatch({
        ctx,
        projectId: param('project_id'),
        rejectedBatchId: param('rejected_batch_id'),
      }),
    ),
);

export const postRetryRejectedBatch = route(
  {
    method: 'POST',
    path: `${PROJECT}/edge/rejected-batches/{rejected_batch_id}/retry`,
    summary: 'Ingest a rejected message again',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: null,
    output: retryResult,
  },
  ({ ctx, param }) =>
    single(
      retryRejectedBatch({
        ctx,
        projectId: param('project_id'),
        rejectedBatchId: param('rejected_batch_id'),
      }),
    ),
);

export const getControls = route(
  {
    ...read,
    path: `${PROJECT}/edge/controls`,
    summary: 'Pending and acknowledged controls',
    permission: 'PROJECT_CAN_VIEW',
    query: listControlsInput,
    output: control,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listControls({ ctx, projectId: param('project_id'), input: query })),
);

export const getOverview = route(
  {
    ...read,
    path: `${PROJECT}/overview`,
    summary: 'What needs a person now',
    permission: 'PROJECT_CAN_VIEW',
    output: overview,
  },
  ({ ctx, param }) => single(readOverview({ ctx, projectId: param('project_id') })),
);
