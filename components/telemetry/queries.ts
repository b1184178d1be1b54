// Where a device's data points are read from.
export const dataPointsPath = (deviceId: string): string => `devices/${deviceId}/data-points`;

/** All in one read: a device has few, and the review asks for the same. */
export const dataPointsParams = { limit: 500 } as const;
