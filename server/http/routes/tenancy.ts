// Organisations, projects, fleets and tokens.
import { apiToken, createdApiToken, createTokenInput, listTokensInput } from '@/server/contract/auth';
import { pageQuery } from '@/server/contract/common';
import {
  createFleetInput,
  createProjectInput,
  deletedFleet,
  fleet,
  listFleetsInput,
  org,
  project,
  renameFleetInput,
} from '@/server/contract/fleet';
import { createProject } from '@/server/engine/auth/create-project';
import { createToken } from '@/server/engine/auth/create-token';
import { listOrgs } from '@/server/engine/auth/list-orgs';
import { listProjects } from '@/server/engine/auth/list-projects';
import { listTokens } from '@/server/engine/auth/list-tokens';
import { revokeToken } from '@/server/engine/auth/revoke-token';
import { createFleet } from '@/server/engine/devices/create-fleet';
import { deleteFleet } from '@/server/engine/devices/delete-fleet';
import { listFleets } from '@/server/engine/devices/list-fleets';
import { renameFleet } from '@/server/engine/devices/rename-fleet';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

export const getOrgs = route(
  {
    method: 'GET',
    path: '/orgs',
    summary: 'The organisations that the caller belongs to',
    permission: null,
    query: pageQuery,
    body: null,
    output: org,
    isList: true,
  },
  ({ ctx, query }) => paged(listOrgs({ ctx, input: query })),
);

export const getProjects = route(
  {
    method: 'GET',
    path: '/projects',
    summary: 'The projects of the organisation',
    permission: 'PROJECT_CAN_VIEW',
    query: pageQuery,
    body: null,
    output: project,
    isList: true,
  },
  ({ ctx, query }) => paged(listProjects({ ctx, input: query })),
);

export const postProject = route(
  {
    method: 'POST',
    path: '/projects',
    summary: 'Create a project',
    permission: 'ORG_CAN_ADMIN',
    query: noQuery,
    body: createProjectInput,
    output: project,
    status: 201,
  },
  ({ ctx, body }) => single(createProject({ ctx, input: body })),
);

export const getFleets = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/fleets',
    summary: 'The fleets of a project',
    permission: 'PROJECT_CAN_VIEW',
    query: listFleetsInput,
    body: null,
    output: fleet,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listFleets({ ctx, projectId: param('project_id'), input: query })),
);

export const postFleet = route(
  {
    method: 'POST',
    path: '/projects/{project_id}/fleets',
    summary: 'Create a fleet',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: createFleetInput,
    output: fleet,
    status: 201,
  },
  ({ ctx, param, body }) => single(createFleet({ ctx, projectId: param('project_id'), input: body })),
);

export const patchFleet = route(
  {
    method: 'PATCH',
    path: '/projects/{project_id}/fleets/{fleet_id}',
    summary: 'Give a fleet another name',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: renameFleetInput,
    output: fleet,
  },
  ({ ctx, param, body }) =>
    single(renameFleet({ ctx, projectId: param('project_id'), fleetId: param('fleet_id'), input: body })),
);

export const removeFleet = route(
  {
    method: 'DELETE',
    path: '/projects/{project_id}/fleets/{fleet_id}',
    summary: 'Delete a fleet that nothing belongs to',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: null,
    output: deletedFleet,
  },
  ({ ctx, param }) =>
    single(deleteFleet({ ctx, projectId: param('project_id'), fleetId: param('fleet_id') })),
);

export const getTokens = route(
  {
    method: 'GET',
    path: '/tokens',
    summary: "One's personal API tokens, or with user=all those of the organisation",
    permission: null,
    query: listTokensInput,
    body: null,
    output: apiToken,
    isList: true,
  },
  ({ ctx, query }) => paged(listTokens({ ctx, input: query })),
);

export const postToken = route(
  {
    method: 'POST',
    path: '/tokens',
    summary: 'Create a personal API token; it is shown this once',
    permission: null,
    query: noQuery,
    body: createTokenInput,
    output: createdApiToken,
    status: 201,
  },
  ({ ctx, body }) => single(createToken({ ctx, input: body })),
);

export const deleteToken = route(
  {
    method: 'DELETE',
    path: '/tokens/{token_id}',
    summary: 'Revoke a token at once',
    permission: null,
    query: noQuery,
    body: null,
    output: apiToken,
  },
  ({ ctx, param }) => single(revokeToken({ ctx, tokenId: param('token_id') })),
);
