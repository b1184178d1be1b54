import { methods } from '@/server/http/methods';
import { getReviewDraft, putReviewDraft } from '@/server/http/routes/reviews';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getReviewDraft, putReviewDraft]);
