import { handle } from '@/server/http/handle';
import { postClaim } from '@/server/http/routes/reviews';

export const POST = handle(postClaim);
