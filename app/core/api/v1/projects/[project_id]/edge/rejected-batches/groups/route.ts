import { methods } from '@/server/http/methods';
import { getRejectedGroups } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getRejectedGroups]);
