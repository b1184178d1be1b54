import { methods } from '@/server/http/methods';
import { getBulkJob } from '@/server/http/routes/bulk';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getBulkJob]);
