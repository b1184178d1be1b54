import { handle } from '@/server/http/handle';
import { postPreview } from '@/server/http/routes/reviews';

export const POST = handle(postPreview);
