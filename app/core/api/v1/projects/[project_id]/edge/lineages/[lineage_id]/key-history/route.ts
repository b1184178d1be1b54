import { methods } from '@/server/http/methods';
import { getKeyHistory } from '@/server/http/routes/rows';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getKeyHistory]);
