import { methods } from '@/server/http/methods';
import { getFleetPolicy, patchFleetPolicy } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getFleetPolicy, patchFleetPolicy]);
