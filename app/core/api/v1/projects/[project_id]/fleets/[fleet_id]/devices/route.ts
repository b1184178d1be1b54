import { methods } from '@/server/http/methods';
import { getFleetDevices, postFleetDevice } from '@/server/http/routes/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getFleetDevices, postFleetDevice]);
