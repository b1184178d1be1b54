// The registry, its reviews and the shared mirrors, twice: a project's with those of its fleets, and a fleet's own.
// Both sets are made by one function, so that they cannot come to differ.
import {
  coalescedMirror,
  consolidateInput,
  consolidateResult,
  consolidation,
  consolidationDevice,
  dropOldMirrorsInput,
  droppedMirrors,
  listConsolidationDevicesInput,
  listConsolidationsInput,
  listCoalescedMirrorsInput,
  listRegistryInput,
  reconcileInput,
  reconciled,
  registryEntry,
} from '@/server/contract/registry';
import { coalescedMirrorDetail, getCoalescedMirrorInput } from '@/server/contract/registry-reads';
import { mirrorRow, mirrorRows } from '@/server/contract/rows';
import {
  listCoalescedMirrors,
  exportCoalescedRows,
  exportCoalescedRowsInput,
  listCoalescedRows,
  listCoalescedRowsInput,
} from '@/server/engine/registry/coalesced-mirrors';
import { consolidate } from '@/server/engine/registry/consolidate';
import {
  dropOldMirrors,
  getConsolidation,
  listConsolidationDevices,
  listConsolidations,
  resumeConsolidation,
  stopConsolidation,
} from '@/server/engine/registry/consolidation-jobs';
import { getCoalescedMirror } from '@/server/engine/registry/get-coalesced-mirror';
import { reconcileEntry } from '@/server/engine/registry/reconcile';
import { getRegistryEntry, listRegistry } from '@/server/engine/registry/registry-entries';
import { FILE_TYPES } from '../file-stream';
import { mirrorFile } from '../row-export';
import { route, type Route } from '../contract';
import { noQuery, paged, single } from './answers';
import { registryReads } from './registry-reads';
import { registryReviewRoutes } from './registry-reviews';
import { FLEET, PROJECT, targetOf, type Param } from './registry-target';

const MANAGE = 'PROJECT_CAN_MANAGE_DEVICES' as const;
const VIEW = 'PROJECT_CAN_VIEW' as const;

function entryRoutes(base: string) {
  const path = `${base}/edge/registry`;
  const entry = (param: Param) => ({ ...targetOf(base, param), registryId: param('registry_id') });
  return {
    getEntries: route(
      {
        method: 'GET',
        path,
        summary: 'The schemas that are decided for many devices at once',
        permission: VIEW,
        query: listRegistryInput,
        body: null,
        output: registryEntry,
        isList: true,
      },
      ({ ctx, param, query }) => paged(listRegistry({ ctx, ...targetOf(base, param), input: query })),
    ),
    getEntry: route(
      {
        method: 'GET',
        path: `${path}/{registry_id}`,
        summary: 'One registry entry',
        permission: VIEW,
        query: noQuery,
        body: null,
        output: registryEntry,
      },
      ({ ctx, param }) => single(getRegistryEntry({ ctx, ...entry(param) })),
    ),
    postReconcile: route(
      {
        method: 'POST',
        path: `${path}/{registry_id}/reconcile`,
        summary: 'Bind and replay every lineage in scope on an approved schema, or say what that would do',
        permission: MANAGE,
        query: noQuery,
        body: reconcileInput,
        output: reconciled,
      },
      ({ ctx, param, body }) => single(reconcileEntry({ ctx, ...entry(param), input: body })),
    ),
  };
}

