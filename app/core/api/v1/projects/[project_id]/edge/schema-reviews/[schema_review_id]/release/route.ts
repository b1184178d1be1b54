import { handle } from '@/server/http/handle';
import { postRelease } from '@/server/http/routes/reviews';

export const POST = handle(postRelease);
