import { methods } from '@/server/http/methods';
import { getFleets, postFleet } from '@/server/http/routes/tenancy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getFleets, postFleet]);
