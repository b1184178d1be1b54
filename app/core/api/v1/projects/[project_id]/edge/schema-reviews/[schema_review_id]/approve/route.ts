import { handle } from '@/server/http/handle';
import { postApprove } from '@/server/http/routes/reviews';

export const POST = handle(postApprove);
