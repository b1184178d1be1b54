import { methods } from '@/server/http/methods';
import { getLineage, deleteLineage } from '@/server/http/routes/lineages';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getLineage, deleteLineage]);
