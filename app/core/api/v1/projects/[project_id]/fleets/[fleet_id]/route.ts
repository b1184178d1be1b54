import { methods } from '@/server/http/methods';
import { patchFleet, removeFleet } from '@/server/http/routes/tenancy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([patchFleet, removeFleet]);
