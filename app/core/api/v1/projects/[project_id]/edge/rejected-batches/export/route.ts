import { methods } from '@/server/http/methods';
import { getRejectedExport } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getRejectedExport]);
