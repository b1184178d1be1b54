import { methods } from '@/server/http/methods';
import { getReview } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getReview]);
