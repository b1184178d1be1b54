// Devices and how they connect.
import {
  device,
  listDevicesInput,
  listedDevice,
  mqttConnection,
  mqttConnectionDetails as details,
  registerDeviceInput,
  registeredDevice,
} from '@/server/contract/fleet';
import { deletedDevice } from '@/server/contract/results';
import { deleteDevice } from '@/server/engine/devices/delete-device';
import { getDevice as readDevice } from '@/server/engine/devices/get-device';
import { listDevices } from '@/server/engine/devices/list-devices';
import { mqttConnectionDetails } from '@/server/engine/devices/mqtt-connection-details';
import { registerDevice } from '@/server/engine/devices/register-device';
import { rotateCredentials } from '@/server/engine/devices/rotate-credentials';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

const DEVICE = '/projects/{project_id}/fleets/{fleet_id}/devices/{device_id}';

/** The path's parameters that a device needs. */
const place = (param: (name: string) => string) => ({
  projectId: param('project_id'),
  fleetId: param('fleet_id'),
  deviceId: param('device_id'),
});

export const getProjectDevices = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/devices',
    summary: 'The devices of a project',
    permission: 'PROJECT_CAN_VIEW',
    query: listDevicesInput,
    body: null,
    output: listedDevice,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listDevices({ ctx, projectId: param('project_id'), input: query })),
);

export const getProjectDevice = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/devices/{device_id}',
    summary: 'One device, whichever fleet it is in',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: device,
  },
  ({ ctx, param }) =>
    single(readDevice({ ctx, projectId: param('project_id'), deviceId: param('device_id') })),
);

export const getFleetDevices = route(
  {
    method: 'GET',
    path: '/projects/{project_id}/fleets/{fleet_id}/devices',
    summary: 'The devices of a fleet',
    permission: 'PROJECT_CAN_VIEW',
    query: listDevicesInput,
    body: null,
    output: listedDevice,
    isList: true,
  },
  ({ ctx, param, query }) =>
    paged(listDevices({ ctx, projectId: param('project_id'), fleetId: param('fleet_id'), input: query })),
);

export const postFleetDevice = route(
  {
    method: 'POST',
    path: '/projects/{project_id}/fleets/{fleet_id}/devices',
    summary: 'Register a device; its MQTT password is shown this once',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: registerDeviceInput,
    output: registeredDevice,
    status: 201,
  },
  ({ ctx, param, body, brokerUrl }) =>
    single(
      registerDevice({
        ctx,
        projectId: param('project_id'),
        fleetId: param('fleet_id'),
        input: body,
        brokerUrl,
      }),
    ),
);

export const getFleetDevice = route(
  {
    method: 'GET',
    path: DEVICE,
    summary: 'One device',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: device,
  },
  ({ ctx, param }) => single(readDevice({ ctx, ...place(param) })),
);

export const deleteFleetDevice = route(
  {
    method: 'DELETE',
    path: DEVICE,
    summary: 'Delete a device with its cloud state; mirror tables stay',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: null,
    output: deletedDevice,
  },
  ({ ctx, param }) => single(deleteDevice({ ctx, ...place(param) })),
);

export const getMqttConnectionDetails = route(
  {
    method: 'GET',
    path: `${DEVICE}/mqtt_connection_details`,
    summary: 'Everything that a device needs to connect, but for its password',
    permission: 'PROJECT_CAN_VIEW',
    query: noQuery,
    body: null,
    output: details,
  },
  ({ ctx, param, brokerUrl }) => single(mqttConnectionDetails({ ctx, ...place(param), brokerUrl })),
);

export const postMqttCredentials = route(
  {
    method: 'POST',
    path: `${DEVICE}/mqtt_credentials`,
    summary: 'A new MQTT password, shown this once; the old one ends',
    permission: 'PROJECT_CAN_MANAGE_DEVICES',
    query: noQuery,
    body: null,
    output: mqttConnection,
    status: 201,
  },
  ({ ctx, param, brokerUrl }) => single(rotateCredentials({ ctx, ...place(param), brokerUrl })),
);
