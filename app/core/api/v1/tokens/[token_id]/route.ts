import { methods } from '@/server/http/methods';
import { deleteToken } from '@/server/http/routes/tenancy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([deleteToken]);
