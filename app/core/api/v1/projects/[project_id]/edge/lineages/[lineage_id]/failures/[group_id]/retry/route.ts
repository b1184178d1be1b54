import { handle } from '@/server/http/handle';
import { postRetryFailures } from '@/server/http/routes/lineages';

export const POST = handle(postRetryFailures);
