// The rows of a lineage: staged and written, as lists and as files, and what is known of one key.
import {
  exportMirrorRowsInput,
  exportStagedRowsInput,
  keyHistory,
  keyHistoryInput,
  listMirrorRowsInput,
  listStagedRowsInput,
  mirrorRow,
  mirrorRows,
  stagedRow,
} from '@/server/contract/rows';
import { getKeyHistory as readKeyHistory } from '@/server/engine/diagnosis/key-history';
import { exportMirrorRows } from '@/server/engine/mirror/export-mirror-rows';
import { listMirrorRows } from '@/server/engine/mirror/list-mirror-rows';
import { exportStagedRows } from '@/server/engine/staging/export-staged-rows';
import { listStagedRows } from '@/server/engine/staging/list-staged-rows';
import { route } from '../contract';
import { FILE_TYPES } from '../file-stream';
import { mirrorFile, stagedFile } from '../row-export';
import { paged, single } from './answers';

const LINEAGE = '/projects/{project_id}/edge/lineages/{lineage_id}';

const read = { method: 'GET', body: null, permission: 'PROJECT_CAN_READ_ROWS' } as const;

const place = (param: (name: string) => string) => ({
  projectId: param('project_id'),
  lineageId: param('lineage_id'),
});

export const getStagedRows = route(
  {
    method: 'GET',
    path: `${LINEAGE}/staged-rows`,
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
    path: `${LINEAGE}/mirror-rows`,
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

export const getStagedRowsExport = route(
  {
    ...read,
    path: `${LINEAGE}/staged-rows/export`,
    summary: 'The rows held back as a file; what leaves staging meanwhile may be missing',
    query: exportStagedRowsInput,
    output: stagedRow,
    streams: FILE_TYPES,
  },
  async ({ ctx, param, query }) =>
    stagedFile(await exportStagedRows({ ctx, ...place(param), input: query }), query.format),
);

export const getMirrorRowsExport = route(
  {
    ...read,
    path: `${LINEAGE}/mirror-rows/export`,
    summary: "The lineage's rows in its mirror table as a file, each key at most once",
    query: exportMirrorRowsInput,
    output: mirrorRow,
    streams: FILE_TYPES,
  },
  async ({ ctx, param, query }) =>
    mirrorFile(await exportMirrorRows({ ctx, ...place(param), input: query }), query.format),
);

export const getKeyHistory = route(
  {
    ...read,
    path: `${LINEAGE}/key-history`,
    summary: 'What is kept of one key: received, staged, written, deleted; and what is not',
    query: keyHistoryInput,
    output: keyHistory,
  },
  ({ ctx, param, query }) => single(readKeyHistory({ ctx, ...place(param), input: query })),
);
