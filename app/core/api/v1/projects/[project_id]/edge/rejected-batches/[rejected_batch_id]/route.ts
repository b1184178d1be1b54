import { handle } from '@/server/http/handle';
import { getRejectedBatch } from '@/server/http/routes/records';

export const GET = handle(getRejectedBatch);
