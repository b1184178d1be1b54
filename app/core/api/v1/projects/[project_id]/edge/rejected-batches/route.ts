import { handle } from '@/server/http/handle';
import { getRejectedBatches } from '@/server/http/routes/records';

export const GET = handle(getRejectedBatches);
