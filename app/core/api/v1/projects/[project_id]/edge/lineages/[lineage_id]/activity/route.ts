import { methods } from '@/server/http/methods';
import { getLineageActivity } from '@/server/http/routes/activity';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getLineageActivity]);
