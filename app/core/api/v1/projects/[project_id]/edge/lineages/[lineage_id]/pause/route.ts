import { handle } from '@/server/http/handle';
import { postPause } from '@/server/http/routes/lineages';

export const POST = handle(postPause);
