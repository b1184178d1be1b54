import { methods } from '@/server/http/methods';
import { postCancelBulk } from '@/server/http/routes/bulk';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postCancelBulk]);
