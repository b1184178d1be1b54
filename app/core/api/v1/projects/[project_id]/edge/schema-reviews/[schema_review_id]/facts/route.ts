import { methods } from '@/server/http/methods';
import { getReviewFacts } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getReviewFacts]);
