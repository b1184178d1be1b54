import { methods } from '@/server/http/methods';
import { getProjectDevices } from '@/server/http/routes/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getProjectDevices]);
