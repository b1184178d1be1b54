import { handle } from '@/server/http/handle';
import { postReject } from '@/server/http/routes/reviews';

export const POST = handle(postReject);
