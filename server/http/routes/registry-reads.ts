// What the registry's pages ask beyond entries, reviews and jobs: tables by version, who is on them, candidates, and
// what a change of mode would concern.
import {
  consolidationCandidate,
  listConsolidationCandidatesInput,
  listMirrorDevicesInput,
  listRegistryDevicesInput,
  listRegistryTablesInput,
  mirrorDevice,
  modeEffect,
  previewModeInput,
  registryDevice,
  registryReviewFacts,
  registryTable,
} from '@/server/contract/registry-reads';
import { listConsolidationCandidates } from '@/server/engine/registry/list-consolidation-candidates';
import { listMirrorDevices } from '@/server/engine/registry/list-mirror-devices';
import { listRegistryDevices } from '@/server/engine/registry/list-registry-devices';
import { listRegistryTables } from '@/server/engine/registry/list-registry-tables';
import { previewMode } from '@/server/engine/registry/preview-mode';
import { getRegistryReviewFacts } from '@/server/engine/registry/registry-review-facts';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';
import { targetOf } from './registry-target';

const read = { method: 'GET', permission: 'PROJECT_CAN_VIEW', body: null } as const;

/** Reads below `base`. */
export const registryReads = (base: string) => ({
  getTables: route(
    {
      ...read,
      path: `${base}/edge/registry-tables`,
      summary: 'Source tables by schema version, with the devices on each and those that are behind',
      query: listRegistryTablesInput,
      output: registryTable,
      isList: true,
    },
    ({ ctx, param, query }) => paged(listRegistryTables({ ctx, ...targetOf(base, param), input: query })),
  ),
  getDevices: route(
    {
      ...read,
      path: `${base}/edge/registry/{registry_id}/devices`,
      summary: 'The devices that have a schema of the registry, or are on an older one of its table',
      query: listRegistryDevicesInput,
      output: registryDevice,
      isList: true,
    },
    ({ ctx, param, query }) =>
      paged(
        listRegistryDevices({
          ctx,
          ...targetOf(base, param),
          registryId: param('registry_id'),
          input: query,
        }),
      ),
  ),
  getReviewFacts: route(
    {
      ...read,
      path: `${base}/edge/registry-reviews/{registry_review_id}/facts`,
      summary: 'What waits for a registry review and whom it concerns, in counts',
      query: noQuery,
      output: registryReviewFacts,
    },
    ({ ctx, param }) =>
      single(
        getRegistryReviewFacts({ ctx, ...targetOf(base, param), reviewId: param('registry_review_id') }),
      ),
  ),
  getMirrorDevices: route(
    {
      ...read,
      path: `${base}/edge/coalesced-mirrors/{coalesced_mirror}/devices`,
      summary: 'The devices that write to a shared mirror, with their rows in it',
      query: listMirrorDevicesInput,
      output: mirrorDevice,
      isList: true,
    },
    ({ ctx, param, query }) =>
      paged(
        listMirrorDevices({
          ctx,
          ...targetOf(base, param),
          mirrorId: param('coalesced_mirror'),
          input: query,
        }),
      ),
  ),
  getConsolidationCandidates: route(
    {
      ...read,
      path: `${base}/edge/consolidation-candidates`,
      summary: 'Tables whose devices still write mirrors of their own although their mode shares one',
      query: listConsolidationCandidatesInput,
      output: consolidationCandidate,
      isList: true,
    },
    ({ ctx, param, query }) =>
      paged(listConsolidationCandidates({ ctx, ...targetOf(base, param), input: query })),
  ),
  getModeEffect: route(
    {
      ...read,
      path: `${base}/edge/policy/mode-effect`,
      summary: 'What another schema coalescing mode would concern, without changing it',
      query: previewModeInput,
      output: modeEffect,
    },
    ({ ctx, param, query }) => single(previewMode({ ctx, ...targetOf(base, param), input: query })),
  ),
});
