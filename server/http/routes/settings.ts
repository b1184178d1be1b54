// How the installation is set up, for those who look after it.
import { oidcStatus, oidcStatusInput } from '@/server/contract/oidc';
import { retentionStatus } from '@/server/contract/retention';
import { getOidcStatus as readOidcStatus } from '@/server/engine/auth/oidc-status';
import { getRetention as readRetention } from '@/server/engine/retention/get-retention';
import { route } from '../contract';
import { noQuery, single } from './answers';

export const getOidcStatus = route(
  {
    method: 'GET',
    path: '/oidc',
    summary: 'Whether an OIDC issuer is set up, and whether its keys can be had',
    permission: 'ORG_CAN_ADMIN',
    query: oidcStatusInput,
    body: null,
    output: oidcStatus,
  },
  ({ ctx, query, oidc }) => single(readOidcStatus({ ctx, setup: oidc, input: query })),
);

export const getRetention = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/retention',
    summary: 'What is kept for how long, and what the last rounds of the retention took away',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: retentionStatus,
  },
  ({ ctx, param }) => single(readRetention({ ctx, projectId: param('project_id') })),
);
