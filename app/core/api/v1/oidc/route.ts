import { methods } from '@/server/http/methods';
import { getOidcStatus } from '@/server/http/routes/settings';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getOidcStatus]);
