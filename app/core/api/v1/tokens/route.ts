import { methods } from '@/server/http/methods';
import { getTokens, postToken } from '@/server/http/routes/tenancy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getTokens, postToken]);
