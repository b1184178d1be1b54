import { methods } from '@/server/http/methods';
import { getLineagesExport } from '@/server/http/routes/lineages';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getLineagesExport]);
