import { handle } from '@/server/http/handle';
import { getReviews } from '@/server/http/routes/reviews';

export const GET = handle(getReviews);
