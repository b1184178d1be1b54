import { handle } from '@/server/http/handle';
import { getReviewDraft, putReviewDraft } from '@/server/http/routes/reviews';

export const GET = handle(getReviewDraft);
export const PUT = handle(putReviewDraft);
