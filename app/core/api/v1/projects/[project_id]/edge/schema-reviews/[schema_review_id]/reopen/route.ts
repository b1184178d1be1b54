import { handle } from '@/server/http/handle';
import { postReopen } from '@/server/http/routes/reviews';

export const POST = handle(postReopen);
