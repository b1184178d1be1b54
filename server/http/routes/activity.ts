// What came in over time.
import { activity, activityInput, lineageActivity } from '@/server/contract/activity';
import { getActivity as readActivity } from '@/server/engine/diagnosis/get-activity';
import { getLineageActivity as readLineageActivity } from '@/server/engine/diagnosis/get-lineage-activity';
import { route } from '../contract';
import { single } from './answers';

export const getActivity = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/activity',
    summary: 'Ingest rate and staged backlog over time',
    permission: 'PROJECT_CAN_VIEW',
    query: activityInput,
    body: null,
    output: activity,
  },
  ({ ctx, param, query }) => single(readActivity({ ctx, projectId: param('project_id'), input: query })),
);

export const getLineageActivity = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/edge/lineages/{lineage_id}/activity',
    summary: 'What a lineage received over time, and when its backlog would be full',
    permission: 'PROJECT_CAN_VIEW',
    query: activityInput,
    body: null,
    output: lineageActivity,
  },
  ({ ctx, param, query }) =>
    single(
      readLineageActivity({
        ctx,
        projectId: param('project_id'),
        lineageId: param('lineage_id'),
        input: query,
      }),
    ),
);
