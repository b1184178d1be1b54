import { methods } from '@/server/http/methods';
import { getStagedRows } from '@/server/http/routes/rows';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getStagedRows]);
