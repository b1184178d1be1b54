import { methods } from '@/server/http/methods';
import { getDataPoints, postDataPoint } from '@/server/http/routes/data-points';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getDataPoints, postDataPoint]);
