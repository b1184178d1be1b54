import { methods } from '@/server/http/methods';
import { projectRegistry } from '@/server/http/routes/registry';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([
  projectRegistry.getComments,
  projectRegistry.postComment,
]);
