import { handle } from '@/server/http/handle';
import { postRetryRejectedBatch } from '@/server/http/routes/records';

export const POST = handle(postRetryRejectedBatch);
