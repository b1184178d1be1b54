// Data points of a device.
import {
  createDataPointInput,
  dataPoint,
  listDataPointsInput,
  listedDataPoint,
} from '@/server/contract/telemetry';
import { createDataPoint } from '@/server/engine/telemetry/create-data-point';
import { listDataPoints } from '@/server/engine/telemetry/list-data-points';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

const path = '/projects/{project_id}/devices/{device_id}/data-points';

export const getDataPoints = route(
  {
    method: 'GET',
    path,
    summary: 'The data points of a device, with the newest value of each',
    permission: 'PROJECT_CAN_READ_ROWS',
    query: listDataPointsInput,
    body: null,
    output: listedDataPoint,
    isList: true,
  },
  ({ ctx, param, query }) =>
    paged(
      listDataPoints({ ctx, projectId: param('project_id'), deviceId: param('device_id'), input: query }),
    ),
);

export const postDataPoint = route(
  {
    method: 'POST',
    path,
    summary: 'Make a data point that columns can be mapped to',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: createDataPointInput,
    output: dataPoint,
    status: 201,
  },
  ({ ctx, param, body }) =>
    single(
      createDataPoint({ ctx, projectId: param('project_id'), deviceId: param('device_id'), input: body }),
    ),
);
