import { methods } from '@/server/http/methods';
import { postResetMaterialization } from '@/server/http/routes/lineages';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postResetMaterialization]);
