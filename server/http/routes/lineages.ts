// Lineages, their staged rows and their mirror rows.
import { z } from 'zod';
import { lineage, lineageDetail, exportLineagesInput, listLineagesInput } from '@/server/contract/governance';
import { deletedLineage, deleteLineageQuery, discardedRows, resetResult } from '@/server/contract/results';
import { failureGroup, retriedFailures, retryFailuresInput } from '@/server/contract/rows';
import { getLineage as readLineage } from '@/server/engine/governance/get-lineage';
import { exportLineages } from '@/server/engine/lineages/export-lineages';
import { listLineages } from '@/server/engine/lineages/list-lineages';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { deleteLineage as removeLineage } from '@/server/engine/mirror/delete-lineage';
import { discardStaged, discardStagedInput } from '@/server/engine/staging/discard-staged';
import { pauseLineage, pauseLineageInput, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { route } from '../contract';
import { FILE_TYPES, fileType } from '../file-stream';
import { lineageFile } from '../lineage-export';
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

export const getLineagesExport = route(
  {
    method: 'GET',
    path: `${LINEAGES}/export`,
    summary: 'The lineages of a project as a file, with the filter and the order of the list',
    permission: 'PROJECT_CAN_VIEW',
    query: exportLineagesInput,
    body: null,
    output: lineage,
    streams: FILE_TYPES,
  },
  async ({ ctx, param, query }) => ({
    stream: lineageFile(
      await exportLineages({ ctx, projectId: param('project_id'), input: query }),
      query.format,
    ),
    contentType: fileType(query.format),
    fileName: `lineages.${query.format}`,
  }),
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
