import { methods } from '@/server/http/methods';
import { fleetRegistry } from '@/server/http/routes/registry';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([
  fleetRegistry.getComments,
  fleetRegistry.postComment,
]);