function mirrorRoutes(base: string) {
  const path = `${base}/edge/coalesced-mirrors`;
  const mirror = (param: Param) => ({ ...targetOf(base, param), mirrorId: param('coalesced_mirror') });
  return {
    getMirrors: route(
      {
        method: 'GET',
        path,
        summary: 'The mirror tables that many devices share',
        permission: VIEW,
        query: listCoalescedMirrorsInput,
        body: null,
        output: coalescedMirror,
        isList: true,
      },
      ({ ctx, param, query }) => paged(listCoalescedMirrors({ ctx, ...targetOf(base, param), input: query })),
    ),
    getMirror: route(
      {
        method: 'GET',
        path: `${path}/{coalesced_mirror}`,
        summary: 'One shared mirror, by its id, with where its columns came from',
        permission: VIEW,
        query: getCoalescedMirrorInput,
        body: null,
        output: coalescedMirrorDetail,
      },
      ({ ctx, param, query }) => single(getCoalescedMirror({ ctx, ...mirror(param), input: query })),
    ),
    getMirrorRows: route(
      {
        method: 'GET',
        path: `${path}/{coalesced_mirror}/rows`,
        summary: 'The rows of a shared mirror, of all devices or of one',
        permission: 'PROJECT_CAN_READ_ROWS',
        query: listCoalescedRowsInput,
        body: null,
        output: mirrorRows,
        isPaged: true,
      },
      async ({ ctx, param, query }) => {
        const { meta, ...data } = await listCoalescedRows({ ctx, ...mirror(param), input: query });
        return { data, meta };
      },
    ),
    getMirrorRowsExport: route(
      {
        method: 'GET',
        path: `${path}/{coalesced_mirror}/rows/export`,
        summary: 'The rows of a shared mirror as a file, of all devices or of one',
        permission: 'PROJECT_CAN_READ_ROWS',
        query: exportCoalescedRowsInput,
        body: null,
        output: mirrorRow,
        streams: FILE_TYPES,
      },
      async ({ ctx, param, query }) =>
        mirrorFile(await exportCoalescedRows({ ctx, ...mirror(param), input: query }), query.format),
    ),
  };
}

function consolidationRoutes(base: string) {
  const path = `${base}/edge/consolidations`;
  const one = `${path}/{consolidation_id}`;
  const job = (param: Param) => ({ ...targetOf(base, param), consolidationId: param('consolidation_id') });
  const action = (name: string, summary: string, verb: typeof stopConsolidation): Route =>
    route(
      {
        method: 'POST',
        path: `${one}/${name}`,
        summary,
        permission: MANAGE,
        query: noQuery,
        body: null,
        output: consolidation,
      },
      ({ ctx, param }) => single(verb({ ctx, ...job(param) })),
    );
  return {
    postConsolidate: route(
      {
        method: 'POST',
        path: `${base}/edge/coalesced-mirrors/{coalesced_mirror}/consolidate`,
        summary: "Copy the devices' own mirrors of a source table, which the path names, into the shared one",
        permission: MANAGE,
        query: noQuery,
        body: consolidateInput,
        output: consolidateResult,
      },
      ({ ctx, param, body }) =>
        single(
          consolidate({ ctx, ...targetOf(base, param), sourceTable: param('coalesced_mirror'), input: body }),
        ),
    ),
    getConsolidations: route(
      {
        method: 'GET',
        path,
        summary: 'Consolidation jobs, the newest first',
        permission: VIEW,
        query: listConsolidationsInput,
        body: null,
        output: consolidation,
        isList: true,
      },
      ({ ctx, param, query }) => paged(listConsolidations({ ctx, ...targetOf(base, param), input: query })),
    ),
    getConsolidation: route(
      {
        method: 'GET',
        path: one,
        summary: 'One consolidation with its progress',
        permission: VIEW,
        query: noQuery,
        body: null,
        output: consolidation,
      },
      ({ ctx, param }) => single(getConsolidation({ ctx, ...job(param) })),
    ),
    getConsolidationDevices: route(
      {
        method: 'GET',
        path: `${one}/devices`,
        summary: 'How far a consolidation is with each device, and why one was skipped',
        permission: VIEW,
        query: listConsolidationDevicesInput,
        body: null,
        output: consolidationDevice,
        isList: true,
      },
      ({ ctx, param, query }) => paged(listConsolidationDevices({ ctx, ...job(param), input: query })),
    ),
    postStopConsolidation: action('stop', 'Stop after the step under way', stopConsolidation),
    postResumeConsolidation: action('resume', 'Take a stopped consolidation up again', resumeConsolidation),
    postDropOldMirrors: route(
      {
        method: 'POST',
        path: `${one}/drop-old-mirrors`,
        summary: 'Drop the mirror tables that a consolidation has left behind',
        permission: MANAGE,
        query: noQuery,
        body: dropOldMirrorsInput,
        output: droppedMirrors,
      },
      ({ ctx, param, body }) => single(dropOldMirrors({ ctx, ...job(param), input: body })),
    ),
  };
}

const registryRoutes = (base: string) => ({
  ...entryRoutes(base),
  ...registryReviewRoutes(base),
  ...mirrorRoutes(base),
  ...consolidationRoutes(base),
  ...registryReads(base),
});

/** The registry of a project, with its fleets'. */
export const projectRegistry = registryRoutes(PROJECT);

/** The registry of one fleet. */
export const fleetRegistry = registryRoutes(FLEET);
