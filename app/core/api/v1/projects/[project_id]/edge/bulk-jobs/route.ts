import { methods } from '@/server/http/methods';
import { getBulkJobs, postBulkJob } from '@/server/http/routes/bulk';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getBulkJobs, postBulkJob]);
