// Where devices and fleets are read from, for the pages on the server and the refetch in the browser alike.
export const DEVICES_PATH = 'devices';
export const FLEETS_PATH = 'fleets';
export const ACCESS_PATH = 'mqtt-access-events';

/** All fleets in one read: a project has few. */
export const fleetsParams = { limit: 500 } as const;

/** One device of a fleet. */
export const fleetDevicePath = (fleetId: string, deviceId: string): string =>
  `${FLEETS_PATH}/${fleetId}/devices/${deviceId}`;

/** What the page of a device lists beside it. */
export const deviceParamsOf = {
  lineages: (deviceId: string) => ({ device_id: deviceId, sort: 'source_table', limit: 100 }) as const,
  rejected: (deviceId: string) => ({ device_id: deviceId, limit: 6 }),
  controls: (deviceId: string) => ({ device_id: deviceId, status: 'pending', limit: 20 }) as const,
  access: (deviceId: string) => ({ device_id: deviceId, limit: 8 }),
  events: (deviceId: string) => ({ device_id: deviceId, limit: 20 }),
};
