import { methods } from '@/server/http/methods';
import { postRetryRejectedKind } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postRetryRejectedKind]);
