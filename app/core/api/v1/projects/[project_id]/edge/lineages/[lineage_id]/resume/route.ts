import { handle } from '@/server/http/handle';
import { postResume } from '@/server/http/routes/lineages';

export const POST = handle(postResume);
