// Lineages, their staged rows and their mirror rows.
import { z } from 'zod';
import { lineage, lineageDetail, listLineagesInput } from '@/server/contract/governance';
import { deletedLineage, deleteLineageQuery, discardedRows, resetResult } from '@/server/contract/results';
import {
  failureGroup,
  listMirrorRowsInput,
  listStagedRowsInput,
  mirrorRows,
  retriedFailures,
  retryFailuresInput,
  stagedRow,
} from '@/server/contract/rows';
import { getLineage as readLineage } from '@/server/engine/governance/get-lineage';
import { listLineages } from '@/server/engine/lineages/list-lineages';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { deleteLineage as removeLineage } from '@/server/engine/mirror/delete-lineage';
import { listMirrorRows } from '@/server/engine/mirror/list-mirror-rows';
import { discardStaged, discardStagedInput } from '@/server/engine/staging/discard-staged';
import { listStagedRows } from '@/server/engine/staging/list-staged-rows';
import { pauseLineage, pauseLineageInput, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

const LINEAGES = '/projects/{project_id}/edge/lineages';

/** The path's parameters that a lineage needs. */
const place = (param: (name: string) => string) => ({
  projectId: param('project_id'),
  lineageId: param('lineage_id'),
});

export const getLineages = route(
  {
    method: 'GET',
    path: LINEAGES,
    summary: 'The lineages of a project',
    permission: 'PROJECT_CAN_VIEW',
    query: listLineagesInput,
    body: null,
    output: lineage,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listLineages({ ctx, projectId: param('project_id'), input: query })),
);

export const getLineage = route(
  {
    method: 'GET',
    path: `${LINEAGES}/{lineage_id}`,
    summary: 'One lineage with versions, bindings, replay, controls, mirror and open review',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: lineageDetail,
  },
  ({ ctx, param }) => single(readLineage({ ctx, ...place(param) })),
);

export const getStagedRows = route(
  {
    method: 'GET',
    path: `${LINEAGES}/{lineage_id}/staged-rows`,
    summary: 'The rows held back, in version order',
    permission: 'PROJECT_CAN_READ_ROWS',
    query: listStagedRowsInput,
    body: null,
    output: stagedRow,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listStagedRows({ ctx, ...place(param), input: query })),
);

export const getMirrorRows = route(
  {
    method: 'GET',
    path: `${LINEAGES}/{lineage_id}/mirror-rows`,
    summary: "The lineage's rows in its mirror table",
    permission: 'PROJECT_CAN_READ_ROWS',
    query: listMirrorRowsInput,
    body: null,
    output: mirrorRows,
    isPaged: true,
  },
  async ({ ctx, param, query }) => {
    const { meta, ...data } = await listMirrorRows({ ctx, ...place(param), input: query });
    return { data, meta };
  },
);

export const getFailures = route(
  {
    method: 'GET',
    path: `${LINEAGES}/{lineage_id}/failures`,
    summary: 'Failed rows by column and kind of error, with what can be done',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: z.array(failureGroup),
  },
  ({ ctx, param }) => single(listFailures({ ctx, ...place(param) })),
);

export const postRetryFailures = route(
  {
    method: 'POST',
    path: `${LINEAGES}/{lineage_id}/failures/{group_id}/retry`,
    summary: 'Send a group of failed rows on: as they are, with NULL, or with the value as text',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: retryFailuresInput,
    output: retriedFailures,
  },
  ({ ctx, param, body }) =>
    single(retryFailures({ ctx, ...place(param), groupId: param('group_id'), input: body })),
);

export const postResetMaterialization = route(
  {
    method: 'POST',
    path: `${LINEAGES}/{lineage_id}/reset-materialization`,
    summary: 'Try the failed rows again and close the circuit breaker',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: null,
    output: resetResult,
  },
  ({ ctx, param }) => single(resetMaterialization({ ctx, ...place(param) })),
);

export const postPause = route(
  {
    method: 'POST',
    path: `${LINEAGES}/{lineage_id}/pause`,
    summary: 'Pause a lineage with a reason; its device is told',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: pauseLineageInput,
    output: lineage,
  },
  async ({ ctx, param, body }) => {
    await pauseLineage({ ctx, ...place(param), input: body });
    return { data: (await readLineage({ ctx, ...place(param) })).lineage };
  },
);

export const postResume = route(
  {
    method: 'POST',
    path: `${LINEAGES}/{lineage_id}/resume`,
    summary: "End an operator's pause; other causes stay",
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: null,
    output: lineage,
  },
  async ({ ctx, param }) => {
    await resumeLineage({ ctx, ...place(param) });
    return { data: (await readLineage({ ctx, ...place(param) })).lineage };
  },
);

export const postDiscardStaged = route(
  {
    method: 'POST',
    path: `${LINEAGES}/{lineage_id}/discard-staged`,
    summary: 'Discard the staged rows, so many as were confirmed',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: discardStagedInput,
    output: discardedRows,
  },
  ({ ctx, param, body }) => single(discardStaged({ ctx, ...place(param), input: body })),
);

export const deleteLineage = route(
  {
    method: 'DELETE',
    path: `${LINEAGES}/{lineage_id}`,
    summary: "Delete a lineage's cloud state; the mirror stays unless drop_mirror=true",
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: deleteLineageQuery,
    body: null,
    output: deletedLineage,
  },
  ({ ctx, param, query }) =>
    single(
      removeLineage({
        ctx,
        ...place(param),
        expectedStagedRows: query.expected_staged_rows,
        dropMirror: query.drop_mirror === 'true',
      }),
    ),
);
