import { methods } from '@/server/http/methods';
import { getReviewComments, postReviewComment } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getReviewComments, postReviewComment]);
