import { methods } from '@/server/http/methods';
import { postDiscardStaged } from '@/server/http/routes/lineages';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postDiscardStaged]);
