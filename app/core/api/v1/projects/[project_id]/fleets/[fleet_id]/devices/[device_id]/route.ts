import { methods } from '@/server/http/methods';
import { getFleetDevice, deleteFleetDevice } from '@/server/http/routes/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getFleetDevice, deleteFleetDevice]);
