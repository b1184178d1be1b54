import { handle } from '@/server/http/handle';
import { getDataPoints, postDataPoint } from '@/server/http/routes/data-points';

export const GET = handle(getDataPoints);
export const POST = handle(postDataPoint);
