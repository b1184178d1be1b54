import { handle } from '@/server/http/handle';
import { getReview } from '@/server/http/routes/reviews';

export const GET = handle(getReview);
