import { methods } from '@/server/http/methods';
import { postReject } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postReject]);
