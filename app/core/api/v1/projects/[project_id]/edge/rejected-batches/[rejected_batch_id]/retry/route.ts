import { methods } from '@/server/http/methods';
import { postRetryRejectedBatch } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postRetryRejectedBatch]);
