import { handle } from '@/server/http/handle';
import { postAmend } from '@/server/http/routes/reviews';

export const POST = handle(postAmend);
